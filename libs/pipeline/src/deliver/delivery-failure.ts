import { SynclineError, type ErrorClass, type ErrorKind } from '@syncline/model';

interface FailureBase {
  /** Stable, see DELIVER_ERRORS and ADAPTERS_ERRORS. */
  code: string;
  /** What the target answered, in our words: codes and field names, no payload, no secret, nothing personal. */
  message: string;
}

/** Why a write did not come about, sorted by what the host must do next. */
export type DeliveryFailure = FailureBase &
  (
    | {
        type: 'retryable';
        retryAfterMs?: number;
        /** The write may have happened: read before writing again. */
        ambiguous?: boolean;
        /** Nothing gets through at the moment, whichever account: feeds the circuit breaker, never exhausts retries. */
        targetWide?: boolean;
      }
    | { type: 'throttled'; retryAfterMs?: number; scope: 'account' | 'target' }
    /** Someone else changed it since it was read. */
    | { type: 'conflict' }
    /** `refreshable`: logging in again may help. */
    | { type: 'auth'; refreshable: boolean }
    | { type: 'permanent'; field?: string; needsHuman?: boolean }
  );

/** Raised by adapters where no single command is to blame. */
export class TargetFailure extends SynclineError {
  constructor(
    readonly failure: DeliveryFailure,
    cause?: unknown,
  ) {
    super({
      code: failure.code,
      kind: errorKindOf(failure),
      class: errorClassOf(failure),
      message: failure.message,
      cause,
    });
    this.name = 'TargetFailure';
  }
}

/** The class of dead letters and of delivery states that a failure belongs to. */
export function errorClassOf(failure: DeliveryFailure): ErrorClass {
  switch (failure.type) {
    case 'retryable':
      return failure.targetWide ? 'connection' : 'intermittent';
    case 'throttled':
      return 'rate_limit';
    case 'conflict':
      return 'intermittent';
    case 'auth':
      return 'authorization';
    case 'permanent':
      return failure.field === 'account' ? 'missing' : 'value';
  }
}

function errorKindOf(failure: DeliveryFailure): ErrorKind {
  return failure.type === 'permanent' ? 'poison' : 'transient';
}
