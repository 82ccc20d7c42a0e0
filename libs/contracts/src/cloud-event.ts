import type { Instant } from '@syncline/model';

/** What a publisher says about one fact; see docs/reference/events.md. */
export interface CloudEvent<T = unknown> {
  /** `syncline.<thing>.<fact>.v<n>`. */
  type: string;
  /** The stage that publishes, as a URI reference: `/syncline/reconcile`. Duplicates share `source` and `id`. */
  source: string;
  /** What the event is about; also the message key, so that the facts of one subject keep their order. */
  subject: string;
  /** The subject's version: a subscriber drops an event whose sequence is not above the last one it took. */
  sequence: number;
  /** Made from what happened, never from chance: the same fact published twice has the same id. */
  id: string;
  time: Instant;
  data: T;
  /** Further headers, e.g. `ce_traceparent`; they can't replace those of the event itself. */
  headers?: Record<string, string>;
}

/** A log message, structurally the pipeline's `LogMessage` with its headers always there. */
export interface EventMessage {
  key: Buffer;
  value: Buffer;
  headers: Record<string, string>;
  timestamp: number;
}

/** Anything that a log gives back. */
export interface EncodedMessage {
  key: Buffer | null;
  value: Buffer | null;
  headers?: Record<string, string>;
}

const SEQUENCE_DIGITS = 20;

/** Version as text that sorts like the number: zero-padded to 20 digits. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}

/**
 * A CloudEvent 1.0 in Kafka binary mode: attributes in `ce_*` headers, `data` as JSON in the value, the subject
 * as key. The message's timestamp is the event's time.
 * @param data the event's data as JSON, where the caller has it
 */
export function cloudEventMessage(event: CloudEvent, data = JSON.stringify(event.data)): EventMessage {
  return {
    key: Buffer.from(event.subject),
    value: Buffer.from(data),
    headers: {
      ...event.headers,
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: event.source,
      ce_type: event.type,
      ce_time: event.time,
      ce_subject: event.subject,
      ce_sequence: sequenceText(event.sequence),
      'content-type': 'application/json',
    },
    timestamp: Date.parse(event.time),
  };
}

/**
 * Reads what `cloudEventMessage` made. The data's shape is the caller's claim: `validateEvent` proves it.
 * @throws TypeError when a required attribute is missing, SyntaxError when the value is not JSON
 */
export function readCloudEvent<T>(message: EncodedMessage): CloudEvent<T> {
  const attribute = (name: string): string => {
    const value = message.headers?.[`ce_${name}`];
    if (value === undefined) throw new TypeError(`not a CloudEvent: header ce_${name} is missing`);
    return value;
  };
  return {
    type: attribute('type'),
    source: attribute('source'),
    subject: attribute('subject'),
    sequence: Number(attribute('sequence')),
    id: attribute('id'),
    time: attribute('time'),
    data: JSON.parse(message.value?.toString() ?? 'null') as T,
  };
}
