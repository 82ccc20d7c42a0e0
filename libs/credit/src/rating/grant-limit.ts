import {
  Big,
  canonicalDecimal,
  daysBetween,
  fixedDecimal,
  type Decimal,
  type LocalDate,
  type GroupShare,
} from '@syncline/model';
import { leftBy } from '../group/group-limit';
import type { OverrideEffects } from '../override/apply-overrides';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy } from './compiled-policy';
import type { CreditStanding } from './credit-standing';
import { leastOf, limitBounds, roundDown, type Limit, type LimitBounds, type LimitInput } from './limit';
import { limitAfterChange } from './limit-change';
import type { ReviewOutcome } from './review';

/** What a limit is granted from. */
export interface LimitRequest {
  policy: CreditPolicy;
  asOf: LocalDate;
  opening: CreditStanding | null;
  review: ReviewOutcome;
  /** Term of the grade before hard rules. */
  reviewTermDays: number;
  /** The grade after rules, cure and overrides, and its term. */
  grade: string;
  termDays: number;
  /** All that bounds a limit but grade and term. */
  bounds: Omit<LimitInput, 'grade' | 'termDays'>;
}

export interface GrantedLimit {
  limit: Decimal;
  bound: string;
  /** By the bounds of the granted grade, before the rules on changes. */
  proposed: Decimal | null;
  bounds: Record<string, Decimal | null>;
  /** What the next day starts from. */
  standing: Pick<CreditStanding, 'limit' | 'limitRaisedOn'>;
}

/**
 * The limit of a customer with a score. The limit before hard rules moves as the rules on changes say; what hard
 * rules, cure and overrides make of the grade bounds it at once, and ends at once with them: the limit then returns
 * to where it stood, not to where a rule had left it.
 */
export function grantLimit(request: LimitRequest): GrantedLimit {
  const { policy, review, bounds, grade, termDays, reviewTermDays } = request;
  const reviewed = review.grade ?? grade;
  const ownBounds = limitBounds({ ...bounds, grade: reviewed, termDays: reviewTermDays }, policy);
  const own = leastOf(ownBounds, policy);
  const standing = changedLimit(own.limit, reviewed, request);
  const moved = standing.limit ?? own.limit;
  if (grade === reviewed && termDays === reviewTermDays) {
    const bound = moved === own.limit ? own.bound : 'limit_change';
    return { limit: moved, bound, proposed: own.limit, bounds: texts(ownBounds), standing };
  }
  const grantedBounds = limitBounds({ ...bounds, grade, termDays }, policy);
  const granted = leastOf(grantedBounds, policy);
  const { limit, bound } = boundedBy(granted, moved, grade, reviewed, policy);
  return { limit, bound, proposed: granted.limit, bounds: texts(grantedBounds), standing };
}

/** Where the limit before hard rules stands at the end of the day. */
function changedLimit(
  proposed: Decimal,
  grade: string,
  { policy, asOf, opening, review }: LimitRequest,
): Pick<CreditStanding, 'limit' | 'limitRaisedOn'> {
  const current = opening?.settled ? opening.limit : null;
  if (current === null || opening === null) return { limit: proposed, limitRaisedOn: null };
  const { rankOf, name, grades } = compilePolicy(policy);
  const mayMove = review.isReview || opening.policy !== name || current === '0';
  const rank = rankOf.get(grade) ?? 0;
  const fallen = rank - (rankOf.get(opening.grade ?? grade) ?? rank);
  const immediate = fallen >= 2 && policy.limitChange.immediateDownWhen.includes('downgrade_2');
  const daysSinceUp = opening.limitRaisedOn === null ? null : daysBetween(opening.limitRaisedOn, asOf);
  const moved = mayMove ? limitAfterChange({ current, proposed, immediate, daysSinceUp }, policy) : current;
  // No rule on changes keeps a limit above what its grade allows at all.
  const limit = grades[rank].cap.lt(moved) ? roundDown(grades[rank].cap, policy) : moved;
  return { limit, limitRaisedOn: new Big(limit).gt(current) ? asOf : opening.limitRaisedOn };
}

/** A worse grade bounds the limit that stood; a better one, which only a person can decide, lifts it. */
function boundedBy(
  granted: Limit,
  moved: Decimal,
  grade: string,
  reviewed: string,
  policy: CreditPolicy,
): { limit: Decimal; bound: string } {
  const { rankOf } = compilePolicy(policy);
  const isLower = new Big(granted.limit).lt(moved);
  const isBetter = (rankOf.get(grade) ?? 0) < (rankOf.get(reviewed) ?? 0);
  if (isBetter) return isLower ? { limit: moved, bound: 'limit_change' } : granted;
  if (!isLower) return { limit: moved, bound: moved === granted.limit ? granted.bound : 'limit_change' };
  if (policy.limitChange.immediateDownWhen.includes('hard_rule')) return granted;
  const { grades } = compilePolicy(policy);
  const floor = new Big(moved).times(new Big(1).minus(policy.limitChange.maxDown));
  const { cap } = grades[rankOf.get(grade) ?? grades.length - 1];
  const limit = roundDown(floor.lt(cap) ? floor : cap, policy);
  return new Big(limit).gt(granted.limit) ? { limit, bound: 'limit_change' } : granted;
}

/** What people and groups make of a limit: an override replaces it, a temporary limit lifts it, a group bounds all. */
export function adjustedLimit(
  granted: { limit: Decimal; bound: string },
  { limit: overridden, temporaryLimit }: Pick<OverrideEffects, 'limit' | 'temporaryLimit'>,
  group: GroupShare | null,
  policy: CreditPolicy,
): { limit: Decimal; bound: string } {
  let result = overridden === null ? granted : { limit: overridden, bound: 'override' };
  if (temporaryLimit !== null && new Big(temporaryLimit).gt(result.limit))
    result = { limit: temporaryLimit, bound: 'temporary_limit' };
  if (group === null) return result;
  const most = roundDown(leftBy(group), policy);
  return new Big(most).lt(result.limit) ? { limit: most, bound: 'group' } : result;
}

function texts(bounds: LimitBounds): Record<string, Decimal | null> {
  const text = (value: Big | null) => (value === null ? null : canonicalDecimal(fixedDecimal(value)));
  return {
    need: text(bounds.need),
    capacity: text(bounds.capacity),
    collections: text(bounds.collections),
    grade_cap: text(bounds.grade_cap),
    concentration: text(bounds.concentration),
  };
}
