import { interpolate, type Knots } from './piecewise';
import type { PaymentObservation } from './payment-observation';

type Observations = readonly PaymentObservation[];

/** Average days beyond terms: Σ amount × days / Σ amount. In days; null without payments. */
export function averageDaysBeyondTerms(observations: Observations): number | null {
  return average(observations, (seen) => seen.days);
}

/** Σ amount × (settled − invoiced) / Σ amount, over payments whose invoice day is known. In days; null without any. */
export function averageDaysToPay(observations: Observations): number | null {
  return average(
    observations.filter((seen) => seen.daysToPay !== null),
    (seen) => seen.daysToPay ?? 0,
  );
}

/** Like ADBT, early payments counted as on time: Σ amount × max(0, days) / Σ amount. In days; null without payments. */
export function averageDaysLate(observations: Observations): number | null {
  return average(observations, (seen) => Math.max(0, seen.days));
}

/** The share (0 to 1) of the amount that came at most `graceDays` days after the due date; null without payments. */
export function onTimeRatio(observations: Observations, graceDays: number): number | null {
  return average(observations, (seen) => (seen.days <= graceDays ? 1 : 0));
}

/**
 * ADBT of the last `recentDays` days less ADBT of the days before, back to `oldestDays`, in days: positive is getting
 * worse. Null when either part has no payment.
 */
export function adbtTrend(observations: Observations, recentDays: number, oldestDays = 365): number | null {
  const recent = averageDaysBeyondTerms(observations.filter((seen) => seen.age <= recentDays));
  const before = averageDaysBeyondTerms(observations.filter(({ age }) => age > recentDays && age <= oldestDays));
  return recent === null || before === null ? null : recent - before;
}

export interface PayIndexScale {
  /** Days past due → points, days rising. */
  scale: Knots;
  /** The most points that a payment can get: early small ones must not hide late large ones. */
  capEarlyAt: number;
  /** After so many days a payment weighs half. */
  halfLifeDays: number;
}

/** Points of one payment that came `days` after its due date. */
export function payIndexPoints(
  days: number,
  { scale, capEarlyAt }: Pick<PayIndexScale, 'scale' | 'capEarlyAt'>,
): number {
  return Math.min(capEarlyAt, interpolate(scale, days));
}

/**
 * The pay index, 0 (never pays) to `capEarlyAt` (on time or early): the points of all observations averaged with
 * amount × 2^(−age/half-life). Give it the settlements together with the open overdue items. The weights are
 * numbers: an irrational power has no exact decimal, and no amount comes out of it. Null without observations.
 */
export function payIndex(observations: Observations, scale: PayIndexScale): number | null {
  let points = 0;
  let weights = 0;
  for (const seen of observations) {
    const weight = seen.amount * 2 ** (-seen.age / scale.halfLifeDays);
    points += weight * payIndexPoints(seen.days, scale);
    weights += weight;
  }
  return weights > 0 ? points / weights : null;
}

function average(observations: Observations, value: (seen: PaymentObservation) => number): number | null {
  let sum = 0;
  let weights = 0;
  for (const seen of observations) {
    sum += seen.amount * value(seen);
    weights += seen.amount;
  }
  return weights > 0 ? sum / weights : null;
}

/** How promises to pay that are past their date plus tolerance came out. */
export interface PromiseOutcomes {
  kept: number;
  /** Something was paid. */
  partial: number;
  /** Nothing was paid. */
  broken: number;
}

/** (broken + ½ partial) / evaluated, 0 to 1; null when no promise was evaluated. */
export function brokenPromiseRatio({ kept, partial, broken }: PromiseOutcomes): number | null {
  const evaluated = kept + partial + broken;
  return evaluated > 0 ? (broken + partial / 2) / evaluated : null;
}
