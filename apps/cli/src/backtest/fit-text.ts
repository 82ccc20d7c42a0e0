import type { FitComparison, FittedFeature, PolicyFit } from '@syncline/credit';
import { table } from '../output/table';
import { htmlTable, paragraph, section } from './page/markup';
import { count, figure, intervalText } from './report-numbers';

/** What becomes of a feature, in words. */
const OUTCOME_WORDS: Readonly<Record<FittedFeature['outcome'], string>> = {
  fitted: 'weight and curve from the data',
  not_in_data: 'not in the data: kept as the expert has it',
  no_information: 'left out: tells good from bad too little, or not in its direction',
  wrong_sign: 'left out: beside the others it would count against its direction',
};

const COMPARISON_WORDS: Readonly<Record<FitComparison['verdict'], string>> = {
  better:
    'The fitted policy tells good from bad better than the expert policy; the interval of the difference leaves out 0.',
  worse: 'The fitted policy tells good from bad worse than the expert policy. Keep the expert policy.',
  no_difference: 'No difference that chance could not make. There is no reason to change the policy.',
  unknown: 'Too few customers went bad in the test to compare. The figures are no evidence.',
};

/** What was learnt, from what, and whether it is any better on later reviews. */
export function fitText(fit: PolicyFit, comparison: FitComparison): string {
  return [
    scopeText(fit),
    table(FEATURE_HEADINGS, featureRows(fit), FEATURE_HEADINGS.slice(1, 6)),
    `Cut-offs, so that as many get each grade in training as before: ${cutOffs(fit)}`,
    table(COMPARISON_HEADINGS, comparisonRows(comparison), COMPARISON_HEADINGS.slice(1)),
    differenceText(comparison),
    COMPARISON_WORDS[comparison.verdict],
  ].join('\n\n');
}

/** The same for the page. */
export function fitSection(fit: PolicyFit, comparison: FitComparison): string {
  return section(
    'The fit, and the expert policy on the same later reviews',
    paragraph(scopeText(fit)),
    htmlTable(FEATURE_HEADINGS, featureRows(fit)),
    paragraph(`Cut-offs: ${cutOffs(fit)}`),
    htmlTable(COMPARISON_HEADINGS, comparisonRows(comparison)),
    paragraph(differenceText(comparison)),
    paragraph(COMPARISON_WORDS[comparison.verdict], 'verdict'),
  );
}

const FEATURE_HEADINGS = ['feature', 'information', 'bins', 'coefficient', 'expert weight', 'weight', ''];
const COMPARISON_HEADINGS = ['out of time', 'expert', 'fitted'];

function scopeText({ split, train }: PolicyFit): string {
  const span = (days: readonly string[]) => `${days[0]} to ${days.at(-1)}`;
  return (
    `Learnt from ${split.train.length} reviews from ${span(split.train)}: ${count(train.observations)} observations, ` +
    `${count(train.bads)} bad (${train.badCustomers} customers). Judged on ${split.test.length} later reviews from ` +
    `${span(split.test)}, of which nothing was learnt.`
  );
}

function featureRows({ features }: PolicyFit): string[][] {
  return features.map(({ feature, informationValue, bins, coefficient, expertWeight, weight, outcome }) => [
    feature,
    figure(informationValue),
    bins === 0 ? '–' : String(bins),
    figure(coefficient),
    String(expertWeight),
    String(weight),
    OUTCOME_WORDS[outcome],
  ]);
}

function cutOffs({ policy }: PolicyFit): string {
  return policy.grades.map(({ grade, min }) => `${grade} ${min}`).join(', ');
}

function comparisonRows({ expert, fitted }: FitComparison): string[][] {
  const row = (name: string, show: (report: FitComparison['expert']) => string) => [name, show(expert), show(fitted)];
  return [
    row('observations with score and outcome', ({ counted }) => count(counted)),
    row('bad', ({ bads }) => count(bads)),
    row('customers that went bad', ({ badCustomers }) => count(badCustomers)),
    row('AUC', ({ auc }) => figure(auc)),
    row('95 %', ({ aucInterval }) => intervalText(aucInterval)),
    row('Gini', ({ gini }) => figure(gini)),
    row('KS', ({ ks }) => figure(ks)),
    row('Brier', ({ brier }) => figure(brier, 4)),
    row('calibration p', ({ calibrationP }) => figure(calibrationP)),
    row('bad rates by grade', ({ monotonicity }) => monotonicity.verdict.replace('_', ' ')),
    row('verdict by validation', ({ verdict }) => verdict.result.replaceAll('_', ' ')),
  ];
}

function differenceText({ difference, interval }: FitComparison): string {
  return `AUC fitted less expert, on the observations that both score: ${figure(difference)}, 95 % ${intervalText(interval)}.`;
}
