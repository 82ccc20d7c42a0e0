export * from './rate-store.port';
