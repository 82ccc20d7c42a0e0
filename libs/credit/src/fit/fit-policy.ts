import { addDays, type LocalDate } from '@syncline/model';
import { bootstrapByCustomer, quantile, type BootstrapOptions } from '../backtest/bootstrap';
import { RankedOutcomes } from '../backtest/discrimination';
import { OUTCOME_DAYS } from '../backtest/outcome';
import type { BacktestCustomer, BacktestSettings, Observation } from '../backtest/review-customer';
import { backtestReport, isCounted, observe, type BacktestReport } from '../backtest/run-backtest';
import type { Interval } from '../backtest/wilson-interval';
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

/** The expert policy and the fitted one on reviews that nothing was learnt from. */
export interface FitComparison {
  expert: BacktestReport;
  fitted: BacktestReport;
  /** AUC of the fitted policy less that of the expert's, on the observations that both have a score for. */
  difference: number | null;
  /** 95 %, by drawing customers. */
  interval: Interval | null;
  /** `better` or `worse` when the interval leaves out 0; `unknown` with too few bad customers. */
  verdict: 'better' | 'worse' | 'no_difference' | 'unknown';
}

/** Runs both policies over all reviews and compares them on those of the test. */
export function compareOutOfTime(
  customers: readonly BacktestCustomer[],
  expertObservations: readonly Observation[],
  { split, policy }: PolicyFit,
  settings: BacktestSettings,
  bootstrap: BootstrapOptions,
): FitComparison {
  const isTest = ({ review }: Observation) => split.test.includes(settings.reviews[review]);
  const fittedSettings = { ...settings, policy };
  const expertTest = expertObservations.filter(isTest);
  const fittedTest = observe(customers, fittedSettings).filter(isTest);
  const expert = backtestReport(...onTest(expertTest, customers.length, settings, split, bootstrap));
  const fitted = backtestReport(...onTest(fittedTest, customers.length, fittedSettings, split, bootstrap));
  const { difference, interval } = aucDifference(expertTest, fittedTest, customers.length, bootstrap);
  const enough = Math.min(expert.badCustomers, fitted.badCustomers) >= policy.validation.minBads;
  return { expert, fitted, difference, interval, verdict: enough ? verdictOf(interval) : 'unknown' };
}

function onTest(
  observations: readonly Observation[],
  customers: number,
  settings: BacktestSettings,
  { test }: FitSplit,
  bootstrap: BootstrapOptions,
): Parameters<typeof backtestReport> {
  const place = new Map(test.map((review, index) => [review, index]));
  const moved = observations.map((each) => ({ ...each, review: place.get(settings.reviews[each.review]) ?? 0 }));
  return [moved, customers, { ...settings, reviews: test }, bootstrap];
}

function verdictOf(interval: Interval | null): FitComparison['verdict'] {
  if (interval === null) return 'unknown';
  if (interval.low > 0) return 'better';
  return interval.high < 0 ? 'worse' : 'no_difference';
}

function aucDifference(
  expert: readonly Observation[],
  fitted: readonly Observation[],
  customers: number,
  bootstrap: BootstrapOptions,
): Pick<FitComparison, 'difference' | 'interval'> {
  const keyOf = ({ customer, review }: Observation) => `${customer} ${review}`;
  const byKey = new Map(fitted.filter(isCounted).map((each) => [keyOf(each), each]));
  const pairs = expert.filter(isCounted).flatMap((one) => {
    const other = byKey.get(keyOf(one));
    return other ? [{ one, other }] : [];
  });
  const before = new RankedOutcomes(pairs.map(({ one }) => ({ score: one.score, bad: one.outcome === 'bad' })));
  const after = new RankedOutcomes(pairs.map(({ other }) => ({ score: other.score, bad: other.outcome === 'bad' })));
  const difference = (weights?: Float64Array): number | null => {
    const [a, b] = [before.areaUnderCurve(weights), after.areaUnderCurve(weights)];
    return a === null || b === null ? null : b - a;
  };
  const whose = Uint32Array.from(pairs, ({ one }) => one.customer);
  return { difference: difference(), interval: bootstrapByCustomer(whose, customers, bootstrap, difference) };
}
