import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy } from './compiled-policy';

export interface GradeReview {
  /** The grade in force, before hard rules; null = none yet. */
  current: string | null;
  /** Scores of the review dates, the latest first; at least one. */
  scores: readonly number[];
  /** Days since the grade last changed. */
  daysSinceChange: number;
}

/**
 * The grade that a review leads to. Up needs the better grade's cut-off plus `up_band` on `up_consecutive` reviews
 * and `up_min_days` since the last change, `up_max_notches` at a time. Down needs the own cut-off minus `down_band`
 * on `down_consecutive` reviews, and falls as far as the latest score does, at most `down_max_notches`. Hard rules
 * come after it and act at once. (Method, Rating, 5.)
 */
export function gradeAfterReview({ current, scores, daysSinceChange }: GradeReview, policy: CreditPolicy): string {
  const { grades, hysteresis } = policy;
  const rankOfScore = grades.findIndex((grade) => scores[0] >= grade.min);
  const reached = rankOfScore < 0 ? grades.length - 1 : rankOfScore;
  const rank = current === null ? undefined : compilePolicy(policy).rankOf.get(current);
  if (rank === undefined) return grades[reached].grade;
  if (fallsFrom(rank, scores, policy)) {
    const furthest = hysteresis.downMaxNotches === null ? reached : Math.min(reached, rank + hysteresis.downMaxNotches);
    return grades[furthest].grade;
  }
  if (daysSinceChange < hysteresis.upMinDays) return grades[rank].grade;
  let best = rank;
  while (best > 0 && rank - best < hysteresis.upMaxNotches && risesTo(best - 1, scores, policy)) best -= 1;
  return grades[best].grade;
}

function fallsFrom(rank: number, scores: readonly number[], { grades, hysteresis }: CreditPolicy): boolean {
  const below = grades[rank].min - hysteresis.downBand;
  return (
    scores.length >= hysteresis.downConsecutive &&
    scores.slice(0, hysteresis.downConsecutive).every((score) => score < below)
  );
}

function risesTo(rank: number, scores: readonly number[], { grades, hysteresis }: CreditPolicy): boolean {
  const above = grades[rank].min + hysteresis.upBand;
  return (
    scores.length >= hysteresis.upConsecutive &&
    scores.slice(0, hysteresis.upConsecutive).every((score) => score >= above)
  );
}
