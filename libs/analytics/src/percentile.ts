/** Where values stand among the values of a population. Made once, asked for every member. */
export interface Ranking {
  /** Members of the population. */
  readonly size: number;
  /**
   * 0 (nobody is below) to 100 (everybody else is below): the share of the other members below, ties counting half.
   * Null when there is nobody else to compare with. The value must be a member's.
   */
  percentile(value: number): number | null;
  /** 1 (lowest fifth) to 5 (highest); equal values are in the same fifth, that of their mean rank. */
  quintile(value: number): number;
}

/**
 * Ranks the values of a population, in any order and unit; greater is higher. NaN must not be among them.
 * The percentile is the mid-rank one of the *other* members, so that the ends of the scale are reached.
 */
export function rankingOf(values: Iterable<number>): Ranking {
  return rankingOfSorted(Float64Array.from(values).sort());
}

/** The same of values that are sorted, rising; they are kept, not copied. */
export function rankingOfSorted(sorted: Float64Array): Ranking {
  const size = sorted.length;
  /** Others that are below, ties counting half. */
  const below = (value: number) => {
    const first = lowerBound(sorted, value);
    const ties = upperBound(sorted, value) - first;
    return first + Math.max(0, ties - 1) / 2;
  };
  return {
    size,
    percentile: (value) => (size < 2 ? null : (below(value) / (size - 1)) * 100),
    quintile: (value) => Math.min(5, 1 + Math.floor((5 * below(value)) / size)),
  };
}

/** How many are less than `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  return partition(sorted, (each) => each < value);
}

/** How many are at most `value`. */
function upperBound(sorted: Float64Array, value: number): number {
  return partition(sorted, (each) => each <= value);
}

function partition(sorted: Float64Array, isBefore: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(sorted[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
