import type { Ranking } from './percentile';

/** What a customer's value is made of. Only `cost_ratio` is better when it is lower. */
export const VALUE_FEATURES = {
  gross_profit: 'Gross profit of 12 months: invoiced less returned, less cost of goods.',
  volume: 'Sales of 12 months.',
  cost_ratio: 'Cost to serve / sales of 12 months, discounts and financing included; lower is better.',
  industry_position: 'The customer’s standing in its industry, as an account record says it.',
  tenure: 'Days since the first purchase.',
  satisfaction: 'The customer’s satisfaction, as an account record says it.',
} as const;

export type ValueFeature = keyof typeof VALUE_FEATURES;

/** Null = not known; amounts as numbers: they are ranked only. */
export type ValueFeatures = Readonly<Record<ValueFeature, number | null>>;

const INVERSE: ReadonlySet<ValueFeature> = new Set(['cost_ratio']);
export const VALUE_FEATURE_NAMES = Object.keys(VALUE_FEATURES) as ValueFeature[];

/** The `value` section of the policy. */
export interface ValuePolicy {
  /** Weights by feature; they need not add up to one. */
  current: Readonly<Record<string, number>>;
  future: Readonly<Record<string, number>>;
  /** Least score of each level. */
  levels: Readonly<Record<string, number>>;
}

export interface ValueScore {
  /** 0 to 100. */
  score: number;
  /** Null when the score reaches no level's cut-off. */
  level: string | null;
  /** The same from the features of present and of future value alone; null when none of them is known. */
  current: number | null;
  future: number | null;
  /** Percentile of each known feature, 0 to 100, the cost ratio's turned round. */
  percentiles: Partial<Record<ValueFeature, number>>;
  /** Share of all weight that known features have, 0 to 1: a score from little is worth little. */
  weightPresent: number;
}

/** Where all customers stand in each feature; greater is better, what is not known of a customer is left out. */
export type ValueRankings = Readonly<Record<ValueFeature, Ranking>>;

/**
 * Makes the function that scores a customer among all that were ranked: Σ weight × percentile / Σ weight, over the
 * features that are known of the customer and of at least one other. Null when no feature is. (Method, value score.)
 */
export function valueScores(
  rankings: ValueRankings,
  policy: ValuePolicy,
): (customer: ValueFeatures) => ValueScore | null {
  const weights = { ...policy.current, ...policy.future };
  for (const name of Object.keys(policy.current)) weights[name] = policy.current[name] + (policy.future[name] ?? 0);
  return (customer) => {
    const percentiles: Partial<Record<ValueFeature, number>> = {};
    for (const name of VALUE_FEATURE_NAMES) {
      const value = oriented(name, customer[name]);
      const percentile = value === null ? null : rankings[name].percentile(value);
      if (percentile !== null) percentiles[name] = percentile;
    }
    const score = weighted(percentiles, weights);
    if (score === null) return null;
    return {
      score,
      level: levelOf(score, policy.levels),
      current: weighted(percentiles, policy.current),
      future: weighted(percentiles, policy.future),
      percentiles,
      weightPresent: weightOf(Object.keys(percentiles), weights) / weightOf(Object.keys(weights), weights),
    };
  };
}

/** The best level whose cut-off the score reaches; null when it reaches none. */
export function levelOf(score: number, levels: Readonly<Record<string, number>>): string | null {
  let best: string | null = null;
  for (const [level, min] of Object.entries(levels)) {
    if (score >= min && (best === null || min > levels[best])) best = level;
  }
  return best;
}

/** The feature as it is ranked: greater is better. */
export function oriented(name: ValueFeature, value: number | null): number | null {
  return value === null ? null : INVERSE.has(name) ? -value : value;
}

/** Weighted mean of the percentiles that have a weight; null when nothing weighs anything. */
function weighted(
  percentiles: Readonly<Partial<Record<string, number>>>,
  weights: Readonly<Record<string, number>>,
): number | null {
  let sum = 0;
  let total = 0;
  for (const [name, percentile] of Object.entries(percentiles)) {
    const weight = weights[name] ?? 0;
    sum += weight * (percentile ?? 0);
    total += weight;
  }
  return total > 0 ? sum / total : null;
}

function weightOf(names: Iterable<string>, weights: Readonly<Record<string, number>>): number {
  let total = 0;
  for (const name of names) total += weights[name] ?? 0;
  return total;
}
