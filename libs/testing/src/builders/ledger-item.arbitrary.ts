import { canonicalDecimal, localDateOfEpochDay, type Decimal } from '@syncline/model';
import fc from 'fast-check';
import type { LedgerItem } from '@syncline/receivables';

const FIRST_DAY = 19_700;

const day = fc.integer({ min: 0, max: 700 }).map((days) => localDateOfEpochDay(FIRST_DAY + days));
const amount: fc.Arbitrary<Decimal> = fc
  .integer({ min: 1, max: 99_999_999 })
  .map((cents) => canonicalDecimal(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`));

/** Any consistent line of a ledger in CNY over 700 days from 2023-12-09.. */
export function ledgerItem(): fc.Arbitrary<LedgerItem> {
  return fc.oneof(invoice(), credit());
}

function invoice(): fc.Arbitrary<LedgerItem> {
  return fc
    .record({
      amount,
      postedOn: day,
      terms: fc.integer({ min: 0, max: 90 }),
      disputed: fc.boolean(),
      paid: fc.option(fc.integer({ min: 0, max: 200 })),
    })
    .map(({ amount: owed, postedOn, terms, disputed, paid }) => {
      const posted = Math.round(Date.parse(postedOn) / 86_400_000);
      const settledOn = paid === null ? null : localDateOfEpochDay(posted + paid);
      return {
        type: 'invoice' as const,
        currency: 'CNY',
        amount: owed,
        openAmount: paid === null ? owed : '0',
        postedOn,
        dueOn: localDateOfEpochDay(posted + terms),
        settledOn,
        disputed,
        settlements: settledOn === null ? [] : [{ on: settledOn, amount: owed, cash: true }],
        invoiceKey: null,
      };
    });
}

function credit(): fc.Arbitrary<LedgerItem> {
  return fc
    .record({ amount, postedOn: day, type: fc.constantFrom('credit_note' as const, 'on_account' as const) })
    .map(({ amount: owed, postedOn, type }) => ({
      type,
      currency: 'CNY',
      amount: `-${owed}`,
      openAmount: `-${owed}`,
      postedOn,
      dueOn: null,
      settledOn: null,
      disputed: false,
      settlements: [],
      invoiceKey: null,
    }));
}
