export * from './shared';
export * from './ingest';
export * from './reconcile';
export * from './rate';
export * from './deliver';
