import { mean, standardDeviation } from './statistics';

export interface EwmaOptions {
  /** What the values are around while nothing happens, and how much they spread. */
  mean: number;
  sigma: number;
  /** Weight of the newest value, 0 to 1. */
  lambda: number;
  /** Width of the control limits in standard deviations of the average. */
  limit: number;
  /** Values that must have come before an alarm counts; default 1. */
  minPeriods?: number;
}

export interface EwmaPoint {
  value: number;
  lower: number;
  upper: number;
  alarm: boolean;
}

/**
 * Exponentially weighted moving average of a volume with control limits, one point for each value, in the values'
 * unit. (Roberts, Control Chart Tests Based on Geometric Moving Averages, Technometrics 1959; the limits are the
 * exact ones for a young chart.)
 */
export function ewmaChart(values: readonly number[], options: EwmaOptions): EwmaPoint[] {
  const { mean: centre, sigma, lambda, limit, minPeriods = 1 } = options;
  let average = centre;
  return values.map((value, index) => {
    average = lambda * value + (1 - lambda) * average;
    const variance = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (index + 1)));
    const width = limit * sigma * Math.sqrt(variance);
    const [lower, upper] = [centre - width, centre + width];
    return { value: average, lower, upper, alarm: index + 1 >= minPeriods && (average < lower || average > upper) };
  });
}

/** The `ewma` section of the policy. */
export interface VolumeAlarmOptions {
  lambda: number;
  /** Width of the control limits in standard deviations. */
  L: number;
  /** Months that are watched, and the least that they are compared with. */
  minPeriods: number;
}

export interface VolumeState {
  /** The average after the last month, with its limits and what it is compared with, all in the volumes' unit. */
  average: number;
  lower: number;
  upper: number;
  baseline: number;
  alarm: 'drop' | 'rise' | null;
}

/**
 * Whether a customer's monthly volumes (full months, the latest last) left what was usual: the last `minPeriods`
 * months are charted against mean and standard deviation of the months before them. Null with fewer than
 * `minPeriods` months (at least two) before, or when those were all equal: without a spread nothing is unusual.
 */
export function volumeState(months: readonly number[], options: VolumeAlarmOptions): VolumeState | null {
  const watched = Math.max(1, options.minPeriods);
  const before = months.slice(0, -watched);
  if (before.length < Math.max(2, watched)) return null;
  const [centre, sigma] = [mean(before), standardDeviation(before)];
  if (!(sigma > 0)) return null;
  const chart = ewmaChart(months.slice(-watched), {
    mean: centre,
    sigma,
    lambda: options.lambda,
    limit: options.L,
    minPeriods: options.minPeriods,
  });
  const { value, lower, upper, alarm } = chart[chart.length - 1];
  return { average: value, lower, upper, baseline: centre, alarm: alarm ? (value < lower ? 'drop' : 'rise') : null };
}
