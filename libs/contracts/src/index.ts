export * from './cloud-event';
export * from './events/customer-event';
export * from './events/credit-rating-event';
export * from './events/delivery-event';
export * from './events/dead-letter-event';
export * from './event-catalogue';
export { ERROR_CLASSES } from './schemas/operations.schema';
export type { JsonSchema } from './schemas/json-schema';
export * from './validate-event';
