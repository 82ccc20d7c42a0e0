export * from './reconcile-store.port';
