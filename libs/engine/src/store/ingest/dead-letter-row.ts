import type { ErrorClass, Instant } from '@syncline/model';
import type { DeadLetter, DeadLetterStatus } from '@syncline/pipeline/ingest';

/** A row of table `dead_letter` as the dialect decodes it. */
export interface DeadLetterRow {
  id: string;
  stage: DeadLetter['stage'];
  system: string;
  topic: string;
  partition_no: number;
  offset_no: number;
  parking_hash: string | null;
  parking_key: string | null;
  key_bytes: Buffer | null;
  value_bytes: Buffer | null;
  headers: Record<string, string>;
  message_at: number;
  error_code: string;
  error_class: ErrorClass;
  error_message: string;
  error_where: string | null;
  advice: string | null;
  mapping: string | null;
  attempts: number;
  status: DeadLetterStatus;
  first_failed_at: Instant;
  last_failed_at: Instant;
  status_at: Instant;
}

export function letterRow(letter: DeadLetter, parkingHash: string | null): DeadLetterRow {
  return {
    id: letter.id,
    stage: letter.stage,
    system: letter.system,
    topic: letter.topic,
    partition_no: letter.partition,
    offset_no: letter.offset,
    parking_hash: parkingHash,
    parking_key: letter.parkingKey,
    key_bytes: letter.key,
    value_bytes: letter.value,
    headers: letter.headers,
    message_at: letter.timestamp,
    error_code: letter.errorCode,
    error_class: letter.errorClass,
    error_message: letter.errorMessage,
    error_where: letter.errorWhere,
    advice: letter.advice,
    mapping: letter.mapping,
    attempts: letter.attempts,
    status: letter.status,
    first_failed_at: letter.firstFailedAt,
    last_failed_at: letter.lastFailedAt,
    status_at: letter.lastFailedAt,
  };
}

export function letterOf(row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    stage: row.stage,
    system: row.system,
    topic: row.topic,
    partition: row.partition_no,
    offset: row.offset_no,
    parkingKey: row.parking_key,
    key: row.key_bytes,
    value: row.value_bytes,
    headers: row.headers,
    timestamp: row.message_at,
    errorCode: row.error_code,
    errorClass: row.error_class,
    errorMessage: row.error_message,
    errorWhere: row.error_where,
    advice: row.advice,
    mapping: row.mapping,
    attempts: row.attempts,
    status: row.status,
    firstFailedAt: row.first_failed_at,
    lastFailedAt: row.last_failed_at,
  };
}
