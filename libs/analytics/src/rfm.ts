import { rankingOf, type Ranking } from './percentile';

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

/**
 * Makes the function that scores a customer among all of these: fifths of the ranks, the most recent, most frequent
 * and greatest best; equal values always in the same fifth. (Hughes, Strategic Database Marketing, 1994.) With fewer
 * than five customers not every fifth has one. Only customers that bought something can be given.
 */
export function rfmScores(customers: Iterable<RfmInput>): (customer: RfmInput) => Rfm {
  const all = [...customers];
  const rank = (pick: (customer: RfmInput) => number): Ranking => rankingOf(all.map(pick));
  const recency = rank(({ recencyDays }) => -recencyDays);
  const frequency = rank((customer) => customer.frequency);
  const monetary = rank((customer) => customer.monetary);
  return (customer) => ({
    recency: recency.quintile(-customer.recencyDays),
    frequency: frequency.quintile(customer.frequency),
    monetary: monetary.quintile(customer.monetary),
  });
}
