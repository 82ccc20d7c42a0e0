export { areaUnderCurve, giniCoefficient, kolmogorovSmirnov, type ScoredOutcome } from './discrimination';
export { brierScore } from './brier-score';
export { populationStability } from './population-stability';
export { wilsonInterval, type Interval } from './wilson-interval';
export type { BootstrapOptions } from './bootstrap';
export type { GradeOutcome, Monotonicity } from './monotonicity';
export type { HistoricItem } from './ledger-history';
export { OUTCOMES, OUTCOME_DAYS, type Outcome, type ReviewOutcome } from './outcome';
export { REVIEW_STEPS, reviewDates, type ReviewStep } from './review-dates';
export type { BacktestCustomer, BacktestSettings, Observation } from './review-customer';
export type { LimitMoves, Migration } from './migration';
export type { PeriodStability } from './stability';
export type { ScoreBin } from './score-histogram';
export type { Check, Verdict } from './verdict';
export {
  backtestReport,
  LEFT_OUT,
  observe,
  runBacktest,
  type BacktestReport,
  type GradeReport,
  type LeftOut,
  type ReviewReport,
} from './run-backtest';
