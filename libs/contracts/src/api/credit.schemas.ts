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
import { RATING } from './customer.schemas';
import { RECONCILED } from './reconciliation.schemas';
import { dayOrNull, instantOrNull, integerOrNull } from './shapes';

const hold = oneOf(HOLDS, 'What is stopped.');
const holdOrNull: JsonSchema = { ...hold, type: ['string', 'null'] };
const numberOrNull = (description: string): JsonSchema => ({ type: ['number', 'null'], description });

const OVERRIDE = object({
  id: text('Id.'),
  customer_id: text('The customer that it was decided for; that one may have been merged into the one asked for.'),
  kind: oneOf(['override', 'hold', 'temporary_limit', 'group_limit'], 'What kind of decision.'),
  status: oneOf(['proposed', 'approved', 'rejected', 'revoked'], 'What became of it.'),
  grade: textOrNull('Grade instead of the computed one; null = as computed.'),
  term_days: integerOrNull('Term instead of the grade’s.'),
  limit: decimalOrNull('Limit in the policy’s currency.'),
  hold: holdOrNull,
  reason: textOrNull('Why.'),
  attachment: textOrNull('Where the papers are.'),
  valid_from: day('First day.'),
  valid_to: dayOrNull('Last day; null = until it is revoked.'),
  proposed_by: text('Name of the API key.'),
  proposed_at: instant('When.'),
  decided_by: textOrNull('Who approved or rejected it.'),
  decided_at: instantOrNull('When.'),
  revoked_by: textOrNull('Who ended it.'),
  revoked_at: instantOrNull('When.'),
});

const COUNTS = {
  customers: count('Customers that were looked at.'),
  moved: count('Those whose grade, term, limit or hold would change.'),
  better: count('Of these, those for whom nothing would be worse.'),
  worse: count('Those for whom nothing would be better.'),
};

const POLICY = object({
  digest: text('Of its content; names it.'),
  id: text('Name of the policy.'),
  version: count('Its version.'),
  effective_from: day('First day.'),
  status: oneOf(['accepted', 'waiting', 'refused'], 'waiting: an administrator has to approve it first.'),
  in_force: flag('Ratings of today are made by it.'),
  registered_at: instant('When it was last put in place.'),
  applied_at: instantOrNull('When all customers were last told to be rated by it.'),
  impact: {
    ...object({ as_of: day('Day.'), ...COUNTS }),
    type: ['object', 'null'],
    description: 'When it was examined.',
  },
  decided_by: textOrNull('Who approved or refused it.'),
  decided_at: instantOrNull('When.'),
});

const SIDE = object({
  grade: text('Grade.'),
  term_days: count('Term.'),
  limit: decimal('Limit.'),
  currency: text('ISO 4217.'),
  hold,
  score: decimalOrNull('Score; null = none.'),
});

const REASON: JsonSchema = {
  type: 'object',
  properties: { code: text('Stable.'), loss: decimal('Points lost.'), text: text('For people.') },
  required: ['code', 'text'],
};

const MOVE = object({
  customer_id: text('Customer.'),
  name: textOrNull('Golden name.'),
  from: SIDE,
  to: SIDE,
  direction: oneOf(['better', 'worse', 'mixed'], 'For the customer.'),
  exposure: decimalOrNull('What it could still fail to pay; null = not known.'),
  reasons: list(REASON, 'Those that only the new policy gives; without any, those that count most.'),
});

const FEATURE = object({
  feature: text('Name.'),
  description: text('What it measures.'),
  unit: text('In what.'),
  value: textOrNull('null = missing.'),
  weight: { type: 'number', description: 'Its weight in the policy.' },
  points: numberOrNull('0 to 100.'),
  loss: numberOrNull('Points of the whole score that it cost.'),
  documents: list(text('Kind.'), 'Kinds of documents that it is made of; see `documents`.'),
});

const DOCUMENT = object({
  type: text('invoice, order, …'),
  system: text('System.'),
  key: text('Key.'),
  number: textOrNull('Document number.'),
  on: dayOrNull('Its day.'),
  amount: decimalOrNull('Open amount, or amount.'),
  currency: textOrNull('ISO 4217.'),
});

const KIND = object({ total: count('How many there are.'), shown: list(DOCUMENT, 'At most 50 of them.') });

const { reasons, features, ...DECISION } = RATING.properties ?? {};

const EXPLANATION = object({
  customer_id: text('Customer.'),
  rating: object(DECISION, 'The rating in force.'),
  features: list(FEATURE, 'Every feature of the scorecard.'),
  weight_present: { type: 'number', description: 'Weight of the features that are known.' },
  facts: features,
  grade_steps: list(
    object({
      step: oneOf(['score', 'new_customer', 'review', 'hard_rules', 'cure', 'override'], 'What did it.'),
      grade: text('The grade after it.'),
    }),
    'The way to the grade.',
  ),
  limit: object({
    granted: decimalOrNull('The limit.'),
    bound: textOrNull('What set it; null in ratings from before this was kept.'),
    bounds: dictionary(decimalOrNull('Amount before rounding; null = not known.'), 'The bounds.'),
    proposed: decimalOrNull('Before the rules on changes.'),
    group: {
      ...object({
        parent: text('Id of the customer on whom the limit was decided.'),
        limit: decimal('The limit that all of the group share.'),
        others_exposure: decimal('What the others use of it.'),
        others: count('How many they are.'),
      }),
      type: ['object', 'null'],
      description: 'The limit that it shares with others; null = none.',
    },
  }),
  rules: list(
    object({
      code: text('Code.'),
      condition: text('As the policy has it.'),
      cap: textOrNull('The best grade that it left.'),
      hold: holdOrNull,
      freezes_upgrades: flag('The grade could not get better.'),
      facts: dictionary({ type: ['string', 'null'] }, 'The facts that it names.'),
    }),
    'Hard rules that fired.',
  ),
  reasons,
  overrides: list(OVERRIDE, 'Decisions of people that took part.'),
  documents: object({ open: KIND, paid: KIND, sales: KIND, orders: KIND }, 'What the features are made of.'),
  balances: list(
    RECONCILED,
    'What its systems reported last by the day of the rating, against the view: what is behind `recon_diff_abs`.',
  ),
  sentence: object({ en: text('English.'), zh: text('Chinese.') }, 'What a sales person can read to the customer.'),
});

export const CREDIT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Override: OVERRIDE,
  Overrides: object({ items: list(OVERRIDE, 'The newest first.') }),
  Policy: POLICY,
  Policies: object({ items: list(POLICY, 'In the order in which they were put in place.') }),
  PolicyDiff: object({
    as_of: day('Day.'),
    ...COUNTS,
    exposure: decimal('Sum of the exposure of those that would move.'),
    currency: text('ISO 4217.'),
    grades: dictionary(dictionary(count('Customers.'), 'Grade after.'), 'Grade before → grade after → customers.'),
    moves: list(MOVE, 'The greatest exposure first.'),
  }),
  RatingExplanation: EXPLANATION,
};
