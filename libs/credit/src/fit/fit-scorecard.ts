import type { Knots } from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';
import { fitLogistic } from './logistic-regression';
import { binMonotone, evidenceCurve, evidenceOf, type BinnedFeature } from './weight-of-evidence';

/** Observations to learn from: one row of feature values each, in the order of the policy's scorecard. */
export interface TrainingSample {
  rows: readonly Float64Array[];
  /** 1 = went bad. */
  bads: ArrayLike<number>;
}

/** What became of a feature of the expert scorecard. */
export interface FittedFeature {
  feature: string;
  /**
   * `fitted`: has weight and curve from the data. `not_in_data`: kept as the expert has it. Left out: `no_information`
   * (less than 0.02, or no monotone relation), `wrong_sign` (beside the others it would count against its own direction).
   */
  outcome: 'fitted' | 'not_in_data' | 'no_information' | 'wrong_sign';
  informationValue: number | null;
  bins: number;
  /** Of the weight of evidence, in the logistic regression; below 0: evidence for the customer lowers its chance. */
  coefficient: number | null;
  expertWeight: number;
  /** 0 when left out. */
  weight: number;
  knots: Knots;
}

const LEAST_INFORMATION = 0.02;

interface Candidate {
  name: string;
  place: number;
  binned: BinnedFeature;
  curve: Knots;
  coefficient: number;
}

/**
 * A scorecard from data: each feature of the expert's is binned with weights of evidence that are monotone in the
 * direction of the expert's curve, and a logistic regression on them gives the weights. The score of the result is the
 * log-odds of staying good, stretched to 0 to 100; features share the weight that the expert gave to those that the
 * data has. Features that the data does not have keep the expert's weight and curve.
 */
export function fitScorecard(sample: TrainingSample, expert: CreditPolicy['scorecard']): FittedFeature[] {
  const names = Object.keys(expert);
  const features = new Map(names.map((name, place) => [name, firstLook(name, place, sample, expert)]));
  let candidates = [...features.values()].flatMap(({ candidate }) => candidate ?? []);
  for (;;) {
    candidates = withCoefficients(candidates, sample);
    const wrong = candidates.reduce<Candidate | null>(
      (worst, each) => (each.coefficient >= 0 && each.coefficient >= (worst?.coefficient ?? 0) ? each : worst),
      null,
    );
    if (!wrong) break;
    candidates = candidates.filter((each) => each !== wrong);
    const feature = features.get(wrong.name);
    if (feature) feature.result.outcome = 'wrong_sign';
  }
  return weighted(
    [...features.values()].map(({ result }) => result),
    candidates,
  );
}

function firstLook(
  name: string,
  place: number,
  { rows, bads }: TrainingSample,
  expert: CreditPolicy['scorecard'],
): { result: FittedFeature; candidate: Candidate | null } {
  const { weight, knots } = expert[name];
  const result: FittedFeature = {
    feature: name,
    outcome: 'no_information',
    informationValue: null,
    bins: 0,
    coefficient: null,
    expertWeight: weight,
    weight: 0,
    knots,
  };
  const values = Float64Array.from(rows, (row) => row[place]);
  if (values.every(Number.isNaN)) return { result: { ...result, outcome: 'not_in_data', weight }, candidate: null };
  const rising = knots[knots.length - 1][1] >= knots[0][1];
  const binned = binMonotone({ values, bads }, rising);
  if (!binned) return { result, candidate: null };
  result.informationValue = binned.informationValue;
  result.bins = binned.bins.length;
  if (binned.informationValue < LEAST_INFORMATION) return { result, candidate: null };
  return { result, candidate: { name, place, binned, curve: evidenceCurve(binned), coefficient: 0 } };
}

function withCoefficients(candidates: readonly Candidate[], { rows, bads }: TrainingSample): Candidate[] {
  if (candidates.length === 0) return [];
  const evidence = rows.map((row) => candidates.map(({ curve, place }) => evidenceOf(curve, row[place])));
  const { coefficients } = fitLogistic(evidence, bads);
  return candidates.map((each, index) => ({ ...each, coefficient: coefficients[index] }));
}

/** Weights by how far each feature can move the log-odds; points by how far its evidence is along that way. */
function weighted(features: readonly FittedFeature[], candidates: readonly Candidate[]): FittedFeature[] {
  const spans = new Map(candidates.map((each) => [each.name, -each.coefficient * spread(each.curve)]));
  const allSpans = [...spans.values()].reduce((sum, span) => sum + span, 0);
  const shared = features.reduce((sum, each) => sum + (each.outcome === 'not_in_data' ? 0 : each.expertWeight), 0);
  return features.map((feature): FittedFeature => {
    const candidate = candidates.find(({ name }) => name === feature.feature);
    const span = spans.get(feature.feature);
    if (!candidate || span === undefined) return feature;
    const weight = rounded((shared * span) / allSpans, 2);
    return {
      ...feature,
      outcome: 'fitted',
      coefficient: candidate.coefficient,
      weight,
      knots: pointsOf(candidate.curve),
    };
  });
}

function spread(curve: Knots): number {
  return Math.abs(curve[curve.length - 1][1] - curve[0][1]);
}

function pointsOf(curve: Knots): [number, number][] {
  const least = Math.min(curve[0][1], curve[curve.length - 1][1]);
  const points = curve.map(([x, woe]): [number, number] => [
    rounded(x, 4),
    rounded((100 * (woe - least)) / spread(curve), 2),
  ]);
  // Centres that are the same to four decimals are one point.
  return points.filter(([x], index) => index === 0 || x > points[index - 1][0]);
}

function rounded(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals + 0;
}
