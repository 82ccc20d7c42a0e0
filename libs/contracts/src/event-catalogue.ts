import { CREDIT_RATING_CHANGED } from './events/credit-rating-event';
import { CUSTOMER_ALERT_ENDED, CUSTOMER_ALERT_RAISED } from './events/customer-alert-event';
import { CUSTOMER_CHANGED, CUSTOMER_MERGED, CUSTOMER_SPLIT } from './events/customer-event';
import { CUSTOMER_ALERT_DATA } from './schemas/customer-alert.schema';
import {
  CREDIT_RATING_DATA,
  CUSTOMER_DATA,
  CUSTOMER_MERGED_DATA,
  CUSTOMER_SPLIT_DATA,
} from './schemas/customer.schema';
import { DRAFT, type JsonSchema } from './schemas/json-schema';
import { DEAD_LETTER_DATA, DELIVERY_DATA } from './schemas/operations.schema';
import { RECORD_DATA } from './schemas/record.schema';

export interface EventDescription {
  /** `ce_type` of a CloudEvent; on the records topic, a name for the schema alone. */
  type: string;
  title: string;
  /** When it is published and what follows from it for a reader. */
  description: string;
  schema: JsonSchema;
}

export interface TopicDescription {
  topic: string;
  title: string;
  /** What the message key is. */
  key: string;
  /** False: plain JSON between the stages; may change with a release. */
  cloudEvents: boolean;
  description: string;
  events: readonly EventDescription[];
}

const event = (type: string, title: string, description: string, schema: JsonSchema): EventDescription => ({
  type,
  title,
  description,
  schema: { $schema: DRAFT, $id: `urn:syncline:${type}`, title, description, ...schema },
});

const CUSTOMER_TOPIC: TopicDescription = {
  topic: 'syncline.customer.v1',
  title: 'Customers',
  key: 'customer id',
  cloudEvents: true,
  description: 'The unified view of each customer, whole, whenever it changes, and what became of its id.',
  events: [
    event(
      CUSTOMER_CHANGED,
      'Customer changed',
      'The view of a customer is new or different. Carries all of it.',
      CUSTOMER_DATA,
    ),
    event(
      CUSTOMER_MERGED,
      'Customer merged',
      'All its accounts went to another customer. Point your own references there; the old id keeps answering.',
      CUSTOMER_MERGED_DATA,
    ),
    event(
      CUSTOMER_SPLIT,
      'Customer split off',
      'It has accounts that belonged to another customer before.',
      CUSTOMER_SPLIT_DATA,
    ),
  ],
};

const RATING_TOPIC: TopicDescription = {
  topic: 'syncline.credit-rating.v1',
  title: 'Credit ratings',
  key: 'customer id',
  cloudEvents: true,
  description: 'The credit rating of each customer, whole, whenever the decision changes. Compacted.',
  events: [
    event(
      CREDIT_RATING_CHANGED,
      'Credit rating changed',
      'Grade, term, limit or hold of a customer is new or different, by an event or by the calendar.',
      CREDIT_RATING_DATA,
    ),
  ],
};

const ALERT_TOPIC: TopicDescription = {
  topic: 'syncline.customer-alert.v1',
  title: 'Customer alerts',
  key: 'customer id',
  cloudEvents: true,
  description: 'What the daily evaluation of all customers noticed, with the rule and what it saw.',
  events: [
    event(
      CUSTOMER_ALERT_RAISED,
      'Customer alert raised',
      'A rule began to hold for a customer. It holds until the event that ends it; nothing repeats it day by day. What held already when the customer was first looked at is told only if the policy asks for it (`first`).',
      CUSTOMER_ALERT_DATA,
    ),
    event(
      CUSTOMER_ALERT_ENDED,
      'Customer alert ended',
      'The rule holds no longer, or the customer was merged into another one (`mergedInto`), for which it is raised again if it holds there. Also of an alert that was found first and not told.',
      CUSTOMER_ALERT_DATA,
    ),
  ],
};

const DELIVERY_TOPIC: TopicDescription = {
  topic: 'syncline.delivery.v1',
  title: 'Deliveries',
  key: 'customer id',
  cloudEvents: true,
  description: 'What became of bringing ratings to the targets.',
  events: [
    event(
      'syncline.delivery.confirmed.v1',
      'Delivery confirmed',
      'The target was read back and has the rating.',
      DELIVERY_DATA,
    ),
    event(
      'syncline.delivery.failed.v1',
      'Delivery failed',
      'The target refused, or the attempts are used up; someone has to act.',
      DELIVERY_DATA,
    ),
    event(
      'syncline.delivery.drifted.v1',
      'Delivery drifted',
      'The target no longer has what was confirmed; it is delivered again.',
      DELIVERY_DATA,
    ),
  ],
};

const DEAD_LETTER_TOPIC: TopicDescription = {
  topic: 'syncline.dead-letter.v1',
  title: 'Dead letters',
  key: 'dead letter id',
  cloudEvents: true,
  description: 'Messages that could not be handled, with their cause and position. The bytes stay in the store.',
  events: [
    event(
      'syncline.dead-letter.opened.v1',
      'Dead letter opened',
      'A message failed; later ones of its key wait.',
      DEAD_LETTER_DATA,
    ),
    event(
      'syncline.dead-letter.resolved.v1',
      'Dead letter resolved',
      'The message was handled after all.',
      DEAD_LETTER_DATA,
    ),
    event(
      'syncline.dead-letter.discarded.v1',
      'Dead letter discarded',
      'Someone decided to do without it.',
      DEAD_LETTER_DATA,
    ),
  ],
};

export const RECORD_SCHEMA_NAME = 'syncline.record.v1';

const RECORDS_TOPIC: TopicDescription = {
  topic: 'syncline.records.v1',
  title: 'Records',
  key: 'system/kind/key',
  cloudEvents: false,
  description:
    'Canonical records on their way from ingest to reconcile. Internal: read it to learn, build on the others.',
  events: [event(RECORD_SCHEMA_NAME, 'Record', 'One version of one thing as one system has it.', RECORD_DATA)],
};

/** Every topic that Syncline writes, with what is on it. Validation, AsyncAPI and the event pages come from here. */
export const EVENT_CATALOGUE: readonly TopicDescription[] = [
  CUSTOMER_TOPIC,
  RATING_TOPIC,
  ALERT_TOPIC,
  DELIVERY_TOPIC,
  DEAD_LETTER_TOPIC,
  RECORDS_TOPIC,
];
