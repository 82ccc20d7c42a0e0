import {
  count,
  day,
  dictionary,
  flag,
  list,
  object,
  oneOf,
  text,
  textOrNull,
  type JsonSchema,
} from '../schemas/json-schema';
import { amount, dayOrNull, instantOrNull, integerOrNull } from './shapes';

export const AGING = object({
  currency: text('ISO 4217.'),
  open_total: amount('Sum of the buckets less unapplied credit.'),
  unapplied_credit: amount('Open credits, positive; in no bucket.'),
  overdue: amount('All buckets but `current`.'),
  disputed: amount('The disputed part of what is open.'),
  items: count('Open items.'),
  aging: dictionary(
    amount('Open amount of the bucket.'),
    'Bucket → amount: current, 1-30, 31-60, 61-90, 91-180, 181-365, >365.',
  ),
});

export const RECEIVABLE_ITEM = object({
  system: text('System.'),
  key: text('Key of the item.'),
  account: text('Key of the account.'),
  type: oneOf(['invoice', 'debit_memo', 'credit_note', 'part_payment', 'on_account'], 'What it is.'),
  number: textOrNull('Document number.'),
  currency: text('Currency of the ledger.'),
  amount: amount('Original, signed.'),
  open_amount: amount('Open as of the day, signed.'),
  document_currency: text('Currency of the document.'),
  document_amount: amount('Original in that currency.'),
  posted_on: dayOrNull('Posting day.'),
  due_on: dayOrNull('Due date.'),
  settled_on: dayOrNull('Day on which nothing was left open.'),
  days_overdue: integerOrNull('Days past due as of the day; null when nothing is open or it has no due date.'),
  bucket: textOrNull('Aging bucket; null = a credit, or nothing open.'),
  disputed: flag('The customer disputes it.'),
  settlements: list(
    object({ on: day('Day.'), amount: amount('Settled.'), cash: flag('By money that came in.') }),
    'What settled it, in part or whole.',
  ),
});

export const EXPOSURE = object({
  currency: text('ISO 4217.'),
  exposure: amount('What the customer could still fail to pay.'),
  parts: dictionary(amount('Amount before its factor.'), 'Part of the exposure → amount.'),
});

export const RECEIVABLES_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Receivables: object({
    customer_id: text('Customer.'),
    as_of: day('Day.'),
    known_at: instantOrNull('The moment whose knowledge was asked for; null = now.'),
    known_since: instantOrNull('Before this nothing is kept of what was known; null where it was not asked for.'),
    totals: list(AGING, 'By currency.'),
    items: list(RECEIVABLE_ITEM, 'Items, the longest due first.'),
    next_cursor: textOrNull('Place after this page.'),
  }),
};
