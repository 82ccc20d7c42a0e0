import { Big } from '@syncline/model';
import { anEntry } from '@syncline/testing';
import fc from 'fast-check';
import { carriedOpen, controlAccountEnd, controlAccountMovements } from './control-account';
import {
  explainBalance,
  verifiedThrough,
  type BalanceComparison,
  type LedgerPosting,
  type ViewDocument,
} from './control-account-breaks';
import { ledgerAsOf, type LedgerEvent } from './ledger';

const asOf = '2025-01-31';
const document = (key: string, amount: string, postedOn = '2025-01-10'): ViewDocument => ({ key, amount, postedOn });
const posting = (documentKey: string | null, amount: string, parts: Partial<LedgerPosting> = {}): LedgerPosting => ({
  key: `p-${documentKey ?? 'journal'}`,
  documentKey,
  amount,
  postedOn: '2025-01-10',
  isControl: true,
  ...parts,
});
const breaksOf = (comparison: Partial<BalanceComparison> & { reported: string }) =>
  explainBalance({ asOf, documents: [document('a', '100')], postings: [posting('a', '100')], ...comparison });

describe('movements', () => {
  it('add up to the end, in the system currency', () => {
    const entries = [
      anEntry({ key: 'i', currency: 'USD', amount: '10000', bookingRate: '7.10' }),
      anEntry({
        key: 'r',
        type: 'receipt',
        currency: 'USD',
        amount: '6000',
        postedOn: '2025-02-10',
        bookingRate: '7.15',
      }),
    ];
    const on = { on: '2025-02-10', knownAt: '2025-02-10' };
    const events: LedgerEvent[] = [
      { id: '1', type: 'apply', creditKey: 'r', debitKey: 'i', amount: '6000', ...on },
      { id: '2', type: 'write_off', debitKey: 'i', amount: '1000', ...on },
    ];
    const [begin, end] = ['2025-01-31', '2025-02-28'].map((day) =>
      ledgerAsOf(entries, events, { asOf: day, knownAt: '2025-12-31' }),
    );
    const moves = controlAccountMovements(begin!, end!);
    expect(moves).toEqual({
      begin: '71000',
      invoices: '0',
      debitMemos: '0',
      receipts: '42900',
      creditMemos: '0',
      writeOffs: '7100',
      discounts: '0',
      exchange: '300',
    });
    expect([controlAccountEnd(moves), carriedOpen(end!)]).toEqual(['21300', '21300']);
  });
});

describe('breaks', () => {
  it('are none where both agree', () => {
    expect(breaksOf({ reported: '100' })).toEqual({ computed: '100', difference: '0', breaks: [], agrees: true });
  });

  it('MANUAL_JOURNAL: a journal entry without a document', () => {
    const { breaks, agrees } = breaksOf({ reported: '1600', postings: [posting('a', '100'), posting(null, '1500')] });
    expect(breaks).toEqual([{ type: 'MANUAL_JOURNAL', amount: '1500', documents: ['p-journal'] }]);
    expect(agrees).toBe(false);
  });

  it('FX_REVALUATION: of the account, or of a document', () => {
    const revalued = posting(null, '7', { isRevaluation: true });
    expect(breaksOf({ reported: '107', postings: [posting('a', '100'), revalued] }).breaks).toEqual([
      { type: 'FX_REVALUATION', amount: '7', documents: ['p-journal'] },
    ]);
    const own = posting('a', '7', { key: 'fx', isRevaluation: true });
    expect(breaksOf({ reported: '107', postings: [posting('a', '100'), own] }).breaks).toEqual([
      { type: 'FX_REVALUATION', amount: '7', documents: ['a', 'fx', 'p-a'] },
    ]);
  });

  it('PERIOD_CUTOFF: posted in the next period, or a document of the next one posted in this', () => {
    const next = { postings: [posting('a', '100', { postedOn: '2025-02-01' })] };
    expect(breaksOf({ reported: '0', ...next }).breaks).toEqual([
      { type: 'PERIOD_CUTOFF', amount: '-100', documents: ['a', 'p-a'] },
    ]);
    const early = { documents: [document('a', '100', '2025-02-01')], postings: [posting('a', '100')] };
    expect(breaksOf({ reported: '100', ...early }).breaks).toEqual([
      { type: 'PERIOD_CUTOFF', amount: '100', documents: ['a', 'p-a'] },
    ]);
  });

  it('WRONG_ACCOUNT: posted, but not to receivables', () => {
    expect(breaksOf({ reported: '0', postings: [posting('a', '100', { isControl: false })] }).breaks).toEqual([
      { type: 'WRONG_ACCOUNT', amount: '-100', documents: ['a', 'p-a'] },
    ]);
  });

  it('UNPOSTED: no posting at all', () => {
    const documents = [document('a', '100'), document('b', '50')];
    expect(breaksOf({ reported: '100', documents }).breaks).toEqual([
      { type: 'UNPOSTED', amount: '-50', documents: ['b'] },
    ]);
  });

  it('ROUNDING up to 0.01 a line, UNKNOWN beyond', () => {
    const documents = [document('a', '100'), document('b', '50')];
    expect(breaksOf({ reported: '150.02', documents, postings: [] })).toMatchObject({
      breaks: [{ type: 'ROUNDING', amount: '0.02', documents: [] }],
      agrees: true,
    });
    expect(breaksOf({ reported: '150.03', documents, postings: [] })).toMatchObject({
      breaks: [{ type: 'UNKNOWN', amount: '0.03' }],
      agrees: false,
    });
  });

  it('UNKNOWN: example 7, where nothing is known of the ledger but its balance', () => {
    const { breaks } = explainBalance({ asOf, reported: '401000', documents: [document('all', '399500')] });
    expect(breaks).toEqual([{ type: 'UNKNOWN', amount: '1500', documents: [] }]);
  });

  it('add up to the difference', () => {
    const cents = fc.integer({ min: -99_999, max: 99_999 }).map((value) => String(value / 100));
    const day = fc.constantFrom('2025-01-10', '2025-02-10');
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const documents = fc.uniqueArray(fc.record({ key, amount: cents, postedOn: day }), { selector: (one) => one.key });
    const postings = fc
      .array(
        fc.record({
          documentKey: fc.option(key),
          amount: cents,
          postedOn: day,
          isControl: fc.boolean(),
          isRevaluation: fc.boolean(),
        }),
      )
      .map((all) => all.map((one, index) => ({ ...one, key: `p${index}` })));
    fc.assert(
      fc.property(cents, documents, postings, (reported, view, ledger) => {
        const { breaks, difference, computed } = explainBalance({ asOf, reported, documents: view, postings: ledger });
        const sum = breaks.reduce((total, { amount }) => total.plus(amount), new Big(0));
        expect(sum.eq(difference)).toBe(true);
        expect(new Big(reported).minus(computed).eq(difference)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

it('is verified through the last day on which both agree', () => {
  const days = [
    { asOf: '2025-03-31', agrees: false },
    { asOf: '2025-02-28', agrees: true },
    { asOf: '2025-01-31', agrees: false },
  ];
  expect(verifiedThrough(days)).toBe('2025-02-28');
  expect(verifiedThrough(days.filter(({ agrees }) => !agrees))).toBeNull();
});
