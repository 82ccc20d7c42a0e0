export * from './cluster';
export * from './customer-id';
export * from './identifiers';
export { isUnifiedSocialCreditCode } from './identifier-schemes/unified-social-credit-code';
export { compileMatching, logOdds, probabilityOf } from './matching/compile-matching';
export { MATCHING_SCHEMA, type KindConfiguration, type MatchingConfiguration } from './matching/matching-schema';
export { matchingOf, parseMatching } from './matching/read-matching';
export { IDENTITY_ERRORS } from './errors';
export type * from './matching/matching-model';
export {
  evaluateMatching,
  pairKey,
  type Evaluation,
  type EvaluationInput,
  type WrongPair,
} from './evaluation/evaluate-matching';
export * from './evaluation/evaluate-pairs';
export type { BestThreshold, Quality } from './evaluation/quality';
export { matchingReference } from './matching/matching-reference';
export * from './evaluation/estimate-shares';
export { estimatedText } from './evaluation/estimated-text';
