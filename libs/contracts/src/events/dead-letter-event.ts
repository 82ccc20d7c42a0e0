import type { ErrorClass, Instant } from '@syncline/model';
import { cloudEventMessage, type EventMessage } from '../cloud-event';

export type DeadLetterFact = 'opened' | 'resolved' | 'discarded';

/** What a published dead-letter event says; the pipeline's `DeadLetter` has this form. */
export interface DeadLetterCause {
  /** `<topic>/<partition>/<offset>`. */
  id: string;
  stage: string;
  system: string;
  topic: string;
  partition: number;
  offset: number;
  errorCode: string;
  errorClass: ErrorClass;
  errorMessage: string;
  errorWhere: string | null;
  advice: string | null;
  mapping: string | null;
  attempts: number;
  firstFailedAt: Instant;
}

/** Data of `syncline.dead-letter.opened.v1`, `.resolved.v1` and `.discarded.v1`: the cause, never the message itself. */
export interface DeadLetterEventData {
  deadLetterId: string;
  stage: string;
  system: string;
  topic: string;
  partition: number;
  offset: number;
  code: string;
  class: ErrorClass;
  message: string;
  where: string | null;
  advice: string | null;
  mapping: string | null;
  attempts: number;
  firstFailedAt: Instant;
}

/**
 * The event of a dead letter, for topic `syncline.dead-letter.v1`. The failed message's own bytes stay in the
 * store, where operators alone can read them; its position and cause also stand in the headers that Kafka Connect
 * uses, so that tools which know those find them.
 */
export function deadLetterEvent(fact: DeadLetterFact, letter: DeadLetterCause, time: Instant): EventMessage {
  return cloudEventMessage({
    type: `syncline.dead-letter.${fact}.v1`,
    source: `/syncline/${letter.stage}`,
    subject: letter.id,
    sequence: letter.attempts,
    id: `${letter.id}:${letter.attempts}:${fact}`,
    time,
    data: deadLetterData(letter),
    headers: deadLetterHeaders(letter),
  });
}

/** The headers of a dead letter under their Kafka Connect names, and beside them Syncline's own. */
export function deadLetterHeaders(letter: DeadLetterCause): Record<string, string> {
  return {
    '__connect.errors.topic': letter.topic,
    '__connect.errors.partition': String(letter.partition),
    '__connect.errors.offset': String(letter.offset),
    '__connect.errors.connector.name': letter.system,
    '__connect.errors.stage': letter.stage.toUpperCase(),
    '__connect.errors.exception.class.name': letter.errorCode,
    '__connect.errors.exception.message': letter.errorMessage,
    'syncline.error.code': letter.errorCode,
    'syncline.error.class': letter.errorClass,
    'syncline.attempt': String(letter.attempts),
    ...(letter.mapping === null ? {} : { 'syncline.mapping.version': letter.mapping }),
    'syncline.first.failed.at': letter.firstFailedAt,
  };
}

function deadLetterData(letter: DeadLetterCause): DeadLetterEventData {
  return {
    deadLetterId: letter.id,
    stage: letter.stage,
    system: letter.system,
    topic: letter.topic,
    partition: letter.partition,
    offset: letter.offset,
    code: letter.errorCode,
    class: letter.errorClass,
    message: letter.errorMessage,
    where: letter.errorWhere,
    advice: letter.advice,
    mapping: letter.mapping,
    attempts: letter.attempts,
    firstFailedAt: letter.firstFailedAt,
  };
}
