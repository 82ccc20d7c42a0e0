import { addDays, type LocalDate } from '@syncline/model';
import { anItem, ledgerItem, shippedPolicy } from '@syncline/testing';
import { converterInto } from '@syncline/receivables';
import fc from 'fast-check';
import { rateCustomer } from '../rating/rate-customer';
import { itemKnownOn, LedgerHistory, type HistoricItem } from './ledger-history';

const historic = (parts: Parameters<typeof anItem>[0] & Partial<HistoricItem>): HistoricItem => ({
  system: 'csv',
  ...anItem(parts),
  ...parts,
});

const anyItem = fc
  .record({
    item: ledgerItem(),
    disputeAfter: fc.option(fc.integer({ min: 0, max: 200 })),
    lostAfter: fc.option(fc.integer({ min: 0, max: 300 })),
  })
  .map(({ item, disputeAfter, lostAfter }): HistoricItem => {
    const posted = item.postedOn ?? '2024-01-01';
    return {
      system: 'csv',
      ...item,
      disputed: disputeAfter !== null,
      disputedOn: disputeAfter === null ? null : addDays(posted, disputeAfter),
      writtenOffOn: lostAfter === null ? null : addDays(posted, lostAfter),
    };
  });

describe('what was known of an item', () => {
  const paid = historic({
    amount: '100',
    postedOn: '2025-01-01',
    dueOn: '2025-01-31',
    settledOn: '2025-03-15',
    settlements: [
      { on: '2025-02-10', amount: '60', cash: true },
      { on: '2025-03-15', amount: '40', cash: true },
    ],
    disputed: true,
    disputedOn: '2025-02-20',
  });

  it.each<[LocalDate, Partial<HistoricItem> | null]>([
    ['2024-12-31', null],
    ['2025-01-01', { openAmount: '100', settledOn: null, settlements: [], disputed: false, disputedOn: null }],
    ['2025-02-10', { openAmount: '40', settledOn: null, disputed: false }],
    ['2025-02-20', { openAmount: '40', disputed: true, disputedOn: '2025-02-20' }],
    ['2025-03-15', { openAmount: '0', settledOn: '2025-03-15' }],
  ])('on %s', (asOf, expected) => {
    const known = itemKnownOn(paid, asOf);
    if (expected === null) expect(known).toBeNull();
    else expect(known).toMatchObject(expected);
  });
});

describe('a ledger history', () => {
  const days = fc.integer({ min: 0, max: 900 }).map((day) => addDays('2023-12-09', day));

  it('gives on every day, asked in any order, what each item was then', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 12 }), fc.array(days, { maxLength: 6 }), (items, asked) => {
        const history = new LedgerHistory(items);
        for (const asOf of asked) {
          const known = items.flatMap((item) => itemKnownOn(item, asOf) ?? []);
          const key = (item: HistoricItem) => JSON.stringify(item);
          expect(history.knownOn(asOf, '0000-01-01').map(key).sort()).toEqual(known.map(key).sort());
        }
      }),
    );
  });

  it('leaves out what is over, and says what it can’t place in time', () => {
    const history = new LedgerHistory([
      historic({ postedOn: '2023-01-01', settledOn: '2023-02-01' }),
      historic({ postedOn: '2023-01-02' }),
      historic({ postedOn: null }),
    ]);
    expect(history.knownOn('2025-01-01', '2024-01-01').map(({ postedOn }) => postedOn)).toEqual(['2023-01-02']);
    expect(history.undated).toBe(1);
    expect(history.firstInvoicedOn).toBe('2023-01-01');
  });

  it('never lets what happens after a day change the features of that day', () => {
    const policy = shippedPolicy();
    const asOf = '2025-01-31';
    const rate = (items: readonly HistoricItem[]) => {
      const history = new LedgerHistory(items);
      return rateCustomer({
        policy,
        asOf,
        items: history.knownOn(asOf, '2023-01-01'),
        openOrders: [],
        firstInvoicedOn: '2023-12-09',
        converter: converterInto('CNY', [], { csv: 'CNY' }, asOf),
      });
    };
    const afterwards = fc.record({
      paidAfter: fc.integer({ min: 1, max: 300 }),
      disputed: fc.boolean(),
      lost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(anyItem, afterwards), { maxLength: 15 }), (pairs) => {
        // Whatever is not open any more was settled; what happens later is made up anew.
        const known = pairs.flatMap(([item]) => itemKnownOn(item, asOf) ?? []);
        const later = pairs.flatMap(([item, then]): HistoricItem[] => {
          const now = itemKnownOn(item, asOf);
          const on = addDays(asOf, then.paidAfter);
          if (now === null) return [{ ...item, postedOn: on, dueOn: on, settledOn: null, settlements: [] }];
          if (now.openAmount === '0' || now.openAmount.startsWith('-')) return [now];
          const dispute = then.disputed && !now.disputed ? { disputed: true, disputedOn: on } : {};
          const settlement = { on, amount: now.openAmount, cash: true };
          return [
            {
              ...now,
              ...dispute,
              openAmount: '0',
              settledOn: on,
              settlements: [...now.settlements, settlement],
              writtenOffOn: now.writtenOffOn ?? (then.lost ? on : null),
            },
          ];
        });
        expect(rate(later).features).toEqual(rate(known).features);
      }),
    );
  });
});
