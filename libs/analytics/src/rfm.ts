import type { Ranking } from './percentile';

/** Recency, frequency and monetary value of one customer; numbers for ranking only. */
export interface RfmInput {
  /** Days since the last purchase. */
  recencyDays: number;
  /** Purchases in the period. */
  frequency: number;
  /** Bought in the period, in one currency. */
  monetary: number;
}

/** Each 1 (worst fifth of the customers) to 5 (best). */
export interface Rfm {
  recency: number;
  frequency: number;
  monetary: number;
}

/** Where all customers stand; greater is better, so the days since the last purchase are negative. */
export type RfmRankings = Readonly<Record<keyof Rfm, Ranking>>;

/**
 * Makes the function that scores a customer among all that were ranked: fifths of the ranks, the most recent, most
 * frequent and greatest best; equal values always in the same fifth. (Hughes, Strategic Database Marketing, 1994.)
 * With fewer than five customers not every fifth has one. Only customers that bought something can be given.
 */
export function rfmScores({ recency, frequency, monetary }: RfmRankings): (customer: RfmInput) => Rfm {
  return (customer) => ({
    recency: recency.quintile(-customer.recencyDays),
    frequency: frequency.quintile(customer.frequency),
    monetary: monetary.quintile(customer.monetary),
  });
}
