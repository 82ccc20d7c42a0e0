import { probabilityOf, type Evaluation, type PairEvaluation, type Quality, type WrongPair } from '@syncline/identity';
import { table } from '../output/table';

export interface Measured extends Evaluation {
  thresholds: { match: number; review: number };
  peakBytes: number;
}

/** What `syncline match evaluate` prints of records. */
export function evaluationText(measured: Measured, show: number): string {
  const { blocking, clustered, clusters, prepareSeconds, compareSeconds, peakBytes } = measured;
  const lines = [
    `${count(measured.records)} records, ${count(measured.truePairs)} true pairs`,
    '',
    qualityTable([
      ...pairRows(measured),
      qualityRow('pairs of one cluster', clustered),
      qualityRow('clusters that are exactly right', clusters),
    ]),
    '',
    `blocking: ${percent(blocking.completeness)} of the true pairs meet (pairs completeness); ` +
      `${count(blocking.compared)} pairs compared, ${percent(blocking.reduction)} of all spared (reduction ratio); ` +
      `${count(blocking.blocksTooLarge)} blocks too large`,
    reviewLine(measured),
    `${rate(measured.records, prepareSeconds)} records/s prepared, ${rate(blocking.compared, compareSeconds)} pairs/s ` +
      `compared, ${rate(measured.records, prepareSeconds + compareSeconds)} records/s in all; peak ` +
      `${Math.round(peakBytes / 1e6)} MB`,
  ];
  const unmet = show === 0 ? [] : ['', 'Are one, and share no block:', ...measured.neverMet.map(pairText)];
  return [...lines, ...wrongPairs(measured, show), ...unmet].join('\n');
}

/** What it prints of labelled pairs. */
export function pairEvaluationText(measured: PairEvaluation & Pick<Measured, 'thresholds'>, show: number): string {
  return [
    `${count(measured.pairs)} pairs, ${count(measured.truePairs)} of them of one party`,
    '',
    qualityTable(pairRows(measured)),
    '',
    `blocking: ${percent(measured.completeness)} of the true pairs would meet`,
    reviewLine(measured),
    ...wrongPairs(measured, show),
  ].join('\n');
}

type MeasuredPairs = Pick<
  Measured,
  'atShipped' | 'atBest' | 'thresholds' | 'review' | 'falsePositives' | 'falseNegatives'
>;

function pairRows({ atShipped, atBest, thresholds }: MeasuredPairs): string[][] {
  return [
    qualityRow(`pairs at the threshold of the file (${odds(thresholds.match)})`, atShipped),
    qualityRow(`pairs at the best threshold (${odds(atBest.threshold)})`, atBest.quality),
  ];
}

function qualityTable(rows: readonly string[][]): string {
  const numbers = ['found', 'right', 'wanted', 'precision', 'recall', 'F1'];
  return table(['', ...numbers], rows, numbers);
}

function reviewLine({ review, thresholds }: MeasuredPairs): string {
  return `for a person to decide (from ${odds(thresholds.review)}): ${count(review)} pairs`;
}

function wrongPairs({ falsePositives, falseNegatives }: MeasuredPairs, show: number): string[] {
  if (show === 0) return [];
  const falselyFound = ['', 'Taken for one, and are not:', ...falsePositives.map(pairText)];
  return [...falselyFound, '', 'Are one, and not taken for it:', ...falseNegatives.map(pairText)];
}

/** One pair with every comparison. It shows what the records say. */
export function pairText({ a, b, evidence }: WrongPair): string {
  const parts = evidence.comparisons
    .filter(({ level }) => level !== 'missing')
    .map(({ comparison, level, weight, left, right }) => {
      const values = left === right ? left : `${left} | ${right}`;
      return `${comparison} ${level} ${signed(weight)} (${values})`;
    });
  return `  ${a} ~ ${b}: ${signed(evidence.weight)}${evidence.veto ? ` veto ${evidence.veto}` : ''}\n    ${parts.join('\n    ')}`;
}

function qualityRow(name: string, { found, correct, wanted, precision, recall, f1 }: Quality): string[] {
  return [name, count(found), count(correct), count(wanted), precision.toFixed(4), recall.toFixed(4), f1.toFixed(4)];
}

function odds(weight: number): string {
  return Number.isFinite(weight) ? `${signed(weight)}, ${probabilityOf(weight).toFixed(4)}` : 'none';
}

function signed(weight: number): string {
  return (weight < 0 ? '' : '+') + weight.toFixed(2);
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function rate(n: number, seconds: number): string {
  return seconds > 0 ? count(Math.round(n / seconds)) : '-';
}
