import { HOLDS } from '@syncline/model';
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
  type JsonSchema,
} from './json-schema';

const ATTRIBUTE = object({
  value: { type: ['string', 'number', 'boolean', 'null'], description: 'The value that won.' },
  system: text('The system that it comes from.'),
  account: text('Key of the account in that system.'),
  rule: text('The survivorship rule that chose it.'),
});

const ACCOUNT_ALWAYS = object({
  system: text('System.'),
  key: text('Key in that system.'),
  code: textOrNull('The code that people of that system use.'),
  name: textOrNull('The name there.'),
  active: flag('Whether that system still uses it.'),
  link: text('Why it belongs to this customer.'),
});

const ACCOUNT: JsonSchema = {
  ...ACCOUNT_ALWAYS,
  properties: {
    ...ACCOUNT_ALWAYS.properties,
    creditLimit: decimalOrNull(
      'What the system itself allows today, in its currency; null = unlimited, absent = it says nothing.',
    ),
    parent: text('Key of the account that it belongs to in that system; absent = none.'),
  },
};

const RECEIVABLES = object({
  currency: text('ISO 4217.'),
  open: decimal('Sum of all open items; credits reduce it.'),
  unapplied: decimal('Sum of the open credits, positive; contained in `open`.'),
  disputed: decimal('The disputed part of `open`.'),
  items: count('Number of open items.'),
});

const OPEN_ORDERS = object({
  currency: text('ISO 4217.'),
  amount: decimal('Ordered and not yet invoiced, untaxed.'),
  orders: count('Number of open orders.'),
});

const CUSTOMER_ID = text('Stable id of the customer; survives merges and splits.');
const VERSION = count("Grows by one with every change of the customer; also the event's sequence.");

export const CUSTOMER_DATA = object({
  customerId: CUSTOMER_ID,
  version: VERSION,
  isCustomer: flag('False for the own company and its staff.'),
  attributes: dictionary(ATTRIBUTE, 'Golden attributes with their provenance; `name` is what the customer is called.'),
  accounts: list(ACCOUNT, 'The accounts that make up the customer.'),
  receivables: list(RECEIVABLES, 'What it owes, one entry a currency. Aging is computed on reading.'),
  openOrders: list(OPEN_ORDERS, 'What it ordered and was not invoiced for, one entry a currency.'),
});

export const CUSTOMER_MERGED_DATA = object({
  customerId: CUSTOMER_ID,
  version: VERSION,
  mergedInto: text('The customer that has its accounts now.'),
});

export const CUSTOMER_SPLIT_DATA = object({
  customerId: CUSTOMER_ID,
  version: VERSION,
  splitFrom: text('The customer that had these accounts before.'),
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

const CREDIT_RATING = object({
  customerId: text('The rated customer.'),
  version: count('Version of the rating: grows by one when the decision changes.'),
  grade: text('Grade of the policy.'),
  termDays: count('Payment term in days.'),
  limit: decimalOrNull('Credit limit; null = unlimited, "0" = cash only.'),
  currency: text('ISO 4217, currency of the limit.'),
  hold: oneOf(HOLDS, '`new_orders` stops further orders, `all` also stops deliveries.'),
  score: decimalOrNull('0 to 100; null = not enough is known.'),
  reasons: list(REASON, 'Why, the strongest first.'),
  features: dictionary({ type: ['string', 'null'] }, 'What the score was computed from; null = missing.'),
  policy: text('Name of the policy.'),
  policyVersion: count('Version of the policy.'),
  asOf: day('Business date of the decision.'),
  decidedAt: instant('When it was decided.'),
  inputsHash: text('Equal inputs have an equal hash.'),
});

/** Not required, so that readers of kept messages meet no new required field. */
const GROUP = object({
  parent: text('Id of the customer on whom the limit was decided.'),
  limit: decimal('The limit that all of the group share.'),
  othersExposure: decimal('What the others use of it.'),
  others: count('How many they are.'),
});

const DERIVED = object({
  byScore: textOrNull('Grade by the score alone; null = no score.'),
  byReview: text('Grade after the bands of the reviews, or of the rule for new customers.'),
  byRules: text('Grade after hard rules and cure; people may have decided otherwise.'),
  inCure: flag('The grade is held down because a hard rule ended only lately.'),
  proposedLimit: decimalOrNull('Limit by its bounds, before the rules on changes; null = a new customer.'),
  bounds: dictionary(decimalOrNull('Amount; null = not known, and so no bound.'), 'The bounds of the limit.'),
  bound: text('What set the limit.'),
  overrides: list(text('Id.'), 'Overrides, holds and temporary limits that took part.'),
});

const DERIVATION: JsonSchema = {
  ...DERIVED,
  properties: { ...DERIVED.properties, group: GROUP },
  description: 'How the decision came about. `group` is there where the customer shares a limit.',
};

/** Not required, so that readers of kept messages meet no new required field. */
const PREVIOUS_RATING: JsonSchema = {
  type: ['object', 'null'],
  description: 'What was in force before; null = this is the first rating.',
  properties: {
    version: count('Version of that rating.'),
    grade: text('Grade.'),
    termDays: count('Payment term in days.'),
    limit: decimalOrNull('Credit limit.'),
    currency: text('ISO 4217, currency of the limit.'),
    hold: oneOf(HOLDS, 'Hold.'),
  },
};

export const CREDIT_RATING_DATA: JsonSchema = {
  ...CREDIT_RATING,
  properties: { ...CREDIT_RATING.properties, derivation: DERIVATION, previous: PREVIOUS_RATING },
};
