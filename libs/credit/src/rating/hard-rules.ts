import type { Decimal, Hold } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import type { Facts, FactValue } from '../rules/rule-condition';
import { compilePolicy, type CompiledRule } from './compiled-policy';

export interface RuleOutcome {
  grade: string;
  hold: Hold;
  /** Rules that hold, in the order of the policy. */
  fired: CompiledRule[];
}

const STRENGTH: Record<Hold, number> = { none: 0, new_orders: 1, all: 2 };

/** The stronger of two holds: none < new_orders < all. */
export function strongerHold(a: Hold, b: Hold): Hold {
  return STRENGTH[b] > STRENGTH[a] ? b : a;
}

/**
 * Evaluates all hard rules but those on the limit: the worst cap and the strongest hold win; a freeze keeps the grade
 * from rising above `currentGrade` (the grade in force; null = none). A rule whose facts are not known, as far as
 * they matter, does not fire. (Method, Rating, 2.)
 */
export function applyHardRules(
  grade: string,
  facts: Facts,
  policy: CreditPolicy,
  currentGrade: string | null = null,
): RuleOutcome {
  return capByRules(grade, firedRules(facts, policy), policy, currentGrade);
}

/** The hard rules that hold, without those on the limit, in the order of the policy. They don't depend on the grade. */
export function firedRules(facts: Facts, policy: CreditPolicy): CompiledRule[] {
  return compilePolicy(policy).rules.filter((rule) => !rule.needsLimit && rule.condition.holds(facts) === true);
}

/** What rules that fired do to a grade; see `applyHardRules`. */
export function capByRules(
  grade: string,
  fired: CompiledRule[],
  policy: CreditPolicy,
  currentGrade: string | null = null,
): RuleOutcome {
  const { rankOf } = compilePolicy(policy);
  const outcome: RuleOutcome = { grade, hold: 'none', fired };
  const rank = (name: string) => rankOf.get(name) ?? 0;
  for (const rule of fired) {
    if (rule.hold) outcome.hold = strongerHold(outcome.hold, rule.hold);
    const cap = rule.cap ?? (rule.freeze && currentGrade !== null ? currentGrade : null);
    if (cap !== null && rank(cap) > rank(outcome.grade)) outcome.grade = cap;
  }
  return outcome;
}

/** The rules on the limit, once it is decided: they can only hold. `facts` are those that the other rules saw. */
export function applyLimitRules(
  facts: Facts,
  limit: Decimal,
  policy: CreditPolicy,
): { hold: Hold; fired: CompiledRule[] } {
  const { rules, limitRuleNames } = compilePolicy(policy);
  const named: Record<string, FactValue | undefined> = { limit };
  for (const name of limitRuleNames) named[name] = facts[name];
  const fired = rules.filter((rule) => rule.needsLimit && rule.condition.holds(named) === true);
  return { hold: fired.reduce<Hold>((hold, rule) => strongerHold(hold, rule.hold ?? 'none'), 'none'), fired };
}
