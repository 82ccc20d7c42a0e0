export * from './ingest-store.port';
