import { SynclineError, type ErrorKind } from '@syncline/model';

/** Errors of the analytics library; the reference documentation is made from this list. */
export const ANALYTICS_ERRORS = {
  ANALYTICS_PURCHASES_INVALID: {
    kind: 'request',
    meaning: 'A summary of purchases contradicts itself.',
    advice: 'Give whole repeat purchases of at least 0, and 0 ≤ time of the last one ≤ time observed.',
  },
} as const satisfies Record<string, { kind: ErrorKind; meaning: string; advice: string }>;

export type AnalyticsErrorCode = keyof typeof ANALYTICS_ERRORS;

/** An error of the catalogue; `where` names the customer or the position in the input. */
export function analyticsError(code: AnalyticsErrorCode, where?: string): SynclineError {
  const { kind, meaning, advice } = ANALYTICS_ERRORS[code];
  return new SynclineError({ code, kind, message: meaning, advice, ...(where === undefined ? {} : { where }) });
}
