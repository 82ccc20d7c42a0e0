import type { LocalDate } from '@syncline/model';
import { populationStability, stabilityByChance } from './population-stability';
import { quarterOf } from './review-dates';
import type { Observation } from './review-customer';

/** How the customers of a quarter spread over the grades, against the first quarter. */
export interface PeriodStability {
  /** `2024-Q1`. */
  period: string;
  /** Reviews with a score, by grade, best first. */
  counts: readonly number[];
  /** Customers behind them. */
  customers: number;
  /** Null for the first period, which is the reference. */
  psi: number | null;
  /** The index that chance alone makes on average. */
  byChance: number | null;
  verdict: 'reference' | 'ok' | 'warn' | 'alarm';
}

/**
 * Population stability of each quarter against the first, over the grades; customers without a score are not counted,
 * because they are no part of what the scorecard sorts.
 */
export function stabilityByPeriod(
  observations: readonly Observation[],
  reviews: readonly LocalDate[],
  grades: readonly string[],
  thresholds: { psiWarn: number; psiAlarm: number },
): PeriodStability[] {
  const rank = new Map(grades.map((grade, index) => [grade, index]));
  const periods = new Map<string, { counts: number[]; seen: Set<number> }>();
  for (const { customer, review, score, grade } of observations) {
    if (score === null) continue;
    const name = quarterOf(reviews[review]);
    let period = periods.get(name);
    if (!period) periods.set(name, (period = { counts: grades.map(() => 0), seen: new Set() }));
    period.counts[rank.get(grade) ?? 0] += 1;
    period.seen.add(customer);
  }
  const sorted = [...periods].sort(([a], [b]) => (a < b ? -1 : 1));
  const reference = sorted[0]?.[1];
  return sorted.map(([period, { counts, seen }], index): PeriodStability => {
    const row = { period, counts, customers: seen.size };
    if (!reference || index === 0) return { ...row, psi: null, byChance: null, verdict: 'reference' };
    const psi = populationStability(counts, reference.counts);
    // The reviews of one customer within a quarter are nearly one and the same, so chance goes by customers.
    const byChance = stabilityByChance(grades.length, seen.size, reference.seen.size);
    const verdict = psi >= thresholds.psiAlarm ? 'alarm' : psi >= thresholds.psiWarn ? 'warn' : 'ok';
    return { ...row, psi, byChance, verdict };
  });
}
