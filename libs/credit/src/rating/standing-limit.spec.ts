import { addDays } from '@syncline/model';
import { anItem, shippedPolicy } from '@syncline/testing';
import { converterInto } from '@syncline/receivables';
import type { CreditOverride } from '../override/credit-override';
import { compilePolicy } from './compiled-policy';
import type { CreditStanding } from './credit-standing';
import { rateCustomer, type RatingInput } from './rate-customer';

const policy = shippedPolicy();
const { name, scale } = compilePolicy(policy);
const asOf = '2026-01-01';

/** Twelve monthly invoices of 100,000 paid on time: by itself AAA, 90 days, 520,000. */
const items = Array.from({ length: 12 }, (_, index) => {
  const postedOn = `2025-${String(index + 1).padStart(2, '0')}-01`;
  const on = addDays(postedOn, 25);
  const settlements = [{ on, amount: '100000', cash: true }];
  return { system: 'erp', ...anItem({ amount: '100000', postedOn, dueOn: on, settledOn: on, settlements }) };
});
const overdue = (days: number) => ({
  system: 'erp',
  ...anItem({ amount: '1000', openAmount: '1000', postedOn: addDays(asOf, -days - 30), dueOn: addDays(asOf, -days) }),
});

const rate = (parts: Partial<RatingInput> = {}) =>
  rateCustomer({
    policy,
    asOf,
    items,
    openOrders: [],
    firstInvoicedOn: '2023-01-15',
    converter: converterInto('CNY', [], { erp: 'CNY' }, asOf),
    heldLimit: '500000',
    ...parts,
  });

const standing = (parts: Partial<CreditStanding> = {}): CreditStanding => ({
  policy: name,
  scale,
  grade: 'AAA',
  gradeSince: '2025-01-01',
  granted: 'AAA',
  period: '2025-12',
  settled: true,
  scores: [95],
  limit: '500000',
  limitRaisedOn: null,
  capped: false,
  curedFrom: null,
  ...parts,
});

const own = rate();

describe('a limit with a past', () => {
  it('is that of its bounds without one', () => {
    expect(own).toMatchObject({ limit: '430000', derivation: { bound: 'need', proposedLimit: '430000' } });
  });

  it.each([
    ['small changes are ignored', '450000', '450000', 'limit_change'],
    ['a rise is at most a quarter', '200000', '250000', 'limit_change'],
    ['a fall is at most three tenths', '1000000', '700000', 'limit_change'],
    ['a fall within that goes through', '600000', '430000', 'need'],
    ['nothing is no step to measure from', '0', '430000', 'need'],
  ])('%s', (_, limit, expected, bound) => {
    const { limit: now, derivation } = rate({ opening: standing({ limit }) });
    expect([now, derivation.bound, derivation.proposedLimit]).toEqual([expected, bound, '430000']);
  });

  it('moves on review dates alone, and on the first day of a policy', () => {
    const opening = standing({ limit: '200000', period: '2026-01' });
    expect(rate({ opening }).limit).toBe('200000');
    expect(rate({ opening: { ...opening, policy: 'old@1' } }).limit).toBe('250000');
  });

  it('waits 90 days between rises', () => {
    const opening = standing({ limit: '200000', limitRaisedOn: '2025-10-04' });
    expect(rate({ opening })).toMatchObject({ limit: '200000', standing: { limitRaisedOn: '2025-10-04' } });
    const later = rate({ opening: { ...opening, limitRaisedOn: '2025-10-03' } });
    expect(later).toMatchObject({ limit: '250000', standing: { limitRaisedOn: asOf } });
  });

  it('falls at once by a hard rule, and returns to where it stood when the rule ends', () => {
    const opening = standing({ period: '2026-01' });
    const ruled = rate({ opening, items: [...items, overdue(61)] });
    expect(ruled).toMatchObject({
      grade: 'B',
      hold: 'new_orders',
      standing: { grade: 'AAA', granted: 'B', limit: '500000', capped: true },
    });
    expect(Number(ruled.limit)).toBeLessThan(200_000);
    const next = rate({ asOf: '2026-01-02', opening: ruled.standing });
    expect(next).toMatchObject({ grade: 'B', derivation: { inCure: true, byReview: 'AAA', byRules: 'B' } });
    expect(next.reasons.map(({ code }) => code)).toContain('CURE');
    const cured = rate({ asOf: '2026-01-03', opening: { ...next.standing, curedFrom: '2025-10-01' } });
    expect(cured).toMatchObject({ grade: 'AAA', limit: '500000' });
  });

  it('is never above what the grade allows', () => {
    const opening = standing({ limit: '30000000', period: '2026-01' });
    expect(rate({ opening }).limit).toBe('20000000');
  });

  it('keeps a customer that lost its score from getting better by it', () => {
    const lost = rate({ opening: standing({ grade: 'D', granted: 'D' }), firstInvoicedOn: '2025-12-01' });
    expect(lost).toMatchObject({ score: null, grade: 'D', limit: '0', standing: { grade: 'D', limit: '500000' } });
  });
});

