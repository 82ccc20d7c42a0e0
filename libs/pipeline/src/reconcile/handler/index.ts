// Reconcile without its Nest module, which a thread would load for nothing.
export * from '../reconcile-batch';
export type { ReconcileRules } from '../reconcile-records';
export * from '../resolve-identity';
