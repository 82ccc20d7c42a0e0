import type { LocalDate } from '@syncline/model';

/** 考察期, 形成期, 稳定期, 退化期. */
export const STAGES = ['exploring', 'growing', 'stable', 'declining'] as const;
export type Stage = (typeof STAGES)[number];

/** The `analytics.lifecycle` section of the policy. */
export interface LifecyclePolicy {
  exploreDays: number;
  exploreOrders: number;
  /** Growth of six-month sales from which a customer is growing, as a fraction. */
  growth: number;
  /** Fall of six-month sales against their peak from which it is declining, as a negative fraction. */
  declineVsPeak: number;
  pAliveMin: number;
  confirmMonths: number;
}

/** What a stage is seen from. Sales are those of full calendar months, in one currency. */
export interface StageFacts {
  /** Days since the first purchase; null = never bought. */
  tenureDays: number | null;
  orders: number;
  /** Monthly sales, the latest full month last; up to 24. Null = not known in the policy's currency. */
  monthlySales: readonly number[] | null;
  /** Chance that it still buys; null = not known. */
  pAlive: number | null;
  /** Net profit of the last half-years, the latest first; null = not known. */
  halfYearProfits: readonly (number | null)[];
}

export interface ObservedStage {
  stage: Stage;
  /** Code of what decided it. */
  reason: 'TENURE' | 'ORDERS' | 'SALES_BELOW_PEAK' | 'P_ALIVE' | 'PROFIT_FALLING' | 'SALES_GROWING' | 'NONE';
}

/**
 * The stage that the facts of today show, before confirmation. Exploring: a short tenure or few orders; else
 * declining: six-month sales far below their peak in 24 months, a low P(alive), or profit falling two half-years
 * running; else growing: six-month sales well above those of the six months before, with profit not known to fall;
 * else stable. What is not known decides nothing. (Method, stage; the four stages of customer relations after Dwyer,
 * Schurr and Oh, Developing Buyer-Seller Relationships, 1987.)
 */
export function observeStage(facts: StageFacts, policy: LifecyclePolicy): ObservedStage {
  if (facts.tenureDays === null || facts.tenureDays < policy.exploreDays)
    return { stage: 'exploring', reason: 'TENURE' };
  if (facts.orders < policy.exploreOrders) return { stage: 'exploring', reason: 'ORDERS' };
  const sales = facts.monthlySales && sixMonthSales(facts.monthlySales);
  if (sales && sales.peak > 0 && sales.latest <= sales.peak * (1 + policy.declineVsPeak))
    return { stage: 'declining', reason: 'SALES_BELOW_PEAK' };
  if (facts.pAlive !== null && facts.pAlive < policy.pAliveMin) return { stage: 'declining', reason: 'P_ALIVE' };
  const [latest, before, first] = facts.halfYearProfits;
  const isFalling = isLess(latest, before);
  if (isFalling && isLess(before, first)) return { stage: 'declining', reason: 'PROFIT_FALLING' };
  if (sales && sales.before !== null && sales.before > 0 && !isFalling) {
    if (sales.latest >= sales.before * (1 + policy.growth)) return { stage: 'growing', reason: 'SALES_GROWING' };
  }
  return { stage: 'stable', reason: 'NONE' };
}

/** Six-month sales now, six months ago (null with less than 12 months) and at their peak in 24 months. */
export function sixMonthSales(months: readonly number[]): { latest: number; before: number | null; peak: number } {
  const windows: number[] = [];
  const recent = months.slice(-24);
  for (let end = recent.length; end >= 6; end -= 1) windows.push(sum(recent.slice(end - 6, end)));
  if (windows.length === 0) windows.push(sum(recent));
  return { latest: windows[0], before: windows[6] ?? null, peak: Math.max(...windows) };
}

/** The stage in force, and the one that waits for its confirmation. */
export interface StageState {
  stage: Stage;
  /** First day in this stage; on the first evaluation of a customer, that day. */
  since: LocalDate;
  /** Seen instead of `stage`, without a break, since that day; null = nothing else is seen. */
  candidate: { stage: Stage; since: LocalDate } | null;
}

/**
 * The stage in force after one more look: another stage must be seen at every look for `confirmMonths` calendar
 * months before it counts, from the day of its confirmation. The first look counts at once. Looking twice on a day
 * changes nothing.
 */
export function confirmStage(
  previous: StageState | null,
  observed: Stage,
  asOf: LocalDate,
  confirmMonths: number,
): StageState {
  if (previous === null) return { stage: observed, since: asOf, candidate: null };
  if (observed === previous.stage) return { ...previous, candidate: null };
  const candidate = previous.candidate?.stage === observed ? previous.candidate : { stage: observed, since: asOf };
  if (asOf >= addMonths(candidate.since, confirmMonths)) return { stage: observed, since: asOf, candidate: null };
  return { ...previous, candidate };
}

/** The same day `months` later, or that month's last day when it has no such day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const month = +date.slice(0, 4) * 12 + +date.slice(5, 7) - 1 + months;
  const [year, monthOfYear] = [Math.floor(month / 12), (month % 12) + 1];
  const lastDay = new Date(Date.UTC(year, monthOfYear, 0)).getUTCDate();
  const day = Math.min(+date.slice(8, 10), lastDay);
  return `${String(year).padStart(4, '0')}-${two(monthOfYear)}-${two(day)}`;
}

function isLess(a: number | null | undefined, b: number | null | undefined): boolean {
  return typeof a === 'number' && typeof b === 'number' && a < b;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
