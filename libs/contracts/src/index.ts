export * from './cloud-event';
export * from './events/customer-event';
export * from './events/credit-rating-event';
export * from './events/delivery-event';
export * from './events/dead-letter-event';
