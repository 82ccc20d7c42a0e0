import { flag, list, object, oneOf, text, textOrNull, type JsonSchema } from '../schemas/json-schema';
import { instantOrNull, page } from './shapes';

const number = (description: string): JsonSchema => ({ type: 'number', description });
const numberOrNull = (description: string): JsonSchema => ({ type: ['number', 'null'], description });
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['object', 'null'] });

const ACCOUNT_NAME = object({ system: text('System.'), key: text('Key.') });

const MATCH_SIDE = object({
  system: text('System.'),
  key: text('Key.'),
  customer_id: text('The customer that it belongs to now.'),
  link: text('Why it belongs there.'),
  code: textOrNull('Code.'),
  name: textOrNull('Name.'),
  active: flag('Whether its system uses it.'),
  attributes: {
    type: 'object',
    additionalProperties: list(text('Value.'), 'Values.'),
    description: 'What is compared, by attribute of the matching configuration.',
  },
});

const EVIDENCE = {
  veto: textOrNull('The comparison that forbids a match.'),
  thresholds: orNull(
    object({
      match: number('log2 odds from which two accounts are one.'),
      review: number('log2 odds from which a person decides.'),
    }),
  ),
  meet_by: list(text('Blocking rule.'), 'By which rules the two are compared; none = they are not.'),
  comparisons: list(
    object({
      comparison: text('Comparison of the matching configuration.'),
      level: text('How it came out; missing = unknown on one side.'),
      weight: number('What that is worth, log2.'),
      left: textOrNull('Value of a, normalised.'),
      right: textOrNull('Value of b, normalised.'),
    }),
    'In the order of the configuration.',
  ),
};

/** Answers on pairs of accounts. */
export const MATCH_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  MatchPage: page(
    object({
      a: MATCH_SIDE,
      b: MATCH_SIDE,
      weight: number('log2 odds that the two are one party.'),
      probability: number('The same as a probability.'),
      assignee: textOrNull('Who looks at it.'),
      deferred_until: instantOrNull('Not shown before.'),
      ...EVIDENCE,
    }),
  ),
  MatchExplanation: object({
    a: MATCH_SIDE,
    b: MATCH_SIDE,
    same_customer: flag('Whether they are one customer now.'),
    decision: orNull(
      object({
        id: text('Decision in force on the two.'),
        verdict: oneOf(['same', 'different'], 'What was decided.'),
        decided_by: text('Who.'),
      }),
    ),
    shared_identifiers: list(text('Key.'), 'Official numbers and agreed references that both carry.'),
    verdict: {
      ...oneOf(['match', 'review', 'distinct'], 'By similarity; null = not compared.'),
      type: ['string', 'null'],
    },
    weight: numberOrNull('log2 odds that the two are one party.'),
    probability: numberOrNull('The same as a probability.'),
    ...EVIDENCE,
  }),
  MatchTask: object({
    a: ACCOUNT_NAME,
    b: ACCOUNT_NAME,
    assignee: textOrNull('Who looks at it.'),
    deferred_until: instantOrNull('Not shown before.'),
  }),
};
