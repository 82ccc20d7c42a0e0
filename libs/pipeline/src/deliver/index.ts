export * from './delivery-store.port';
