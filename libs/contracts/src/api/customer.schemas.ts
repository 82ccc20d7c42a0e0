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
} from '../schemas/json-schema';
import { CUSTOMER_ALERT_RULES } from '../schemas/customer-alert.schema';
import { INSIGHT, STAGE } from './insight.schemas';
import { OPEN_ORDERS, PROGRESS } from './order.schemas';
import { AGING, EXPOSURE, RECEIVABLE_ITEM } from './receivables.schemas';
import { amount, instantOrNull, integerOrNull, page } from './shapes';

const hold = oneOf(HOLDS, 'What is stopped.');

const CURRENCY_TOTALS = object({
  currency: text('ISO 4217.'),
  open_total: amount('All open items, credits taken off.'),
  unapplied_credit: amount('Open credits, positive.'),
});

const RATING_SUMMARY = {
  grade: textOrNull('Grade in force; null = not rated.'),
  hold: { ...hold, type: ['string', 'null'] },
  limit: decimalOrNull('Credit limit; null = unlimited or not rated.'),
  limit_currency: textOrNull('ISO 4217.'),
  term_days: integerOrNull('Payment term.'),
  score: decimalOrNull('0 to 100.'),
  rating_version: integerOrNull('Version of the rating.'),
};

/** Of the daily evaluation; null before the first one. */
const INSIGHT_SUMMARY = {
  value_level: textOrNull('Level of the policy.'),
  stage: { ...STAGE, type: ['string', 'null'] },
  alerts: list(oneOf(CUSTOMER_ALERT_RULES, 'Rule.'), 'Rules that hold.'),
};

const CUSTOMER_LIST_ENTRY = object({
  id: text('Customer id.'),
  name: textOrNull('Golden name.'),
  version: count('Version of the customer.'),
  accounts: list(object({ system: text('System.'), key: text('Key.'), code: textOrNull('Code.') }), 'Its accounts.'),
  receivables: list(CURRENCY_TOTALS, 'What it owes, by currency.'),
  exposure: amount(
    'Open items and uninvoiced orders, in the first currency; the customer itself has the exposure by the policy.',
  ),
  exposure_currency: textOrNull('ISO 4217.'),
  ...RATING_SUMMARY,
  ...INSIGHT_SUMMARY,
});

const REASON: JsonSchema = {
  type: 'object',
  properties: { code: text('Stable.'), loss: decimal('Points lost.'), text: text('For people.') },
  required: ['code', 'text'],
};

export const RATING = object({
  version: count('Version of the rating.'),
  grade: text('Grade.'),
  term_days: count('Payment term.'),
  limit: decimalOrNull('null = unlimited, 0 = cash only.'),
  currency: text('ISO 4217.'),
  hold,
  score: decimalOrNull('0 to 100; null = not enough is known.'),
  reasons: list(REASON, 'Why.'),
  features: dictionary({ type: ['string', 'null'] }, 'Payment behaviour and what else the score was made from.'),
  policy: text('Policy.'),
  policy_version: count('Version of the policy.'),
  as_of: day('Business date.'),
  decided_at: instant('When.'),
});

export const DELIVERY = object({
  target: text('Target.'),
  customer_id: text('Customer.'),
  account: text('Key of the account in the target.'),
  account_code: textOrNull('Its code there.'),
  state: oneOf(['due', 'running', 'confirmed', 'waiting_retry', 'failed'], 'Where it stands.'),
  desired_version: count('Rating version that the target has to have.'),
  confirmed_version: integerOrNull('Rating version last read back; null = none.'),
  attempts: count('Attempts since the last success.'),
  next_attempt_at: instantOrNull('When it is tried again.'),
  confirmed_at: instantOrNull('When it was confirmed last.'),
  updated_at: instant('When it changed last.'),
  error: {
    type: ['object', 'null'],
    properties: { code: text('Code.'), class: textOrNull('Class.'), message: textOrNull('What went wrong.') },
    required: ['code', 'class', 'message'],
  },
  observed: {
    type: ['object', 'null'],
    additionalProperties: { type: ['string', 'null'] },
    description: 'What was read back.',
  },
});

