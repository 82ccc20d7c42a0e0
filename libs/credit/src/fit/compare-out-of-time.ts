import { bootstrapByCustomer, type BootstrapOptions } from '../backtest/bootstrap';
import { RankedOutcomes } from '../backtest/discrimination';
import type { BacktestCustomer, BacktestSettings, Observation } from '../backtest/review-customer';
import { backtestReport, isCounted, observe, type BacktestReport } from '../backtest/run-backtest';
import type { Interval } from '../backtest/wilson-interval';
import type { FitSplit, PolicyFit } from './fit-policy';

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
