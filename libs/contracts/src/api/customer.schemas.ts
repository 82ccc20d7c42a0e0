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
import { dayOrNull, instantOrNull, integerOrNull, page } from './shapes';

const amount = (description: string): JsonSchema => decimal(`${description} Two decimals.`);
const hold = oneOf(['none', 'new_orders', 'all'], 'What is stopped.');

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

const CLASSES = ['strategic', 'intrinsic_value', 'extrinsic_value'];
const stage = oneOf(['exploring', 'growing', 'stable', 'declining'], 'Stage in force.');
const numberOrNull = (description: string): JsonSchema => ({ type: ['number', 'null'], description });

/** Of the daily evaluation; null before the first one. */
const INSIGHT_SUMMARY = {
  value_level: textOrNull('Level of the policy.'),
  stage: { ...stage, type: ['string', 'null'] },
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

const AGING = object({
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

const EXPOSURE = object({
  currency: text('ISO 4217.'),
  exposure: amount('What the customer could still fail to pay.'),
  parts: dictionary(amount('Amount before its factor.'), 'Part of the exposure → amount.'),
});

const PROGRESS = {
  ordered_amount: amount('Ordered, untaxed.'),
  delivered_amount: amount('Delivered of it.'),
  invoiced_amount: amount('Invoiced of it.'),
  paid_amount: amount('Invoiced times the settled share of its invoices.'),
  open_amount: amount('Ordered and not yet invoiced.'),
};

const ORDER_LINE = object({
  key: text('Key of the line.'),
  product: textOrNull('Product.'),
  unit_price: decimal('Without tax.'),
  ordered: decimal('Quantity.'),
  delivered: decimal('Quantity.'),
  invoiced: decimal('Quantity.'),
  paid: decimal('Invoiced quantity times the settled share.'),
});

export const ORDER = object({
  system: text('System.'),
  key: text('Key of the order.'),
  account: text('Key of the account.'),
  number: textOrNull('Document number.'),
  state: oneOf(['draft', 'quotation', 'confirmed', 'processing', 'done', 'cancelled'], 'Where it stands.'),
  ordered_on: dayOrNull('Order date.'),
  currency: text('ISO 4217.'),
  ...PROGRESS,
  lines: list(ORDER_LINE, 'Its lines.'),
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

const VALUE = object({
  score: { type: 'number', description: '0 to 100, among all customers that ever bought.' },
  level: textOrNull('Level of the policy.'),
  current: numberOrNull('Score of the features of present value; null = none is known.'),
  future: numberOrNull('Score of the features of future value; null = none is known.'),
  percentiles: dictionary({ type: 'number' }, 'Known feature → percentile, 0 to 100; greater is better.'),
  weight_present: { type: 'number', description: 'Share of all weight that known features have, 0 to 1.' },
});

const PROFIT = object({
  net_profit: decimalOrNull('Of 12 months; null = the cost of goods is not known.'),
  gross_profit: decimalOrNull('Sales less returns less cost of goods.'),
  net_sales: decimal('Invoiced of orders less returned, without tax.'),
  cost_to_serve: decimal('Handling, financing, expected loss, as far as known.'),
  cost_ratio: numberOrNull('Cost to serve / net sales.'),
  handling: decimal('Orders, lines and visits at their cost.'),
  financing: decimal('Of the average receivables.'),
  expected_loss: decimalOrNull('null = no chance of failure is configured for the grade.'),
  missing: list(text('Part.'), 'Parts that no system tells: left out of the costs.'),
  half_years: list(decimalOrNull('Net profit.'), 'Net profit of the last three half-years, the latest first.'),
  loss_making: { type: ['boolean', 'null'], description: 'Below zero over 12 months and in both half-years.' },
});

const INSIGHT = object({
  as_of: day('Business date of the evaluation.'),
  currency: text('ISO 4217; amounts of this part are in it.'),
  value: { ...VALUE, type: ['object', 'null'] },
  stage: object({
    stage,
    since: day('First day of the stage; of a customer that was new to Syncline, the day of its first evaluation.'),
    candidate: {
      ...object({ stage, since: day('Seen without a break since.') }),
      type: ['object', 'null'],
      description: 'Another stage that waits for its confirmation.',
    },
    reason: text('Code of what decided what is seen today.'),
  }),
  p_alive: numberOrNull('Chance that it still buys, 0 to 1.'),
  rfm: {
    ...object({ recency: count('1 to 5.'), frequency: count('1 to 5.'), monetary: count('1 to 5.') }),
    type: ['object', 'null'],
    description: 'Fifths among all customers that ever bought; 5 is best.',
  },
  class: {
    ...object({
      class: oneOf(CLASSES, 'Class.'),
      by: oneOf(['person', 'rule'], 'Who decided.'),
      rule: integerOrNull('Number of the rule in the policy.'),
      reason: textOrNull('What the person said.'),
    }),
    type: ['object', 'null'],
  },
  key_account: { type: ['boolean', 'null'], description: 'null = its profit is not known.' },
  profit: PROFIT,
  sales_12m: decimalOrNull('Invoiced less credited, with tax; null = an exchange rate is missing.'),
  purchases_12m: count('Days with a purchase.'),
  tenure_days: integerOrNull('Since the first purchase.'),
  last_purchase_on: dayOrNull('Day.'),
  purchase_gap: {
    ...object({
      days: count('Since the last purchase.'),
      usual: { type: 'number', description: 'Median of its own gaps, days.' },
      threshold: { type: 'number', description: 'Above it is an alarm, days.' },
      z: { type: 'number', description: 'Robust standard deviations above the usual gap.' },
    }),
    type: ['object', 'null'],
  },
  volume: {
    ...object({
      average: { type: 'number', description: 'Moving average of monthly sales.' },
      lower: { type: 'number', description: 'Below it is an alarm.' },
      upper: { type: 'number', description: 'Above it is an alarm.' },
      baseline: { type: 'number', description: 'Mean of the months before.' },
    }),
    type: ['object', 'null'],
  },
  alerts: list(
    object({
      rule: oneOf(CUSTOMER_ALERT_RULES, 'Rule.'),
      since: day('Day on which it was raised.'),
      evidence: dictionary({ type: ['number', 'string', 'null'] }, 'What the rule sees.'),
    }),
    'Rules that hold.',
  ),
  missing_rates: list(text('ISO 4217.'), 'Currencies without a rate: what depends on them is not known.'),
});

const CASES = object({ open: count('Open ones.'), total: count('All.') });

const OPEN_ORDERS = object({
  currency: text('ISO 4217.'),
  amount: amount('Not yet invoiced, untaxed, at the latest rate of that day.'),
  orders: count('Orders.'),
  without_rate: count('Orders among them whose currency has no rate: not in the amount.'),
});

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
  Receivables: object({
    customer_id: text('Customer.'),
    as_of: day('Day.'),
    known_at: instantOrNull('The moment whose knowledge was asked for; null = now.'),
    known_since: instantOrNull('Before this nothing is kept of what was known; null where it was not asked for.'),
    totals: list(AGING, 'By currency.'),
    items: list(RECEIVABLE_ITEM, 'Items, the longest due first.'),
    next_cursor: textOrNull('Place after this page.'),
  }),
  OrderPage: page(ORDER),
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
  KeyAccounts: object({
    as_of: day('Business date of the evaluation.'),
    currency: text('ISO 4217.'),
    customers: count('Customers that ever bought.'),
    total_profit: decimal('Of the customers whose profit is known.'),
    count: count('The smallest number of customers with the share of the profit.'),
    share: { type: 'number', description: 'The share, as a fraction.' },
    curve: list(
      object({ customers: count('The best so many.'), share: { type: 'number', description: 'Of the total profit.' } }),
      'The cumulative curve, at most 100 points; it rises above 1 where customers make losses.',
    ),
  }),
  CustomerClass: object({
    customer_id: text('Customer.'),
    class: oneOf(CLASSES, 'Class.'),
    reason: text('Why.'),
    decided_by: text('Who.'),
    decided_at: instant('When.'),
  }),
  AccountOwner: object({
    system: text('System.'),
    key: text('Key.'),
    customer_id: text('The customer that it belongs to.'),
  }),
};
