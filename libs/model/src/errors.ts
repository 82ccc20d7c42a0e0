/**
 * What an error asks of whoever meets it.
 * - `transient`: try again with back-off
 * - `poison`: this input will never succeed; put it aside and go on
 * - `fatal`: this process can't go on; exit non-zero and let the supervisor restart it
 * - `request`: the caller asked for something that can't be had; tell the caller
 */
export type ErrorKind = 'transient' | 'poison' | 'fatal' | 'request';

/** The classes of dead letters that an administrator can act on. */
export type ErrorClass =
  | 'value'
  | 'missing'
  | 'parse'
  | 'duplicate'
  | 'connection'
  | 'intermittent'
  | 'rate_limit'
  | 'too_large'
  | 'authorization'
  | 'parked';

export interface ErrorDetails {
  /** Stable, UPPER_SNAKE_CASE; documented in docs/reference/errors.md. */
  code: string;
  kind: ErrorKind;
  class?: ErrorClass;
  /** What was being done and what is wrong. No payload, no secret, nothing personal. */
  message: string;
  /** What the reader can do about it. */
  advice?: string;
  /** Where it is: `file:line:column`, a field path, or `topic/partition/offset`. */
  where?: string;
  cause?: unknown;
}

/** Every error that Syncline raises on purpose. */
export class SynclineError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly class?: ErrorClass;
  readonly advice?: string;
  readonly where?: string;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'SynclineError';
    this.code = details.code;
    this.kind = details.kind;
    this.class = details.class;
    this.advice = details.advice;
    this.where = details.where;
  }
}
