export type { FittedFeature } from './fit-scorecard';
export { fitPolicy, type FitRefusal, type FitSplit, type PolicyFit } from './fit-policy';
export { compareOutOfTime, type FitComparison } from './compare-out-of-time';
export { fittedPolicyText, type FittedPolicyName } from './fitted-policy-text';
