export * from './insight-store.port';
export * from './class-in-force';
export * from './insight-policy';
export * from './evaluate-insights';
export * from './insight-calendar';
export * from './insight-stage';
export * from './insight.module';
