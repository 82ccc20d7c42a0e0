import {
  count,
  day,
  decimal,
  decimalOrNull,
  dictionary,
  instant,
  list,
  object,
  oneOf,
  text,
  textOrNull,
  type JsonSchema,
} from '../schemas/json-schema';
import { CUSTOMER_ALERT_RULES } from '../schemas/customer-alert.schema';
import { dayOrNull, instantOrNull, integerOrNull } from './shapes';

const CLASSES = ['strategic', 'intrinsic_value', 'extrinsic_value'];
export const STAGE = oneOf(['exploring', 'growing', 'stable', 'declining'], 'Stage in force.');
const numberOrNull = (description: string): JsonSchema => ({ type: ['number', 'null'], description });

/** What stands in the place of a profit for roles that may not see it. */
const HIDDEN = ' `***` for roles that may not see profits.';
const profit = (description: string): JsonSchema => ({ type: 'string', description: description + HIDDEN });
const profitOrNull = (description: string): JsonSchema => ({
  type: ['string', 'null'],
  description: description + HIDDEN,
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
  net_profit: profitOrNull('Decimal. Of 12 months; null = the cost of goods is not known.'),
  gross_profit: profitOrNull('Decimal. Sales less returns less cost of goods.'),
  net_sales: decimal('Invoiced of orders less returned, without tax.'),
  cost_to_serve: profit('Decimal. Handling, financing, expected loss, as far as known.'),
  cost_ratio: { type: ['number', 'string', 'null'], description: `Cost to serve / net sales.${HIDDEN}` },
  handling: profit('Decimal. Orders, lines and visits at their cost.'),
  financing: profit('Decimal. Of the average receivables.'),
  expected_loss: profitOrNull('Decimal; null = no chance of failure is configured for the grade.'),
  missing: list(text('Part.'), 'Parts that no system tells: left out of the costs.'),
  half_years: list(profitOrNull('Net profit.'), 'Net profit of the last three half-years, the latest first.'),
  loss_making: { type: ['boolean', 'null'], description: 'Below zero over 12 months and in both half-years.' },
});

export const INSIGHT = object({
  as_of: day('Business date of the evaluation.'),
  currency: text('ISO 4217; amounts of this part are in it.'),
  value: { ...VALUE, type: ['object', 'null'] },
  stage: object({
    stage: STAGE,
    since: day('First day of the stage; of a customer that was new to Syncline, the day of its first evaluation.'),
    candidate: {
      ...object({ stage: STAGE, since: day('Seen without a break since.') }),
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
      first: { type: 'boolean', description: 'It held already when the customer was first looked at.' },
      evidence: dictionary({ type: ['number', 'string', 'null'] }, 'What the rule sees.'),
    }),
    'Rules that hold.',
  ),
  missing_rates: list(text('ISO 4217.'), 'Currencies without a rate: what depends on them is not known.'),
});

export const INSIGHT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  InsightEvaluation: object({
    as_of: day('The business date.'),
    requested_at: instantOrNull('When somebody last asked for an evaluation of this day.'),
    waiting: { type: 'boolean', description: 'The request is not answered yet.' },
    last: {
      ...object({
        as_of: day('Its business date.'),
        started_at: instant('Before anything was read.'),
        completed_at: instant('When all customers were evaluated.'),
        customers: count('All of them.'),
        buyers: count('Those that ever bought.'),
      }),
      type: ['object', 'null'],
      description: 'The last whole evaluation.',
    },
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
};
