import type { LocalDate } from '@syncline/model';
import { bootstrapByCustomer, type BootstrapOptions } from './bootstrap';
import { brierScore } from './brier-score';
import { calibrationP, chancesOutOfSample } from './calibration';
import { greatestDistance, RankedOutcomes, thinned } from './discrimination';
import { limitMovesOf, migrationOf, type LimitMoves, type Migration } from './migration';
import { gradeOutcome, monotonicity, type GradeOutcome, type Monotonicity } from './monotonicity';
import type { Outcome } from './outcome';
import { CustomerReviews, type BacktestCustomer, type BacktestSettings, type Observation } from './review-customer';
import { scoreHistogram, type ScoreBin } from './score-histogram';
import { stabilityByPeriod, type PeriodStability } from './stability';
import { verdictOf, type Verdict } from './verdict';
import type { Interval } from './wilson-interval';

/** Why an observation does not count for what scores are worth. */
export const LEFT_OUT = ['no_score', 'already_bad', 'window_incomplete', 'nothing_due', 'no_rate'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

const DRAWN_POINTS = 200;

/** An observation with a score and an outcome. */
type Counted = Observation & { score: number; bad: boolean };

export interface GradeReport extends GradeOutcome {
  /** Mean chance of going bad by the out-of-sample calibration, 0 to 1; null when there is none. */
  expected: number | null;
}

export interface ReviewReport {
  review: LocalDate;
  /** Customers at risk on that day. */
  observations: number;
  /** Those with a score and an outcome. */
  counted: number;
  bads: number;
  auc: number | null;
}

/** What a policy would have been worth. */
export interface BacktestReport {
  policy: { id: string; version: number };
  outcome: Outcome;
  reviews: readonly LocalDate[];
  knownUntil: LocalDate;
  customers: number;
  /** Customers on review days. */
  observations: number;
  counted: number;
  bads: number;
  /** Customers that went bad at least once. */
  badCustomers: number;
  leftOut: Readonly<Record<LeftOut, number>>;
  auc: number | null;
  /** 95 %, by drawing customers. */
  aucInterval: Interval | null;
  gini: number | null;
  ks: number | null;
  brier: number | null;
  /** Brier score of a forecast that says the same for everybody: what the score has to beat. */
  brierOfRate: number | null;
  calibrationP: number | null;
  /** Shares of bads and goods at or below rising scores, about 200 points: the ROC curve. */
  curve: readonly { bads: number; goods: number }[];
  histogram: readonly ScoreBin[];
  grades: readonly GradeReport[];
  monotonicity: Monotonicity;
  byReview: readonly ReviewReport[];
  stability: readonly PeriodStability[];
  migration: { alone: Migration; damped: Migration };
  limits: { alone: LimitMoves; damped: LimitMoves };
  bootstrap: BootstrapOptions;
  verdict: Verdict;
}

/** Observations of all customers, by customer and, within one, by review. */
export function observe(customers: readonly BacktestCustomer[], settings: BacktestSettings): Observation[] {
  const reviews = new CustomerReviews(settings);
  return customers.flatMap((customer, index) => reviews.of(customer, index));
}

/** Runs the backtest of a policy. The same input gives the same report. (Method, Is a rating any good.) */
export function runBacktest(
  customers: readonly BacktestCustomer[],
  settings: BacktestSettings,
  bootstrap: BootstrapOptions,
): BacktestReport {
  return backtestReport(observe(customers, settings), customers.length, settings, bootstrap);
}

/** The report on observations that were made before. */
export function backtestReport(
  observations: readonly Observation[],
  customers: number,
  settings: BacktestSettings,
  bootstrap: BootstrapOptions,
): BacktestReport {
  const { policy, outcome, reviews, knownUntil } = settings;
  const counted = observations.filter(isCounted).map((each): Counted => ({ ...each, bad: each.outcome === 'bad' }));
  const bads = counted.filter(({ bad }) => bad);
  const badCustomers = new Set(bads.map(({ customer }) => customer)).size;
  const grades = policy.grades.map(({ grade }) => grade);
  const chances = chancesOutOfSample(counted);
  const ranked = new RankedOutcomes(counted);
  const curve = ranked.curve();
  const auc = ranked.areaUnderCurve();
  const byGrade = gradeReports(counted, chances, grades);
  const evidence = {
    badCustomers,
    auc,
    ks: curve.length === 0 ? null : greatestDistance(curve),
    monotonicity: monotonicity(byGrade),
    stability: stabilityByPeriod(observations, reviews, grades, policy.validation),
    calibrationP: chances && calibrationP(counted, chances),
  };
  return {
    policy: { id: policy.policy.id, version: policy.policy.version },
    outcome,
    reviews,
    knownUntil,
    customers,
    observations: observations.length,
    counted: counted.length,
    bads: bads.length,
    leftOut: leftOutOf(observations),
    ...evidence,
    aucInterval: bootstrapByCustomer(
      Uint32Array.from(counted, ({ customer }) => customer),
      customers,
      bootstrap,
      (weights) => ranked.areaUnderCurve(weights),
    ),
    gini: auc === null ? null : 2 * auc - 1,
    brier: chances && brierScore(counted.map(({ bad }, index) => ({ bad, probability: chances[index] }))),
    brierOfRate: counted.length === 0 ? null : brierOfRate(bads.length / counted.length),
    curve: thinned(curve, DRAWN_POINTS),
    histogram: scoreHistogram(counted),
    grades: byGrade,
    byReview: reviewReports(reviews, observations, counted),
    migration: {
      alone: migrationOf(observations, grades, ({ grade }) => grade),
      damped: migrationOf(observations, grades, ({ dampedGrade }) => dampedGrade),
    },
    limits: {
      alone: limitMovesOf(observations, ({ limit }) => limit),
      damped: limitMovesOf(observations, ({ dampedLimit }) => dampedLimit),
    },
    bootstrap,
    verdict: verdictOf(evidence, policy),
  };
}

/** Whether an observation has a score and an outcome. */
export function isCounted(observation: Observation): observation is Observation & { score: number } {
  return observation.score !== null && (observation.outcome === 'good' || observation.outcome === 'bad');
}

function brierOfRate(rate: number): number {
  return rate * (1 - rate);
}

function leftOutOf(observations: readonly Observation[]): Record<LeftOut, number> {
  const counts = Object.fromEntries(LEFT_OUT.map((reason) => [reason, 0])) as Record<LeftOut, number>;
  for (const { outcome, score } of observations) {
    if (outcome !== 'good' && outcome !== 'bad') counts[outcome] += 1;
    else if (score === null) counts.no_score += 1;
  }
  return counts;
}

function gradeReports(counted: readonly Counted[], chances: readonly number[] | null, grades: string[]): GradeReport[] {
  const sums = new Map(grades.map((grade) => [grade, { observations: 0, bads: 0, chance: 0 }]));
  counted.forEach(({ grade, bad }, index) => {
    const sum = sums.get(grade);
    if (!sum) return;
    sum.observations += 1;
    if (bad) sum.bads += 1;
    sum.chance += chances?.[index] ?? 0;
  });
  return [...sums].map(([grade, { observations, bads, chance }]) => ({
    ...gradeOutcome(grade, observations, bads),
    expected: chances && observations > 0 ? chance / observations : null,
  }));
}

function reviewReports(
  reviews: readonly LocalDate[],
  observations: readonly Observation[],
  counted: readonly Counted[],
): ReviewReport[] {
  const seen = reviews.map(() => 0);
  for (const { review } of observations) seen[review] += 1;
  const then = reviews.map((): Counted[] => []);
  for (const each of counted) then[each.review].push(each);
  return reviews.map((review, index) => ({
    review,
    observations: seen[index],
    counted: then[index].length,
    bads: then[index].filter(({ bad }) => bad).length,
    auc: new RankedOutcomes(then[index]).areaUnderCurve(),
  }));
}
