export * from './adapter.port';
export * from './delivery-failure';
export * from './delivery-store.port';
export * from './errors';
export * from './target';
