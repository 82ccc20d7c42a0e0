import { SynclineError } from '@syncline/model';
import type { DeliveryFailure } from '@syncline/pipeline/deliver';
import { ADAPTERS_ERRORS, type AdapterErrorCode } from './errors';

type Sort<T = DeliveryFailure> = T extends DeliveryFailure ? Omit<T, 'code' | 'message'> : never;

/** A failure with the text of its catalogue entry and, behind it, what the target said in codes. */
export function failure(code: AdapterErrorCode, sort: Sort, detail?: string): DeliveryFailure {
  const { meaning } = ADAPTERS_ERRORS[code];
  return { ...sort, code, message: detail ? `${meaning} (${detail})` : meaning };
}

/** A value of the rating that the target can't hold. */
export function unsupported(field: string, detail: string): DeliveryFailure {
  return failure('TARGET_VALUE_UNSUPPORTED', { type: 'permanent', field, needsHuman: true }, `${field}: ${detail}`);
}

/** A mistake in the configuration or its surroundings; stops the use of the target, names the place. */
export function configError(code: AdapterErrorCode, message: string, where: string): SynclineError {
  const { kind, advice } = ADAPTERS_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, where });
}
