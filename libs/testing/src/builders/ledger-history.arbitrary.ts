import { localDateOfEpochDay } from '@syncline/model';
import fc from 'fast-check';
import type { LedgerEntry, LedgerEvent } from '@syncline/receivables';

/** Entries and events of one customer, as they were told. */
export interface LedgerHistory {
  entries: LedgerEntry[];
  events: LedgerEvent[];
}

const FIRST_DAY = 20_089;
const DAYS = 120;

/** Any day of the 120 days from 2025-01-01. */
export const ledgerDay = fc.integer({ min: 0, max: DAYS }).map((days) => localDateOfEpochDay(FIRST_DAY + days));

const amount = fc.integer({ min: 1, max: 50_000 }).map((cents) => String(cents / 100));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 });
const told = { on: ledgerDay, knownAt: ledgerDay };

const debit = fc.record({
  type: fc.constantFrom('invoice' as const, 'invoice' as const, 'debit_memo' as const),
  currency: fc.constant('CNY'),
  amount,
  postedOn: ledgerDay,
  knownAt: ledgerDay,
  dueOn: maybe(ledgerDay),
  discount: maybe(fc.record({ until: ledgerDay, amount })),
});

const credit = fc.record({
  type: fc.constantFrom(
    'receipt' as const,
    'receipt' as const,
    'credit_note' as const,
    'bank_acceptance' as const,
    'commercial_acceptance' as const,
    'supplier_bill' as const,
  ),
  currency: fc.constant('CNY'),
  amount,
  postedOn: ledgerDay,
  knownAt: ledgerDay,
  orderKey: maybe(fc.constantFrom('o1', 'o2')),
});

/** References go to what is there, and now and then to what is not. */
const eventBetween = (debits: number, credits: number, events: number) => {
  const debitKey = fc.integer({ min: 0, max: debits }).map((index) => `d${index}`);
  const creditKey = fc.integer({ min: 0, max: credits }).map((index) => `c${index}`);
  const eventId = fc.integer({ min: 0, max: events }).map((index) => `e${index}`);
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ type: fc.constant('apply' as const), creditKey, debitKey, amount, ...told }) },
    fc.record({ type: fc.constant('unapply' as const), applicationId: eventId, amount: maybe(amount), ...told }),
    fc.record({ type: fc.constantFrom('discount' as const, 'write_off' as const), debitKey, amount, ...told }),
    fc.record({ type: fc.constant('reversal' as const), creditKey, bounced: fc.boolean(), ...told }),
    fc.record({
      type: fc.constantFrom('acceptance_matured' as const, 'acceptance_dishonoured' as const),
      creditKey,
      ...told,
    }),
    fc.record({ type: fc.constant('dispute_opened' as const), debitKey, ...told }),
    fc.record({
      type: fc.constant('dispute_closed' as const),
      disputeId: eventId,
      outcome: fc.constantFrom('upheld' as const, 'rejected' as const),
      ...told,
    }),
    fc.record({
      type: fc.constant('exchange_difference' as const),
      entryKey: debitKey,
      kind: fc.constantFrom('realised' as const, 'unrealised' as const),
      amount,
      ...told,
    }),
    fc.record({ type: fc.constant('event_voided' as const), corrects: eventId, ...told }),
    fc.record({ type: fc.constant('entry_voided' as const), entryKey: fc.oneof(debitKey, creditKey), ...told }),
    fc.record({
      type: fc.constant('apply' as const),
      creditKey,
      debitKey,
      amount,
      corrects: eventId,
      ...told,
    }),
  );
};

/** Any history, sensible or not: up to six debits, six credits and fifteen events in CNY. */
export function ledgerHistory(): fc.Arbitrary<LedgerHistory> {
  return fc
    .tuple(fc.array(debit, { maxLength: 6 }), fc.array(credit, { maxLength: 6 }), fc.integer({ min: 0, max: 15 }))
    .chain(([debits, credits, count]) =>
      fc
        .array(eventBetween(debits.length, credits.length, count), { minLength: count, maxLength: count })
        .map((events) => ({
          entries: [
            ...debits.map((entry, index): LedgerEntry => ({ ...entry, key: `d${index}` })),
            ...credits.map((entry, index): LedgerEntry => ({ ...entry, key: `c${index}` })),
          ],
          events: events.map((event, index) => ({ ...event, id: `e${index}` }) as LedgerEvent),
        })),
    );
}

/** The same history in another order, with some of it told twice. */
export function retold(history: LedgerHistory): fc.Arbitrary<LedgerHistory> {
  const shuffledWithRepeats = <T>(all: T[]): fc.Arbitrary<T[]> =>
    fc
      .subarray(all)
      .chain((again) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));
  return fc.record({
    entries: shuffledWithRepeats(history.entries),
    events: shuffledWithRepeats(history.events),
  });
}
