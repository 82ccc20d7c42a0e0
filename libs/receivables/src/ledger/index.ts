export * from './ledger-entry';
export * from './ledger-event';
export * from './ledger-finding';
export type { Acceptance } from './acceptances';
export type { Dispute } from './disputes';
export type { LedgerLine } from './ledger-line';
export * from './ledger-as-of';
