export * from './event-log.port';
export * from './job-queue.port';
export * from './local-database';
export * from './clock';
export * from './input-position';
export * from './outbox.port';
export * from './system';
export * from './topics';
