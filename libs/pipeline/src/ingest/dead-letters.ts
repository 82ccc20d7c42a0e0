import { deadLetterEvent, type DeadLetterFact } from '@syncline/contracts';
import type { SynclineError } from '@syncline/model';
import type { LogMessage } from '../shared/event-log.port';
import { instantOf } from '../shared/clock';
import { ingestError } from './errors';
import type { DeadLetter } from './ingest-store.port';

/** A message in its place, and whose it is. */
export interface PlacedMessage extends LogMessage {
  system: string;
  topic: string;
  partition: number;
  offset: number;
  mapping: string | null;
}

/** `<topic>/<partition>/<offset>`: the same message always has the same letter. */
export function letterId({ topic, partition, offset }: Pick<PlacedMessage, 'topic' | 'partition' | 'offset'>): string {
  return `${topic}/${partition}/${offset}`;
}

/** What a message parks when it fails; null when it has no key. */
export function parkingKeyOf(topic: string, key: Buffer | null): string | null {
  return key === null ? null : `${topic} ${key.toString('utf8')}`;
}

/** The dead letter of a message that failed. `now` in milliseconds since 1970. */
export function deadLetterOf(
  message: PlacedMessage,
  error: SynclineError,
  now: number,
  id = letterId(message),
): DeadLetter {
  const at = instantOf(now);
  return {
    id,
    stage: 'ingest',
    system: message.system,
    topic: message.topic,
    partition: message.partition,
    offset: message.offset,
    parkingKey: parkingKeyOf(message.topic, message.key),
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
    timestamp: message.timestamp,
    errorCode: error.code,
    errorClass: error.class ?? 'value',
    errorMessage: error.message,
    errorWhere: error.where ?? null,
    advice: error.advice ?? null,
    mapping: message.mapping,
    attempts: 1,
    status: 'open',
    firstFailedAt: at,
    lastFailedAt: at,
  };
}

/** The letter of a message that waits behind a failed one of the same key. */
export function parkedError(): SynclineError {
  return ingestError('INGEST_KEY_PARKED', 'an earlier message of the same key failed; this one waits behind it');
}

/** The published facts of letters, one message each. */
export function deadLetterMessages(fact: DeadLetterFact, letters: readonly DeadLetter[], now: number): LogMessage[] {
  return letters.map((letter) => deadLetterEvent(fact, letter, instantOf(now)));
}
