import { Big } from '@syncline/model';
import { exposureRuleOf, type ExposureRule } from '../policy/exposure-rule';
import type { CreditPolicy, GradePolicy, HardRulePolicy } from '../policy/policy-schema';
import { FACT_TYPES } from '../rules/fact-catalogue';
import { compileRule, type RuleCondition } from '../rules/rule-condition';

export interface CompiledRule extends HardRulePolicy {
  condition: RuleCondition;
  /** Names the limit, and so is looked at only when there is one. */
  needsLimit: boolean;
}

/** What is made of a policy once, and not for every customer. */
export interface CompiledPolicy {
  rules: CompiledRule[];
  /** What rules on the limit name besides it. */
  limitRuleNames: string[];
  /** 0 is the best grade. */
  rankOf: ReadonlyMap<string, number>;
  grades: { grade: GradePolicy; cap: Big; multiple: Big }[];
  features: string[];
  exposure: ExposureRule;
  /** `<id>@<version>`. */
  name: string;
  /** Equal for policies that give a customer the same score and grade by it: what bands are measured on. */
  scale: string;
}

const compiled = new WeakMap<CreditPolicy, CompiledPolicy>();

/** Compiles a checked policy; the same object is compiled once. */
export function compilePolicy(policy: CreditPolicy): CompiledPolicy {
  let result = compiled.get(policy);
  if (!result) compiled.set(policy, (result = compile(policy)));
  return result;
}

function compile(policy: CreditPolicy): CompiledPolicy {
  const rules = policy.hardRules.map((rule): CompiledRule => {
    const condition = compileRule(rule.when, FACT_TYPES);
    return { ...rule, condition, needsLimit: condition.names.has('limit') };
  });
  const namedWithLimit = rules.filter((rule) => rule.needsLimit).flatMap((rule) => [...rule.condition.names]);
  return {
    rules,
    limitRuleNames: [...new Set(namedWithLimit)].filter((name) => name !== 'limit'),
    rankOf: new Map(policy.grades.map((grade, index) => [grade.grade, index])),
    grades: policy.grades.map((grade) => ({ grade, cap: new Big(grade.cap), multiple: new Big(grade.mult) })),
    features: Object.keys(policy.scorecard),
    exposure: exposureRuleOf(policy),
    name: `${policy.policy.id}@${policy.policy.version}`,
    scale: fingerprint(JSON.stringify(scaleOf(policy))),
  };
}

function scaleOf({ windows, payIndex, scorecard, missing, dispute, grades }: CreditPolicy): unknown {
  return [windows, payIndex, scorecard, missing, dispute, grades.map(({ grade, min }) => [grade, min])];
}

/** FNV-1a, 32 bits: tells texts apart, guards nothing. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
