export * from './create-event-log';
export * from './errors';
export * from './event-log-config';
export * from './embedded/embedded-event-log';
export * from './embedded/migrate-embedded-log';
export * from './kafka/kafka-event-log';
export * from './shared/partitioner';