describe('what people decide', () => {
  const override = (parts: Partial<CreditOverride>): CreditOverride => ({
    id: 'o1',
    customerId: 'c1',
    kind: 'override',
    grade: null,
    termDays: null,
    limit: null,
    hold: null,
    reason: 'a bank guarantee',
    attachment: 'DMS-17',
    validFrom: '2025-12-01',
    validTo: '2026-01-31',
    status: 'approved',
    proposedBy: 'key:a',
    proposedAt: '2025-12-01T00:00:00.000Z',
    decidedBy: 'key:b',
    decidedAt: '2025-12-01T01:00:00.000Z',
    revokedBy: null,
    revokedAt: null,
    ...parts,
  });
  const owed = { amount: '30000', openAmount: '30000', postedOn: '2025-12-20', dueOn: '2026-02-20' };
  const poor = [...items, overdue(95), { system: 'erp', ...anItem(owed) }];

  it('replaces grade and what follows from it', () => {
    const without = rate({ items: poor });
    expect(without).toMatchObject({ grade: 'C', termDays: 15, hold: 'all' });
    const rating = rate({ items: poor, overrides: [override({ grade: 'B', hold: 'none' })] });
    expect(rating).toMatchObject({ grade: 'B', termDays: 30, hold: 'none', derivation: { byRules: 'C' } });
    expect(rating.derivation.overrides).toEqual(['o1']);
    expect(Number(rating.limit)).toBeGreaterThan(Number(without.limit));
    expect(rating.reasons.find(({ code }) => code === 'OVERRIDE')?.text).toBe(
      'Override o1: a person decided otherwise until 2026-01-31.',
    );
  });

  it('goes no further than the policy lets a person, even when the customer got worse since', () => {
    expect(rate({ items: poor, overrides: [override({ grade: 'AA' })] }).grade).toBe('B');
    expect(rate({ items: poor, overrides: [override({ limit: '9000000' })] }).limit).toBe('2000000');
  });

  it.each([
    ['the day before', '2025-11-30'],
    ['the day after', '2026-02-01'],
  ])('does nothing on %s', (_, day) => {
    const overrides = [override({ limit: '7000' })];
    expect(rate({ asOf: day, overrides }).derivation.overrides).toEqual([]);
    expect(rate({ overrides: [override({ limit: '7000', status: 'proposed' })] }).limit).toBe(own.limit);
  });

  it('gives way to what nobody can override', () => {
    const overrides = [override({ grade: 'A', limit: '100000', hold: 'none' })];
    const rating = rate({ overrides, known: { insolvency: true } });
    expect(rating).toMatchObject({ grade: 'D', limit: '0', hold: 'all' });
    expect(rating.reasons.map(({ code }) => code)).toContain('OVERRIDE_SUSPENDED');
  });

  it('holds on top of everything, and cannot be lifted by an override', () => {
    const hold = override({ id: 'h', kind: 'hold', hold: 'all', validTo: null });
    expect(rate({ overrides: [hold] })).toMatchObject({ grade: own.grade, limit: own.limit, hold: 'all' });
    expect(rate({ overrides: [hold, override({ hold: 'none' })] }).hold).toBe('all');
    expect(rate({ overrides: [hold], known: { insolvency: true } }).hold).toBe('all');
  });

  it('lifts the limit for a time, never lowers it', () => {
    const temporary = (limit: string) => override({ kind: 'temporary_limit', limit });
    const high = rate({ overrides: [temporary('900000')] });
    expect(high).toMatchObject({ limit: '900000', derivation: { bound: 'temporary_limit' } });
    expect(high.standing.limit).toBe(own.standing.limit);
    expect(rate({ overrides: [temporary('1000')] }).limit).toBe(own.limit);
  });

  it('takes the later of two decisions, field by field, in whatever order they come', () => {
    const first = override({ limit: '7000', termDays: 15 });
    const second = override({ id: 'o2', limit: '8000', decidedAt: '2025-12-02T00:00:00.000Z' });
    for (const overrides of [
      [first, second],
      [second, first],
    ])
      expect(rate({ overrides })).toMatchObject({ limit: '8000', termDays: 15 });
  });

  it('shares a limit with others of its group', () => {
    const group = { parent: 'p', limit: '1000000', othersExposure: '700500', others: 3 };
    const shared = rate({ group });
    expect(shared).toMatchObject({ limit: '290000', derivation: { bound: 'group', group } });
    expect(shared.reasons.map(({ code }) => code)).toContain('GROUP_LIMIT');
    expect(shared.standing).toEqual(rate({}).standing);
    const ample = rate({ group: { ...group, limit: '90000000' } });
    expect(ample.limit).toBe(rate({}).limit);
    expect(ample.reasons.map(({ code }) => code)).not.toContain('GROUP_LIMIT');
    expect(rate({ group: { ...group, othersExposure: '2000000' } }).limit).toBe('0');
  });
});
