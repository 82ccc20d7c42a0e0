export * from './builders/ledger-item.builder';
export * from './builders/ledger-item.arbitrary';
export * from './local-database';
export * from './contracts/event-log.contract';
export * from './contracts/event-log-collector';
export * from './memory-reconcile-store';
