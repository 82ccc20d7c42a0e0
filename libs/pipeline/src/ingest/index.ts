export * from './ingest-store.port';
export * from './errors';
export * from './decode';
