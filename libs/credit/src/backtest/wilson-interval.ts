/** An interval of a share, 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/** 97.5 % point of the normal distribution: two sides of 2.5 %. */
const Z95 = 1.959964;

/**
 * Wilson's 95 % interval of a share that was seen `hits` times in `total` (Wilson 1927): stays within 0 and 1 and is
 * honest for few cases and for none at all. Null for a total of 0.
 */
export function wilsonInterval(hits: number, total: number, z = Z95): Interval | null {
  if (total <= 0) return null;
  const share = hits / total;
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z / (2 * total)) ** 2);
  const scale = 1 + (z * z) / total;
  const centre = share + (z * z) / (2 * total);
  // At the ends the exact value is the share itself; the subtraction would leave a last bit.
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: hits === total ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** Whether two intervals have a point in common. */
export function overlap(a: Interval, b: Interval): boolean {
  return a.low <= b.high && b.low <= a.high;
}
