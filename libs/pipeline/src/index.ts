export * from './shared';
export * from './ingest';
export * from './reconcile';
export * from './rate';
export * from './insight';
export * from './deliver';
