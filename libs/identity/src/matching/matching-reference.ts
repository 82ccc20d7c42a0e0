import type { settings } from '@syncline/model';
import { COMPARISON_METHODS } from '../comparison';
import { NATIONAL_NUMBERS } from '../identifier-schemes/national-numbers';
import { OWN_SCHEMES, SELF_PROVING } from '../identifier-schemes/schemes';
import { TERM_FREQUENCIES } from '../vocabulary/term-frequencies';
import { BLOCKING_PART_NAMES } from './blocking';
import { MATCHING_SCHEMA } from './matching-schema';

/** Text of docs/reference/matching.md, made from what the checks themselves use. */
export function matchingReference(): string {
  return [
    '# The matching file, field by field',
    '',
    '<!-- Generated from libs/identity; do not edit. -->',
    '',
    INTRODUCTION,
    '## Fields',
    '',
    ...fieldTable(MATCHING_SCHEMA.document('')),
    '',
    '## Methods',
    '',
    'A value that is unknown on either side is at the level `missing`, which every comparison has and which weighs 0. Of',
    'several values the pair with the strongest agreement counts.',
    '',
    '| method | levels, from the strongest agreement on |',
    '| --- | --- |',
    ...Object.entries(COMPARISON_METHODS).map(
      ([name, { levels }]) => `| \`${name}\` | ${levels.map((level) => `\`${level}\``).join(' · ')} |`,
    ),
    '',
    '## Parts of blocking keys',
    '',
    `${BLOCKING_PART_NAMES.map((name) => `\`${name}\``).join(' · ')}`,
    '',
    '## Tables of term frequencies',
    '',
    ...Object.entries(TERM_FREQUENCIES).map(([name, table]) => `- \`${name}\`: ${table.size} common values`),
    '',
    ...schemeReference(),
  ].join('\n');
}

const INTRODUCTION = `\`config/matching.yaml\` says which accounts are compared, what is compared, and from where on two accounts are one
customer. It is read and checked at start; \`syncline match lint\` checks it alone. How matching works stands in
[One customer, wherever they appear](../explanation/identity.md). \`organisation\` and \`person\` have the same fields.
`;

/** The words that a mapping may give as an identifier's `scheme`. */
function schemeReference(): string[] {
  const national = [...NATIONAL_NUMBERS].map(([word, { country, title }]) => `| \`${word}\` | ${country}: ${title} |`);
  return [
    '## Official numbers',
    '',
    'A mapping names the `scheme` of an `identifier` by one of these words. Only numbers whose check digits fit make one',
    'customer of two accounts. A text without a scheme, or with one that is not here, is taken for a number only where',
    `nothing else looks like it: ${SELF_PROVING.map(({ name }) => `\`${name}\``).join(', ')}.`,
    '',
    '| scheme | number |',
    '| --- | --- |',
    ...OWN_SCHEMES.map(({ name, title }) => `| \`${name}\` | ${title} |`),
    ...national.sort(),
    '',
  ];
}

function fieldTable(docs: settings.FieldDoc[]): string[] {
  const rows = docs
    .filter(({ path }) => !path.startsWith('person'))
    .map(({ path, type, description }) => `| \`${path}\` | ${cell(type)} | ${cell(description)} |`);
  return ['| field | value | meaning |', '| --- | --- | --- |', ...rows];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
