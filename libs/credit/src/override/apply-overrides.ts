import { Big, type Decimal, type Hold, type LocalDate, type RatingReason } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy, type CompiledRule } from '../rating/compiled-policy';
import { strongerHold } from '../rating/hard-rules';
import { bestOverriddenRank } from './check-override';
import { overridesInForce, type CreditOverride } from './credit-override';

/** What people decided for a day, ready to be laid over what the policy decides. */
export interface OverrideEffects {
  /** Of the latest override that names it; null = none does. */
  grade: string | null;
  termDays: number | null;
  limit: Decimal | null;
  /** In place of the policy's hold. */
  hold: Hold | null;
  /** Lifts the limit to at least this. */
  temporaryLimit: Decimal | null;
  /** On top of every other hold. */
  manualHold: Hold;
  reasons: RatingReason[];
  /** Ids of those that take part. */
  ids: string[];
}

const NO_EFFECTS: OverrideEffects = {
  grade: null,
  termDays: null,
  limit: null,
  hold: null,
  temporaryLimit: null,
  manualHold: 'none',
  reasons: [],
  ids: [],
};

/**
 * What overrides do on a day. Later decisions win over earlier ones, field by field. What the policy has tightened
 * since still holds: a grade is at most `max_up_notches` above the computed one of the day, a limit at most that
 * grade's cap, and while a rule that nobody can override holds, only holds count.
 */
export function overrideEffects(
  overrides: readonly CreditOverride[],
  asOf: LocalDate,
  computedGrade: string,
  fired: readonly CompiledRule[],
  policy: CreditPolicy,
): OverrideEffects {
  // A group limit acts through the share that it leaves, on all members alike.
  const inForce = overridesInForce(overrides, asOf).filter(({ kind }) => kind !== 'group_limit');
  if (inForce.length === 0) return NO_EFFECTS;
  const forbidden = fired.some(({ code }) => policy.override.forbiddenCodes.includes(code));
  const best = bestOverriddenRank(computedGrade, policy);
  return inForce.reduce<OverrideEffects>((effects, override) => {
    if (override.kind === 'hold') return withHold(effects, override);
    if (forbidden) return withReason(effects, override, 'OVERRIDE_SUSPENDED', 'a rule that nobody can override holds');
    return override.kind === 'temporary_limit'
      ? withTemporaryLimit(effects, override, policy.grades[best].cap)
      : withOverride(effects, override, best, policy);
  }, NO_EFFECTS);
}

function withHold(effects: OverrideEffects, override: CreditOverride): OverrideEffects {
  const manualHold = strongerHold(effects.manualHold, override.hold ?? 'none');
  return { ...withReason(effects, override, 'MANUAL_HOLD', `held by a person${until(override)}`), manualHold };
}

function withTemporaryLimit(effects: OverrideEffects, override: CreditOverride, most: Decimal): OverrideEffects {
  const limit = lesser(override.limit, most);
  const greater = effects.temporaryLimit !== null && new Big(effects.temporaryLimit).gt(limit ?? '0');
  const text = `the limit is higher for a time${until(override)}`;
  return {
    ...withReason(effects, override, 'TEMPORARY_LIMIT', text),
    temporaryLimit: greater ? effects.temporaryLimit : limit,
  };
}

function withOverride(
  effects: OverrideEffects,
  override: CreditOverride,
  best: number,
  policy: CreditPolicy,
): OverrideEffects {
  const rank = override.grade === null ? undefined : compilePolicy(policy).rankOf.get(override.grade);
  return {
    ...withReason(effects, override, 'OVERRIDE', `a person decided otherwise${until(override)}`),
    grade: rank === undefined ? effects.grade : policy.grades[Math.max(best, rank)].grade,
    termDays: override.termDays ?? effects.termDays,
    limit: lesser(override.limit, policy.grades[best].cap) ?? effects.limit,
    hold: override.hold ?? effects.hold,
  };
}

function withReason(effects: OverrideEffects, { id }: CreditOverride, code: string, text: string): OverrideEffects {
  const reason = { code, text: `Override ${id}: ${text}.` };
  return { ...effects, reasons: [...effects.reasons, reason], ids: [...effects.ids, id] };
}

function until({ validTo }: CreditOverride): string {
  return validTo === null ? '' : ` until ${validTo}`;
}

function lesser(limit: Decimal | null, most: Decimal): Decimal | null {
  return limit !== null && new Big(limit).gt(most) ? most : limit;
}
