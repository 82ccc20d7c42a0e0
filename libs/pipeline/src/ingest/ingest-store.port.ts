import type { ErrorClass, Instant } from '@syncline/model';

export type DeadLetterStatus = 'open' | 'replaying' | 'resolved' | 'discarded';

/** A message that could not be handled, as it came, with its cause. */
export interface DeadLetter {
  /** `<topic>/<partition>/<offset>`; handling the same message again finds the same dead letter. */
  id: string;
  stage: 'ingest' | 'reconcile' | 'rate' | 'deliver';
  /** The system whose connector brought it. */
  system: string;
  topic: string;
  partition: number;
  offset: number;
  /** The parking key: `<topic>` and the message key as text; null = messages without a key park nothing. */
  parkingKey: string | null;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
  timestamp: number;
  errorCode: string;
  errorClass: ErrorClass;
  errorMessage: string;
  errorWhere: string | null;
  advice: string | null;
  mapping: string | null;
  attempts: number;
  status: DeadLetterStatus;
  firstFailedAt: Instant;
  lastFailedAt: Instant;
}

/** Whether nobody waits for its message any more. */
export function isClosed({ status }: Pick<DeadLetter, 'status'>): boolean {
  return status === 'resolved' || status === 'discarded';
}

/**
 * Whether two letters of one place are of one message: a topic that was made anew has another message there. Compares
 * what was delivered, time of the message among it.
 */
export function isSameMessage(a: DeliveredMessage, b: DeliveredMessage): boolean {
  if (a.timestamp !== b.timestamp) return false;
  return a.value === null || b.value === null ? a.value === b.value : a.value.equals(b.value);
}

type DeliveredMessage = Pick<DeadLetter, 'timestamp' | 'value'>;

/** Dead letters and parked keys. A key is parked while it has an open dead letter. */
export interface DeadLetterStore {
  /** Adds new ones; for known ids counts the attempt and takes the new cause. */
  save(letters: DeadLetter[]): Promise<void>;
  /** Whether any letter is open: the cheap question that each batch asks first. */
  anyOpen(): Promise<boolean>;
  /** For each of these parking keys that has an open dead letter in the partition: the least offset of one. */
  firstOpen(parkingKeys: string[], partition: number): Promise<Map<string, number>>;
  find(ids: string[]): Promise<DeadLetter[]>;
  /** Open letters of a parking key in the order they came (timestamp of arrival = partition, offset). */
  ofKey(parkingKey: string): Promise<DeadLetter[]>;
  setStatus(ids: string[], status: DeadLetterStatus, at: Instant): Promise<void>;
}

export const DEAD_LETTER_STORE = Symbol('DeadLetterStore');
