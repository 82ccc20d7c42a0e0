export * from './reconcile-store.port';
export * from './reconcile-batch';
export * from './reconcile-records';
export * from './reconcile-errors';
export * from './decide-identity';
export * from './resolve-identity';
export * from './survivorship';
export * from './customer-events';
export type { CrossReferences } from './join-accounts';
