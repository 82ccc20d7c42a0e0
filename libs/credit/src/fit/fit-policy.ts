import { addDays, type LocalDate } from '@syncline/model';
import { quantile } from '../backtest/bootstrap';
import { OUTCOME_DAYS } from '../backtest/outcome';
import type { BacktestSettings, Observation } from '../backtest/review-customer';
import { isCounted } from '../backtest/run-backtest';
import type { CreditPolicy } from '../policy/policy-schema';
import { scoreOf } from '../rating/score';
import { fitScorecard, type FittedFeature } from './fit-scorecard';

/** Reviews to learn from, and later ones to judge by. */
export interface FitSplit {
  train: readonly LocalDate[];
  test: readonly LocalDate[];
}

/** Why there is no fit. */
export interface FitRefusal {
  /** `too_few_bads` (or goods), `too_few_reviews`, `no_feature`. */
  reason: 'too_few_bads' | 'too_few_goods' | 'too_few_reviews' | 'no_feature';
  text: string;
}

export interface PolicyFit {
  split: FitSplit;
  train: { observations: number; bads: number; badCustomers: number };
  features: readonly FittedFeature[];
  /** The expert policy with the fitted scorecard and its cut-offs. */
  policy: CreditPolicy;
}

/** The share of reviews, the latest, that nothing is learnt from. */
const TEST_SHARE = 1 / 3;

/**
 * The latest third of the reviews whose outcome is known are for the test; training ends so early that its outcomes
 * were known when the first of them began, so that nothing of the test's time is learnt from.
 */
export function splitReviews({ reviews, outcome, knownUntil }: BacktestSettings): FitSplit {
  const days = OUTCOME_DAYS[outcome];
  const known = reviews.filter((review) => addDays(review, days) <= knownUntil);
  const test = known.slice(Math.ceil(known.length * (1 - TEST_SHARE)));
  const train = known.filter((review) => test.length > 0 && addDays(review, days) <= test[0]);
  return { train, test };
}

/**
 * Fits the scorecard of a policy to observations that were made with it, and moves the cut-offs so that as many
 * observations of the training get each grade as before. Refuses rather than fit on too little: the policy's
 * `validation.min_bads` customers must have gone bad in training, and as many have stayed good.
 */
export function fitPolicy(observations: readonly Observation[], settings: BacktestSettings): PolicyFit | FitRefusal {
  const split = splitReviews(settings);
  if (split.train.length === 0 || split.test.length === 0)
    return {
      reason: 'too_few_reviews',
      text: 'too few reviews whose outcome is known to learn from some and judge by later ones',
    };
  const trained = observations.filter(isCounted).filter(({ review }) => split.train.includes(settings.reviews[review]));
  const { minBads } = settings.policy.validation;
  const badCustomers = customersOf(trained, 'bad');
  if (badCustomers < minBads) return tooFew('too_few_bads', `${badCustomers} customers went bad`, minBads);
  const goodCustomers = customersOf(trained, 'good');
  if (goodCustomers < minBads) return tooFew('too_few_goods', `${goodCustomers} customers stayed good`, minBads);
  const rows = trained.map(({ features }) => features);
  const bads = Uint8Array.from(trained, ({ outcome }) => (outcome === 'bad' ? 1 : 0));
  const features = fitScorecard({ rows, bads }, settings.policy.scorecard);
  if (!features.some(({ outcome }) => outcome === 'fitted'))
    return { reason: 'no_feature', text: 'no feature tells good from bad in the direction of its curve' };
  const policy = withCutOffs(withScorecard(settings.policy, features), trained, settings.policy);
  const count = { observations: trained.length, bads: bads.reduce((sum, bad) => sum + bad, 0), badCustomers };
  return { split, train: count, features, policy };
}

function tooFew(reason: FitRefusal['reason'], what: string, least: number): FitRefusal {
  return { reason, text: `${what} in training; at least ${least} are needed (validation.min_bads)` };
}

function customersOf(observations: readonly Observation[], outcome: 'good' | 'bad'): number {
  return new Set(observations.filter((each) => each.outcome === outcome).map(({ customer }) => customer)).size;
}

function withScorecard(expert: CreditPolicy, features: readonly FittedFeature[]): CreditPolicy {
  const kept = features.filter(({ weight }) => weight > 0);
  const scorecard = Object.fromEntries(
    kept.map(({ feature, weight, knots }) => [
      feature,
      { weight, knots: knots.map(([x, y]): [number, number] => [x, y]) },
    ]),
  );
  const heaviest = kept.reduce((most, each) => (each.outcome === 'fitted' && each.weight > most.weight ? each : most));
  const required = expert.missing.required.filter((name) => name in scorecard);
  const weights = kept.reduce((sum, { weight }) => sum + weight, 0);
  const missing = {
    ...expert.missing,
    required: required.length > 0 ? required : [heaviest.feature],
    minWeightPresent: Math.min(expert.missing.minWeightPresent, Math.floor(weights)),
  };
  return { ...expert, scorecard, missing };
}

/** Steps between cut-offs. */
const STEP = 0.1;

function withCutOffs(
  fitted: CreditPolicy,
  trained: readonly (Observation & { score: number })[],
  expert: CreditPolicy,
): CreditPolicy {
  const names = Object.keys(expert.scorecard);
  const scores = trained.flatMap(({ features }) => {
    const values = Object.fromEntries(
      names.map((name, place) => [name, Number.isNaN(features[place]) ? null : features[place]]),
    );
    return scoreOf(values, fitted).score ?? [];
  });
  scores.sort((a, b) => a - b);
  let above = 100 + STEP;
  const last = expert.grades.length - 1;
  const grades = expert.grades.map((grade, index) => {
    if (index === last || scores.length === 0) return grade;
    const below = trained.filter(({ score }) => score < grade.min).length / trained.length;
    const wished = Math.round(quantile(scores, below) / STEP) * STEP;
    // Every cut-off below the one before, and room for those that follow.
    above = Math.max((last - index) * STEP, Math.min(wished, above - STEP));
    return { ...grade, min: Math.round(above * 10) / 10 };
  });
  return { ...fitted, grades };
}
