import type { DeliveryFailure } from './delivery-failure';
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
