import { SynclineError, type ErrorKind } from '@syncline/model';

/** Errors of the receivables library; the reference documentation is made from this list. */
export const RECEIVABLES_ERRORS = {
  RECEIVABLES_BUCKETS_INVALID: {
    kind: 'request',
    meaning: 'The edges of the aging buckets are not whole days in rising order.',
    advice: 'Give the last day of each bucket, e.g. 30, 60, 90.',
  },
} as const satisfies Record<string, { kind: ErrorKind; meaning: string; advice: string }>;

export type ReceivablesErrorCode = keyof typeof RECEIVABLES_ERRORS;

export function receivablesError(code: ReceivablesErrorCode): SynclineError {
  const { kind, meaning, advice } = RECEIVABLES_ERRORS[code];
  return new SynclineError({ code, kind, message: meaning, advice });
}
