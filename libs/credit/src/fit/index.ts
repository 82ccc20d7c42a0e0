export type { FittedFeature } from './fit-scorecard';
export {
  compareOutOfTime,
  fitPolicy,
  splitReviews,
  type FitComparison,
  type FitRefusal,
  type FitSplit,
  type PolicyFit,
} from './fit-policy';
export { fittedPolicyText, type FittedPolicyName } from './fitted-policy-text';
