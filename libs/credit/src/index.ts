export * from './errors';
export { POLICY_SCHEMA, type CreditPolicy, type GradePolicy, type HardRulePolicy } from './policy/policy-schema';
export * from './policy/credit-policy';
export { exposureRuleOf, type ExposureRule } from './policy/exposure-rule';
export { creditPolicyReference } from './policy/policy-reference';
export * from './rules/fact-catalogue';
export { compileClassCondition } from './rules/insight-facts';
export { compileRule, type FactType, type FactValue, type Facts, type RuleCondition } from './rules/rule-condition';
export { RuleSyntaxError } from './rules/rule-tokens';
export { scoreOf, gradeOfScore, type FeatureScore, type FeatureValues, type Score } from './rating/score';
export { applyHardRules, applyLimitRules, strongerHold, type RuleOutcome } from './rating/hard-rules';
export { termOf, type Term, type TermInput } from './rating/term';
export { limitOf, newCustomerLimit, type Limit, type LimitBound, type LimitInput } from './rating/limit';
export { limitAfterChange, type LimitChange } from './rating/limit-change';
export { gradeAfterReview, type GradeReview } from './rating/hysteresis';
export { reviewPeriod, sameStanding, type CreditStanding } from './rating/credit-standing';
export type { KnownFacts } from './rating/rating-facts';
export { reconciliationFacts, type ReconciledBalance } from './rating/reconciliation-facts';
export { rateCustomer, type RatingDecision, type RatingInput } from './rating/rate-customer';
export * from './backtest/index';
export * from './fit/index';
export * from './rating/effective-dating';
export * from './group/group-limit';
export * from './override/credit-override';
export * from './override/inherited-overrides';
export {
  approvalRefusal,
  checkOverride,
  needsApproval,
  OVERRIDE_FINDINGS,
  type ApprovalRefusal,
  type OverriddenRating,
  type OverrideFinding,
  type OverrideFindingCode,
} from './override/check-override';
export {
  explainRating,
  type DocumentKind,
  type ExplainedFeature,
  type ExplainedRule,
  type GradeStep,
  type RatingExplanation,
} from './explain/explain-rating';
export type { BothLanguages } from './explain/customer-phrases';
