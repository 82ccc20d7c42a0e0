export * from './errors';
export * from './policy/policy-finding';
export { POLICY_SCHEMA, type CreditPolicy, type GradePolicy, type HardRulePolicy } from './policy/policy-schema';
export type { FieldDoc } from './policy/policy-fields';
export * from './policy/credit-policy';
export * from './rules/fact-catalogue';
export { compileRule, type FactType, type FactValue, type Facts, type RuleCondition } from './rules/rule-condition';
export { RuleSyntaxError } from './rules/rule-tokens';
