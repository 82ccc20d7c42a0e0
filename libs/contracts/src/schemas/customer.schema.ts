import {
  count,
  day,
  decimal,
  decimalOrNull,
  dictionary,
  flag,
  instant,
  list,
  object,
  oneOf,
  text,
  textOrNull,
} from './json-schema';

const ATTRIBUTE = object({
  value: { type: ['string', 'number', 'boolean', 'null'], description: 'The value that won.' },
  system: text('The system that it comes from.'),
  account: text('Key of the account in that system.'),
  rule: text('The survivorship rule that chose it.'),
});

const ACCOUNT = object({
  system: text('System.'),
  key: text('Key in that system.'),
  code: textOrNull('The code that people of that system use.'),
  name: textOrNull('The name there.'),
  active: flag('Whether that system still uses it.'),
  link: text('Why it belongs to this customer.'),
});

const RECEIVABLES = object({
  currency: text('ISO 4217.'),
  open: decimal('Sum of the open debit items.'),
  unapplied: decimal('Sum of the open credits.'),
  disputed: decimal('The disputed part of `open`.'),
  items: count('Number of open items.'),
});

const OPEN_ORDERS = object({
  currency: text('ISO 4217.'),
  amount: decimal('Ordered and not yet invoiced, untaxed.'),
  orders: count('Number of open orders.'),
});

export const CUSTOMER_DATA = object({
  customer_id: text('Stable id of the customer; survives merges and splits.'),
  version: count('Grows by one with every change of the view.'),
  status: oneOf(['active', 'retired'], 'A retired id answers with `merged_into`.'),
  merged_into: textOrNull('The customer that took over a retired id.'),
  name: textOrNull('Golden name.'),
  is_customer: flag('False for the own company and its staff.'),
  attributes: dictionary(ATTRIBUTE, 'Golden attributes with their provenance.'),
  accounts: list(ACCOUNT, 'The accounts that make up the customer.'),
  receivables: list(RECEIVABLES, 'What it owes, one entry a currency. Aging is computed on reading.'),
  open_orders: list(OPEN_ORDERS, 'What it ordered and was not invoiced for, one entry a currency.'),
});

const REASON = {
  type: 'object',
  properties: {
    code: text('A hard rule (`H05_OLDEST_60`) or `LOW_<FEATURE>`.'),
    loss: decimal('Points lost, 0 to 100; absent for a hard rule.'),
    text: text('For people.'),
  },
  required: ['code', 'text'],
};

export const CREDIT_RATING_DATA = object({
  customer_id: text('The rated customer.'),
  version: count('Version of the rating: grows by one when the decision changes.'),
  grade: text('Grade of the policy.'),
  term_days: count('Payment term in days.'),
  limit: decimalOrNull('Credit limit; null = unlimited, "0" = cash only.'),
  currency: text('ISO 4217, currency of the limit.'),
  hold: oneOf(['none', 'new_orders', 'all'], '`new_orders` stops further orders, `all` also stops deliveries.'),
  score: decimalOrNull('0 to 100; null = not enough is known.'),
  reasons: list(REASON, 'Why, the strongest first.'),
  features: dictionary({ type: ['string', 'null'] }, 'What the score was computed from; null = missing.'),
  policy: text('Name of the policy.'),
  policy_version: count('Version of the policy.'),
  as_of: day('Business date of the decision.'),
  decided_at: instant('When it was decided.'),
});
