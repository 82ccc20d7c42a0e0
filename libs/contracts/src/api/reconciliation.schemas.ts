import {
  count,
  day,
  decimal,
  decimalOrNull,
  flag,
  list,
  object,
  oneOf,
  text,
  textOrNull,
} from '../schemas/json-schema';
import type { JsonSchema } from '../schemas/json-schema';
import { dayOrNull } from './shapes';

/** Why a reported and the computed balance differ; see docs/explanation/receivables.md. */
export const RECONCILIATION_BREAKS = [
  'MANUAL_JOURNAL',
  'PERIOD_CUTOFF',
  'WRONG_ACCOUNT',
  'UNPOSTED',
  'FX_REVALUATION',
  'ROUNDING',
  'UNKNOWN',
] as const;

const DOCUMENT = object({
  key: text('Key of the ledger line in its system.'),
  account: textOrNull('Account; null = a line that the view does not count.'),
  type: textOrNull('What it is.'),
  number: textOrNull('Document number.'),
  posted_on: dayOrNull('Posting day.'),
  due_on: dayOrNull('Due date.'),
  currency: textOrNull('ISO 4217, of the amount.'),
  amount: decimalOrNull('In the system currency, signed.'),
});

const BREAK = object({
  type: oneOf(RECONCILIATION_BREAKS, 'Why.'),
  amount: decimal('Reported less computed, signed.'),
  documents: list(DOCUMENT, 'The documents behind it; of UNKNOWN those to look at first.'),
});

export const RECONCILED = object({
  customer_id: text('Customer.'),
  system: text('System that reports.'),
  currency: text('ISO 4217.'),
  as_of: day('The latest day with a reported balance.'),
  accounts: list(text('Key.'), 'Accounts whose balances are compared.'),
  reported: decimal('What the system says.'),
  computed: decimal('Σ open items of these accounts on that day.'),
  difference: decimal('Reported less computed.'),
  agrees: flag('Nothing but rounding is left: 0.01 a line.'),
  verified_through: dayOrNull('The last day on which both agree; null = on none.'),
  days_compared: count('Days with a reported balance.'),
  breaks: list(BREAK, 'Their sum is the difference.'),
});

export const RECONCILIATION_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Reconciliation: object({
    as_of: day('Balances up to this day.'),
    systems: list(
      object({
        system: text('System.'),
        currency: text('ISO 4217 of its ledger.'),
        balances: count('Balances that it reports; 0 = it reports none, and nothing of it is verified.'),
      }),
      'All configured systems.',
    ),
    items: list(RECONCILED, 'By customer, system and currency.'),
    next_cursor: textOrNull('Place after this page; null = there is no more.'),
  }),
};
