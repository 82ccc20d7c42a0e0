import { aRating, shippedPolicy } from '@syncline/testing';
import { approvalRefusal, checkOverride, needsApproval } from './check-override';
import { isInForce, type CreditOverride, type OverrideProposal } from './credit-override';

const policy = shippedPolicy();
const today = '2026-11-20';
const rating = aRating({ grade: 'B', termDays: 30, limit: '100000', reasons: [] });

const proposal = (parts: Partial<OverrideProposal> = {}): OverrideProposal => ({
  kind: 'override',
  grade: null,
  termDays: null,
  limit: '120000',
  hold: null,
  reason: 'a bank guarantee',
  attachment: 'DMS-17',
  validFrom: today,
  validTo: '2027-02-17',
  ...parts,
});

const codes = (parts: Partial<OverrideProposal>, over = rating) =>
  checkOverride(proposal(parts), over, policy, today).map(({ code }) => code);

describe('a proposal', () => {
  it.each<[string, Partial<OverrideProposal>, string[]]>([
    ['a limit for 90 days', {}, []],
    ['91 days', { validTo: '2027-02-18' }, ['TOO_LONG']],
    ['no end', { validTo: null }, ['EXPIRY_MISSING']],
    ['an end before the beginning', { validTo: '2026-11-19' }, ['EXPIRY_PAST']],
    ['no reason', { reason: ' ' }, ['REASON_MISSING']],
    ['no attachment', { attachment: null }, ['ATTACHMENT_MISSING']],
    ['nothing', { limit: null }, ['NOTHING_CHANGED']],
    ['one grade up', { grade: 'A' }, []],
    ['two grades up', { grade: 'AA' }, ['TOO_FAR_UP']],
    ['three grades down', { grade: 'D' }, []],
    ['an unknown grade', { grade: 'E' }, ['UNKNOWN_GRADE']],
    ['a term that is not allowed', { termDays: 33 }, ['TERM_NOT_ALLOWED']],
    ['more than the next grade’s cap', { limit: '5000000.01' }, ['TOO_FAR_UP']],
    ['a temporary limit', { kind: 'temporary_limit' }, []],
    ['a temporary limit below', { kind: 'temporary_limit', limit: '100000' }, ['NOT_HIGHER']],
    ['a temporary limit with a grade', { kind: 'temporary_limit', grade: 'A' }, ['WRONG_FIELDS']],
    ['a hold without papers or end', { kind: 'hold', hold: 'all', limit: null, attachment: null, validTo: null }, []],
    ['a hold without a reason', { kind: 'hold', hold: 'all', limit: null, reason: null }, ['REASON_MISSING']],
    ['a hold that holds nothing', { kind: 'hold', hold: 'none', limit: null }, ['NOTHING_CHANGED']],
    ['a group limit that lasts, above every cap', { kind: 'group_limit', limit: '90000000', validTo: null }, []],
    ['a group limit without an amount', { kind: 'group_limit', limit: null }, ['NOTHING_CHANGED']],
    ['a group limit with a term', { kind: 'group_limit', termDays: 30 }, ['WRONG_FIELDS']],
    ['a group limit without papers', { kind: 'group_limit', attachment: null }, ['ATTACHMENT_MISSING']],
  ])('%s', (_, parts, expected) => {
    expect(codes(parts)).toEqual(expected);
  });

  it('is refused while a rule holds that nobody can override, but for a hold', () => {
    const insolvent = { ...rating, reasons: [{ code: 'H01_INSOLVENCY', text: '' }] };
    expect(codes({}, insolvent)).toEqual(['FORBIDDEN']);
    expect(codes({ kind: 'hold', hold: 'all', limit: null }, insolvent)).toEqual([]);
  });

  it('counts from the computed grade, not from what a person made of it', () => {
    const derivation = {
      byScore: 'B',
      byReview: 'B',
      byRules: 'B',
      inCure: false,
      proposedLimit: null,
      bounds: {},
      bound: 'need',
      overrides: ['o1'],
    };
    expect(codes({ grade: 'AA' }, aRating({ grade: 'A', reasons: [], derivation }))).toEqual(['TOO_FAR_UP']);
  });
});

describe('approval', () => {
  it.each<[string, Partial<OverrideProposal>, boolean]>([
    ['a fifth more', {}, true],
    ['just below a tenth', { limit: '109999.99' }, false],
    ['a tenth', { limit: '110000' }, true],
    ['a tenth less', { limit: '90000' }, true],
    ['a little, with a grade', { limit: '101000', grade: 'A' }, true],
    ['a hold', { kind: 'hold', hold: 'all', limit: null }, false],
    ['a group limit of what it has', { kind: 'group_limit', limit: '100000' }, true],
  ])('%s', (_, parts, expected) => {
    expect(needsApproval(proposal(parts), rating, policy)).toBe(expected);
  });

  const proposed: CreditOverride = {
    ...proposal(),
    id: 'o1',
    customerId: 'c1',
    status: 'proposed',
    proposedBy: 'key:a',
    proposedAt: '2026-11-20T00:00:00.000Z',
    decidedBy: null,
    decidedAt: null,
    revokedBy: null,
    revokedAt: null,
  };

  it('is never the proposer’s, comes once, and not too late', () => {
    expect(approvalRefusal(proposed, 'key:a', policy, today)).toBe('SAME_PERSON');
    expect(approvalRefusal(proposed, 'key:b', policy, today)).toBeUndefined();
    expect(approvalRefusal({ ...proposed, status: 'approved' }, 'key:b', policy, today)).toBe('NOT_PROPOSED');
    expect(approvalRefusal(proposed, 'key:b', policy, '2027-02-18')).toBe('EXPIRED');
  });

  it('puts it in force from its first to its last day', () => {
    const approved = { ...proposed, status: 'approved' as const };
    expect(['2026-11-19', today, '2027-02-17', '2027-02-18'].map((day) => isInForce(approved, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
