import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Interval } from './wilson-interval';

export interface BootstrapOptions {
  /** Equal seeds give equal intervals. */
  seed: number;
  /** Number of samples; 0 = no interval. */
  samples: number;
}

/** Fewer values than this have no 95 % interval worth the name. */
const FEWEST_SAMPLES = 40;

/**
 * 95 % percentile interval of a statistic by drawing customers with replacement: the observations of one customer are
 * not independent of each other, so they are drawn together. `statistic` gets, for each observation, how often it was
 * drawn; samples where it is null (one kind only) are passed over. Null with too few samples.
 * @param customers for each observation the number of its customer, 0 … customerCount − 1
 */
export function bootstrapByCustomer(
  customers: ArrayLike<number>,
  customerCount: number,
  { seed, samples }: BootstrapOptions,
  statistic: (weights: Float64Array) => number | null,
): Interval | null {
  const random = xoroshiro128plus(seed);
  const drawn = new Float64Array(customerCount);
  const weights = new Float64Array(customers.length);
  const values: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    drawn.fill(0);
    for (let each = 0; each < customerCount; each += 1) drawn[uniformInt(random, 0, customerCount - 1)] += 1;
    for (let index = 0; index < weights.length; index += 1) weights[index] = drawn[customers[index]];
    const value = statistic(weights);
    if (value !== null) values.push(value);
  }
  if (values.length < FEWEST_SAMPLES) return null;
  values.sort((a, b) => a - b);
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) };
}

/** The value at a share of sorted values, linear between neighbours. At least one value. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
