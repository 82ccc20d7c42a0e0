/** How a purchase gap is judged. */
export interface GapAlarmOptions {
  /** So many gaps of the customer's own are needed. */
  minGaps: number;
  /** Robust standard deviations above the median. */
  k: number;
  /** The least spread of the logarithms, so that very regular customers don't alarm for a day. */
  logSigmaFloor: number;
}

export interface GapAlarm {
  /** Gap in days above which it is an alarm. */
  threshold: number;
  /** z of a gap of so many days. */
  z(gapDays: number): number;
}

/**
 * What gap since the last purchase is unusual for this customer: on the logarithm of its own gaps (days, at least
 * one each), median and 1.4826 × median absolute deviation. Null with fewer than `minGaps` gaps.
 */
export function gapAlarm(gapsInDays: readonly number[], options: GapAlarmOptions): GapAlarm | null {
  if (gapsInDays.length < options.minGaps) return null;
  const logs = gapsInDays.map((gap) => Math.log(Math.max(1, gap)));
  const centre = median(logs);
  const spread = median(logs.map((log) => Math.abs(log - centre)));
  const sigma = Math.max(1.4826 * spread, options.logSigmaFloor);
  return {
    threshold: Math.exp(centre + options.k * sigma),
    z: (gapDays) => (Math.log(Math.max(1, gapDays)) - centre) / sigma,
  };
}

/** The middle value; the mean of the two middle ones for an even count. At least one value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export interface EwmaOptions {
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

/** Exponentially weighted moving average of a volume with control limits, one point for each value. */
export function ewmaChart(values: readonly number[], options: EwmaOptions): EwmaPoint[] {
  const { mean, sigma, lambda, limit, minPeriods = 1 } = options;
  let average = mean;
  return values.map((value, index) => {
    average = lambda * value + (1 - lambda) * average;
    const variance = (lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (index + 1)));
    const width = limit * sigma * Math.sqrt(variance);
    const [lower, upper] = [mean - width, mean + width];
    return { value: average, lower, upper, alarm: index + 1 >= minPeriods && (average < lower || average > upper) };
  });
}
