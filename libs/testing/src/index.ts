export * from './builders/ledger-item.builder';
export * from './builders/ledger-item.arbitrary';
