import { MAD_TO_SIGMA, median, medianAbsoluteDeviation } from './statistics';

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
  /** The customer's usual gap in days: the median of its own. */
  usual: number;
  /** z of a gap of so many days. */
  z(gapDays: number): number;
}

/**
 * What gap since the last purchase is unusual for this customer: on the logarithm of its own gaps (days, at least
 * one each), median and 1.4826 × median absolute deviation. Null with fewer than `minGaps` gaps. (Method, purchase
 * gap alarm; the robust z-score is that of Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.)
 */
export function gapAlarm(gapsInDays: readonly number[], options: GapAlarmOptions): GapAlarm | null {
  if (gapsInDays.length < options.minGaps) return null;
  const logs = gapsInDays.map(logOf);
  const centre = median(logs);
  const sigma = Math.max(MAD_TO_SIGMA * medianAbsoluteDeviation(logs), options.logSigmaFloor);
  return {
    threshold: Math.exp(centre + options.k * sigma),
    usual: Math.exp(centre),
    z: (gapDays) => (logOf(gapDays) - centre) / sigma,
  };
}

/** The gaps in days between purchases on these days (day numbers, rising, each once); one fewer than days. */
export function gapsBetween(purchaseDays: readonly number[]): number[] {
  return purchaseDays.slice(1).map((day, index) => day - purchaseDays[index]);
}

function logOf(gapDays: number): number {
  return Math.log(Math.max(1, gapDays));
}
