import { settings } from '@syncline/model';
import { COMPARISON_METHOD_NAMES } from '../comparison';
import { TERM_FREQUENCY_NAMES } from '../vocabulary/term-frequencies';
import { BLOCKING_PART_NAMES } from './blocking';

const { list, mapOf, number, object, oneOf, optional, text, whole } = settings;
const probability = { min: 1e-9, max: 1 };

const level = object({
  m: number('Share of pairs of one party that are at this level.', probability),
  u: number('Share of pairs of two parties that are at this level.', probability),
});

const comparison = object({
  name: text('Stands in the evidence of a pair.'),
  method: oneOf(COMPARISON_METHOD_NAMES, 'How values are normalised and compared.'),
  attribute: text('Which values of an account are compared.'),
  levels: mapOf(level, '<level>', 'Every level of the method. The weight of a level is log2(m / u).'),
  veto: optional(list(text('Level.'), 'Levels that forbid a match, whatever the other comparisons say.')),
  termFrequency: optional(
    oneOf(
      TERM_FREQUENCY_NAMES,
      'Table of common values: an agreement in a common value (Smith) weighs less than in a rare one.',
    ),
  ),
});

const blocking = object({
  name: text('Name of the rule.'),
  parts: list(
    oneOf(BLOCKING_PART_NAMES, 'What a key is made of.'),
    'Accounts that agree in all parts of a rule are compared. An account without one of the parts has no key.',
  ),
});

const kind = object({
  prior: number('Chance that two accounts which meet by no more than chance are one party.', { min: 1e-12, max: 0.5 }),
  thresholds: object({
    match: number('From this probability on two accounts are one.', { min: 0.5, max: 1 - 1e-9 }),
    review: number('From this probability on a person decides.', { min: 1e-6, max: 1 - 1e-9 }),
  }),
  blocking: list(blocking, 'Which accounts are compared at all.'),
  comparisons: list(comparison, 'What is compared, and what each outcome is worth.'),
});

export const MATCHING_SCHEMA = object({
  version: oneOf(['1'] as const, 'Version of this file’s format.'),
  defaultCountry: text('ISO code of the country whose telephone numbers are written without a country code.'),
  maxBlockSize: whole('A blocking key that more accounts share names nobody.', { min: 2, max: 10_000 }),
  freeMail: list(text('Domain.'), 'Domains of mail addresses that belong to anybody, so that they tell no company.'),
  organisation: kind,
  person: kind,
});

export type MatchingConfiguration = settings.Read<typeof MATCHING_SCHEMA>;
export type KindConfiguration = MatchingConfiguration['organisation'];
export type ComparisonConfiguration = KindConfiguration['comparisons'][number];
