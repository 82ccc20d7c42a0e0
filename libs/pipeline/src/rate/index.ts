export * from './rate-store.port';
export * from './evaluate-customers';
export * from './rate-batch';
export * from './rate-by-calendar';
export * from './rating-schedule';
export * from './rate-stage';
export * from './rate.controller';
export * from './rate.module';
