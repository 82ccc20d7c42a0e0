import { Big, type Decimal } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import { roundDown } from './limit';

export interface LimitChange {
  /** The limit in force; null = none yet. */
  current: Decimal | null;
  proposed: Decimal;
  /** A hard rule fired, or the grade fell two notches: a decrease goes through at once. */
  immediate: boolean;
  /** Days since the last increase; null = never. */
  daysSinceUp: number | null;
}

/**
 * How far a limit moves towards the proposed one: small changes are ignored, increases are capped and spaced,
 * decreases are capped unless immediate. From nothing or zero there is no step to measure: the proposed limit
 * stands. In the policy currency, rounded down in its steps. (Method, Rating, 5.)
 */
export function limitAfterChange(
  { current, proposed, immediate, daysSinceUp }: LimitChange,
  policy: CreditPolicy,
): Decimal {
  const wanted = new Big(proposed);
  if (current === null || new Big(current).eq(0)) return roundDown(wanted, policy);
  const from = new Big(current);
  const change = wanted.minus(from).div(from);
  const { ignoreBelow, maxUp, maxDown, minDaysBetweenUp } = policy.limitChange;
  if (change.lt(0) && immediate) return roundDown(wanted, policy);
  if (change.abs().lt(ignoreBelow)) return current;
  if (change.lt(0)) {
    const least = from.times(new Big(1).minus(maxDown));
    return roundDown(wanted.gt(least) ? wanted : least, policy);
  }
  if (daysSinceUp !== null && daysSinceUp < minDaysBetweenUp) return current;
  const most = from.times(new Big(1).plus(maxUp));
  return roundDown(wanted.lt(most) ? wanted : most, policy);
}
