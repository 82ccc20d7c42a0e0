/** Syncline's own topics. Names carry the version of their contract: an incompatible change is a new topic. */
export const TOPICS = {
  records: 'syncline.records.v1',
  customers: 'syncline.customer.v1',
  ratings: 'syncline.credit-rating.v1',
  customerAlerts: 'syncline.customer-alert.v1',
  deliveries: 'syncline.delivery.v1',
  deadLetters: 'syncline.dead-letter.v1',
  /** Dead letters that come back; consumed by ingest. */
  replays: 'syncline.replay.v1',
} as const;