const ACCOUNT = object({
  system: text('System.'),
  key: text('Key.'),
  code: textOrNull('Code.'),
  name: textOrNull('Name.'),
  active: flag('Whether that system still uses it.'),
  link: text('Why it belongs to this customer.'),
  credit_limit: decimalOrNull(
    'What the system itself allows today, in its currency; null = unlimited or it says nothing.',
  ),
  parent: textOrNull('Key of the account that it belongs to in that system; null = none.'),
  identifiers: list(
    object({ scheme: textOrNull('Scheme.'), value: text('Value.'), valid: flag('Passed its check.') }),
    'Identifiers.',
  ),
  contacts: list(
    object({ type: textOrNull('Type.'), value: text('Value.'), name: textOrNull('Person.') }),
    'Contacts.',
  ),
  addresses: list(
    object({
      street: textOrNull('Street.'),
      city: textOrNull('City.'),
      postal_code: textOrNull('Postal code.'),
      country: textOrNull('Country.'),
    }),
    'Addresses.',
  ),
});

const ATTRIBUTE = object({
  value: { type: ['string', 'number', 'boolean', 'null'], description: 'The value that won.' },
  system: text('The system that it comes from.'),
  account: text('Key of the account there.'),
  rule: text('Survivorship rule that chose it.'),
});

const CASES = object({ open: count('Open ones.'), total: count('All.') });

const CUSTOMER: JsonSchema = {
  ...object({
    id: text('Customer id.'),
    name: textOrNull('Golden name.'),
    version: count('Grows with every change of the customer.'),
    is_customer: flag('False for the own company and its staff.'),
    as_of: day('Day for which aging and exposure are given.'),
    attributes: dictionary(ATTRIBUTE, 'Golden attributes with their provenance.'),
    accounts: list(ACCOUNT, 'Accounts.'),
    receivables: list(AGING, 'By currency.'),
    open_items: list(RECEIVABLE_ITEM, 'Open items, the longest due first; at most 100.'),
    exposure: list(EXPOSURE, 'By currency.'),
    orders: object({
      count: count('All orders.'),
      by_state: dictionary(count('Orders.'), 'State → orders.'),
      totals: list(object({ currency: text('ISO 4217.'), ...PROGRESS }), 'Progress by currency.'),
      open: list(OPEN_ORDERS, 'Open orders in the ledger currency of their system, as of the day.'),
    }),
    opportunities: CASES,
    service_cases: CASES,
    behaviour: dictionary({ type: ['string', 'null'] }, "Payment behaviour: the rating's features."),
    rating: { ...RATING, type: ['object', 'null'] },
    insight: { ...INSIGHT, type: ['object', 'null'], description: 'Value, stage and alerts of the last evaluation.' },
    deliveries: list(DELIVERY, 'The rating in each target.'),
  }),
};

export const CUSTOMER_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  CustomerPage: page(CUSTOMER_LIST_ENTRY),
  Customer: {
    ...CUSTOMER,
    properties: {
      ...CUSTOMER.properties,
      retired_id: text('The id that was asked for, when it is retired and this customer answers for it.'),
      merged_into: text('Then the id of this customer.'),
    },
  },
  Timeline: page(
    object({
      on: day('Day.'),
      type: oneOf(['order', 'invoice', 'credit', 'settlement', 'rating', 'delivery'], 'What happened.'),
      system: textOrNull('Where.'),
      title: text('In words.'),
      amount: decimalOrNull('Amount, where it has one.'),
      currency: textOrNull('ISO 4217.'),
    }),
  ),
  Ratings: object({
    customer_id: text('Customer.'),
    current: RATING,
    history: list(RATING, 'Earlier ratings, the newest first.'),
    next_cursor: textOrNull('Place after this page of the history.'),
  }),
  AccountOwner: object({
    system: text('System.'),
    key: text('Key.'),
    customer_id: text('The customer that it belongs to.'),
  }),
};
