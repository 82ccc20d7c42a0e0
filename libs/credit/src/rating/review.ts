import { daysBetween, type LocalDate } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy, type CompiledRule } from './compiled-policy';
import { reviewPeriod, type CreditStanding } from './credit-standing';
import { gradeAfterReview } from './hysteresis';
import { gradeOfScore } from './score';

/** How a day's score moves the grade that stood before the day. */
export interface ReviewOutcome extends Pick<CreditStanding, 'grade' | 'gradeSince' | 'period' | 'settled' | 'scores'> {
  /** The day is a review date of this customer. */
  isReview: boolean;
}

/**
 * The grade by score and bands. The first grade, and each until the first review, is that of the score; so is the
 * first one on a new scale (scorecard, cut-offs or windows changed). From then on it moves on review dates alone, as
 * `gradeAfterReview` says; a review without a score breaks the row of reviews. A freeze lets it fall and not rise.
 * (Method, Rating, 5.)
 * @param opening the standing at the end of the days before; null = none
 */
export function reviewGrade(
  score: number | null,
  opening: CreditStanding | null,
  asOf: LocalDate,
  frozen: boolean,
  policy: CreditPolicy,
): ReviewOutcome {
  const period = reviewPeriod(asOf, policy.policy.review);
  const isReview = opening !== null && opening.period !== period;
  if (score === null) return withoutScore(opening, isReview, period);
  const { scale, rankOf } = compilePolicy(policy);
  const before = opening && standsOn(opening, scale, rankOf) ? opening : null;
  if (before === null) {
    const grade = gradeOfScore(score, policy);
    const settled = opening !== null && opening.grade !== null && opening.settled;
    return { isReview, period, grade, gradeSince: asOf, settled, scores: [] };
  }
  const { hysteresis } = policy;
  const kept = Math.max(hysteresis.upConsecutive, hysteresis.downConsecutive);
  const scores = isReview ? [score, ...before.scores].slice(0, kept) : before.scores;
  const moved = movedGrade(before, score, scores, isReview, asOf, policy);
  const rank = (grade: string) => rankOf.get(grade) ?? 0;
  const grade = frozen && rank(moved) < rank(before.grade) ? before.grade : moved;
  const gradeSince = grade === before.grade ? before.gradeSince : asOf;
  return { isReview, period, grade, gradeSince, settled: before.settled || isReview, scores };
}

function standsOn(
  opening: CreditStanding,
  scale: string,
  rankOf: ReadonlyMap<string, number>,
): opening is CreditStanding & { grade: string } {
  return opening.grade !== null && opening.scale === scale && rankOf.has(opening.grade);
}

function movedGrade(
  before: CreditStanding & { grade: string },
  score: number,
  scores: readonly number[],
  isReview: boolean,
  asOf: LocalDate,
  policy: CreditPolicy,
): string {
  if (!before.settled) return gradeOfScore(score, policy);
  if (!isReview) return before.grade;
  const daysSinceChange = before.gradeSince === null ? Infinity : daysBetween(before.gradeSince, asOf);
  return gradeAfterReview({ current: before.grade, scores, daysSinceChange }, policy);
}

function withoutScore(opening: CreditStanding | null, isReview: boolean, period: string): ReviewOutcome {
  return {
    isReview,
    period,
    grade: opening?.grade ?? null,
    gradeSince: opening?.gradeSince ?? null,
    settled: (opening?.settled ?? false) || isReview,
    scores: isReview ? [] : (opening?.scores ?? []),
  };
}

/** Whether a rule that ended lately still keeps the grade down. */
export interface CureOutcome extends Pick<CreditStanding, 'capped' | 'curedFrom'> {
  inCure: boolean;
}

/**
 * The cure: for `cure_days` from the first day without a hard rule that capped at `cure_cap` or worse, the grade is at
 * most `cure_cap`. Rules with a milder cap need none: the cure would be harder than they. Before the first review
 * there is none either, so that a history that is still being loaded leaves nothing behind.
 */
export function cureOf(
  fired: readonly CompiledRule[],
  opening: CreditStanding | null,
  asOf: LocalDate,
  policy: CreditPolicy,
): CureOutcome {
  const { rankOf } = compilePolicy(policy);
  const { cureCap, cureDays } = policy.hysteresis;
  const worst = rankOf.get(cureCap) ?? 0;
  const capped = fired.some(({ cap }) => cap !== undefined && (rankOf.get(cap) ?? 0) >= worst);
  if (capped || !opening?.settled) return { capped, curedFrom: null, inCure: false };
  const from = opening.capped ? asOf : opening.curedFrom;
  const inCure = from !== null && daysBetween(from, asOf) < cureDays;
  return { capped, curedFrom: inCure ? from : null, inCure };
}
