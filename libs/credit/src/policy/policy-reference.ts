import { ALERT_RULES, INSIGHT_FACTS, VALUE_FEATURES } from '@syncline/analytics';
import type { settings } from '@syncline/model';
import { FACT_CATALOGUE } from '../rules/fact-catalogue';
import { POLICY_SCHEMA } from './policy-schema';

/** Text of docs/reference/credit-policy.md, made from what the checks themselves use. */
export function creditPolicyReference(): string {
  return [
    '# The credit policy, field by field',
    '',
    '<!-- Generated from libs/credit; do not edit. -->',
    '',
    INTRODUCTION,
    ...sections().flatMap(({ title, docs }) => [`## ${title}`, '', ...fieldTable(docs), '']),
    '## Facts and features',
    '',
    FACTS_INTRODUCTION,
    ...factTable(),
    '',
    '## Facts of customers',
    '',
    INSIGHT_INTRODUCTION,
    ...catalogueTable(['name', 'unit', 'meaning'], INSIGHT_FACTS, ({ unit, description }) => [unit, description]),
    '',
    '## Features of value',
    '',
    'Names that `value.current` and `value.future` may give a weight.',
    '',
    ...catalogueTable(['name', 'meaning'], VALUE_FEATURES, (description) => [description]),
    '',
    '## Alerts',
    '',
    'Rules that `customer_insight.alerts` may name.',
    '',
    ...catalogueTable(['rule', 'raised while'], ALERT_RULES, (description) => [description]),
    '',
    CONDITIONS,
    REASONS,
  ].join('\n');
}

const INTRODUCTION = `The policy is one YAML file, named by \`policy\` in \`syncline.yaml\`; \`config/credit-policy.yaml\` ships with the
product. It is read and checked at start: an unknown field, a wrong value, a curve that goes up and down, a grade that
no score can reach or a rule that names something unknown stops the start, each with file, line, column and what would
be right. Every field has to be there unless it says *optional*. Days are calendar days, shares are fractions (0.1 is
10 %), amounts are exact decimals in \`policy.currency\`. How the numbers work together stands in
[How a credit rating comes about](../explanation/credit-rating.md).

Checked, but without effect on ratings so far: \`validation\`, and of \`policy\` the fields
\`evaluate\` and \`timezone\` (the business date is that of \`syncline.yaml\`).
`;

const FACTS_INTRODUCTION = `Names that \`scorecard\` (only those marked *feature*) and the conditions of \`hard_rules\` may use. A fact that no
connected system tells is missing: it is left out of the score, and a condition that depends on it does not hold.
`;

const INSIGHT_INTRODUCTION = `Names that the conditions of \`customer_insight.classes\` may use. What is not known is missing, and a
condition that depends on it does not hold. How these numbers come about stands in
[What a customer is worth](../explanation/customer-value.md).
`;

const CONDITIONS = `## Conditions

\`or\` binds weakest, then \`and\`, \`not\`, comparisons (\`<\` \`<=\` \`>\` \`>=\` \`==\` \`!=\`), \`+\` and \`-\`, \`*\` and \`/\`, the sign;
brackets as usual. \`×\`, \`÷\`, \`−\`, \`≤\`, \`≥\` and \`≠\` mean the same. There are no calls, no texts and no other names.
Amounts are compared exactly. What is not known is neither true nor false: \`insolvency or legal_hold\` holds when one of
both is known to be true, \`not insolvency\` does not hold while nobody knows. A division by zero is not known. A rule
that names \`limit\` is looked at after the limit is decided, and can only hold.
`;

const REASONS = `## Codes of reasons

| code | meaning |
| --- | --- |
| the code of a hard rule | The rule fired. |
| \`LOW_<FEATURE>\` | One of the four features that cost most points; \`loss\` says how many of 100. |
| \`NEW_CUSTOMER\` | There is no score, and \`new_customer\` decided; the text says what is missing. |
| \`MISSING_RATE_<CURRENCY>\` | There is no exchange rate, and what depends on amounts in that currency is missing. |
| \`CURE\` | A hard rule that capped the grade at \`hysteresis.cure_cap\` or worse ended only lately. |
| \`OVERRIDE\` | A person decided otherwise; the text names the override and its last day. |
| \`TEMPORARY_LIMIT\` | A person granted a higher limit for a time. |
| \`MANUAL_HOLD\` | A person holds orders, or orders and deliveries. |
| \`OVERRIDE_SUSPENDED\` | An override does nothing while a rule that nobody can override holds. |
| \`STATUTORY_TERM\` | The term was cut to the lawful maximum. |
| \`STATUTORY_TERM_WARNING\` | The term is longer than the lawful maximum. |
`;

function sections(): { title: string; docs: settings.FieldDoc[] }[] {
  const byTitle = new Map<string, settings.FieldDoc[]>();
  for (const doc of POLICY_SCHEMA.document('')) {
    const title = doc.path.split(/[.[]/)[0];
    byTitle.set(title, [...(byTitle.get(title) ?? []), doc]);
  }
  return [...byTitle].map(([title, docs]) => ({ title, docs }));
}

function fieldTable(docs: settings.FieldDoc[]): string[] {
  const rows = docs.map(({ path, type, description }) => `| \`${path}\` | ${cell(type)} | ${cell(description)} |`);
  return ['| field | value | meaning |', '| --- | --- | --- |', ...rows];
}

function factTable(): string[] {
  const rows = Object.entries(FACT_CATALOGUE).map(
    ([name, { unit, description, feature }]) =>
      `| \`${name}\` | ${unit} | ${feature ? 'feature' : ''} | ${cell(description)} |`,
  );
  return ['| name | unit | | meaning |', '| --- | --- | --- | --- |', ...rows];
}

/** A table with a row for each entry of a catalogue. */
function catalogueTable<T>(
  head: string[],
  catalogue: Readonly<Record<string, T>>,
  cells: (entry: T) => string[],
): string[] {
  const rows = Object.entries(catalogue).map(
    ([name, entry]) => `| \`${name}\` | ${cells(entry).map(cell).join(' | ')} |`,
  );
  return [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
