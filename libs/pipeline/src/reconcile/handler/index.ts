// Reconcile without its Nest module, which a thread would load for nothing.
export * from '../reconcile-batch';
export type { ReconcileRules } from '../reconcile-records';
export * from '../resolve-identity';
export { StreamMatching, type MatchCounts } from '../matching/stream-matching';
export { RematchAccounts } from '../matching/rematch-accounts';
export { matchRecordOf } from '../matching/match-record';
