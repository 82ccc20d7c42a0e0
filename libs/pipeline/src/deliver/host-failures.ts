import { SynclineError } from '@syncline/model';
import { TargetFailure, type DeliveryFailure } from './delivery-failure';
import { TimeIsUp } from './timers';
import { DELIVER_ERRORS, type DeliverErrorCode } from './errors';

type FailureSort<T = DeliveryFailure> = T extends DeliveryFailure ? Omit<T, 'code' | 'message'> : never;

/** A failure that the host itself finds, with the text of its catalogue entry. */
export function failureOf(code: DeliverErrorCode, sort: FailureSort): DeliveryFailure {
  return { ...sort, code, message: DELIVER_ERRORS[code].meaning };
}

/** The target has no such account, or several. */
export function unresolved(duplicate: boolean): DeliveryFailure {
  const code = duplicate ? 'TARGET_ACCOUNT_DUPLICATE' : 'TARGET_ACCOUNT_MISSING';
  return failureOf(code, { type: 'permanent', field: 'account', needsHuman: true });
}

/**
 * What an error of an adapter means. A mistake in the configuration (a secret that is not there, a host that is not
 * allowed) concerns the whole target and is over as soon as someone corrects it.
 */
export function failureOfError(error: unknown, writes: boolean): DeliveryFailure {
  if (error instanceof TargetFailure) return error.failure;
  if (error instanceof TimeIsUp) {
    return failureOf('TARGET_TIMEOUT', { type: 'retryable', ambiguous: writes, targetWide: true });
  }
  if (error instanceof SynclineError) {
    return { type: 'retryable', targetWide: true, code: error.code, message: error.message };
  }
  return failureOf('TARGET_UNEXPECTED', { type: 'retryable', ambiguous: writes });
}
