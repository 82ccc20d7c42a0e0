import { SynclineError, type ErrorDetails, type ErrorKind } from '@syncline/model';
import { PUBLISH_ERRORS, type PublishErrorCode, type PublishErrorDescription } from '../errors';

/** A problem response after RFC 9457, with a stable code in the place of a type URI. */
export interface Problem {
  code: string;
  title: string;
  detail: string;
  status: number;
  where?: string;
  advice?: string;
  /** Whether the same request can succeed later without being changed. */
  retryable: boolean;
  /** Finds the request in the logs. */
  trace: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An error with which a request is answered. `detail` is shown: no secret and nothing personal. */
export function requestError(code: PublishErrorCode, detail: string, where?: string): SynclineError {
  const { kind, advice } = PUBLISH_ERRORS[code];
  return new SynclineError({ code, kind, message: detail, advice, where });
}

/** An error that says when to try again. */
export class RetryLaterError extends SynclineError {
  constructor(
    details: ErrorDetails,
    /** Whole seconds, at least 1. */
    readonly retryAfterSeconds: number,
  ) {
    super(details);
  }
}

/** A refusal that ends by itself after `waitMs` milliseconds. */
export function retryLater(code: PublishErrorCode, detail: string, waitMs: number): RetryLaterError {
  const { kind, advice } = PUBLISH_ERRORS[code];
  return new RetryLaterError({ code, kind, message: detail, advice }, Math.max(1, Math.ceil(waitMs / 1_000)));
}

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = { request: 400, poison: 422, transient: 503, fatal: 500 };

/** How `error` is answered; of errors that nobody raised on purpose nothing is shown. */
export function problemOf(error: unknown, trace: string): Problem {
  if (!(error instanceof SynclineError)) return internalProblem(trace);
  const known: PublishErrorDescription | undefined = PUBLISH_ERRORS[error.code as PublishErrorCode];
  const status = known?.status ?? STATUS_OF_KIND[error.kind];
  if (status >= 500 && error.kind === 'fatal') return internalProblem(trace);
  return {
    code: error.code,
    title: known?.meaning ?? 'The request can not be carried out.',
    detail: error.message,
    status,
    ...(error.where === undefined ? {} : { where: error.where }),
    ...(error.advice === undefined ? {} : { advice: error.advice }),
    retryable: error.kind === 'transient' || status === 429,
    trace,
  };
}

function internalProblem(trace: string): Problem {
  const { meaning, advice, status } = PUBLISH_ERRORS.INTERNAL;
  return { code: 'INTERNAL', title: meaning, detail: 'The request failed.', status, advice, retryable: false, trace };
}
