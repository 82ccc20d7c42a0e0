import { interpolate } from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';

/** Feature → value; null or absent = missing. */
export type FeatureValues = Readonly<Record<string, number | null | undefined>>;

export interface FeatureScore {
  feature: string;
  value: number;
  /** 0 to 100. */
  points: number;
  /** Points of the whole score that the feature cost: weight × (100 − points) / Σ weight present. */
  loss: number;
}

export interface Score {
  /** 0 to 100, rounded to four decimals; null = not enough features. */
  score: number | null;
  /** Present features, the greatest loss first; of equal ones the required first, then as in the policy. */
  features: FeatureScore[];
  weightPresent: number;
  /** Required features that are missing. */
  missingRequired: string[];
}

/**
 * Score = Σ weight × points / Σ weight over the features that are present; points by the policy's curve. There is no
 * score when a required feature is missing or less than `min_weight_present` is there. (Method, Rating, 1 and 6.)
 */
export function scoreOf(values: FeatureValues, { scorecard, missing }: CreditPolicy): Score {
  let weightPresent = 0;
  let total = 0;
  const present: { feature: string; value: number; points: number; weight: number }[] = [];
  for (const feature in scorecard) {
    const value = values[feature];
    if (value === null || value === undefined) continue;
    const { weight, knots } = scorecard[feature];
    const points = interpolate(knots, value);
    present.push({ feature, value, points, weight });
    weightPresent += weight;
    total += weight * points;
  }
  const missingRequired = missing.required.filter((name) => values[name] === null || values[name] === undefined);
  const enough = missingRequired.length === 0 && weightPresent > 0 && weightPresent >= missing.minWeightPresent;
  const features = present.map(({ feature, value, points, weight }) => ({
    feature,
    value,
    points,
    loss: rounded((weight * (100 - points)) / weightPresent),
  }));
  // A stable sort: what is equal stays in the order of the policy, required features before the others.
  features.sort(
    (a, b) => b.loss - a.loss || +missing.required.includes(b.feature) - +missing.required.includes(a.feature),
  );
  return { score: enough ? rounded(total / weightPresent) : null, features, weightPresent, missingRequired };
}

function rounded(points: number): number {
  return Math.round(points * 10_000) / 10_000;
}

/** The best grade whose cut-off the score reaches. (Method, Rating, 2.) */
export function gradeOfScore(score: number, { grades }: CreditPolicy): string {
  const reached = grades.find((grade) => score >= grade.min);
  return (reached ?? grades[grades.length - 1]).grade;
}
