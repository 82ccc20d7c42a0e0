import { SynclineError, type ErrorKind } from '@syncline/model';

/** Errors of identity resolution; the reference documentation is made from this list. */
export const IDENTITY_ERRORS = {
  MATCHING_CONFIGURATION_INVALID: {
    kind: 'fatal',
    meaning: 'The matching configuration has findings.',
    advice: 'Correct the named places; docs/reference/matching.md describes every field.',
  },
} as const satisfies Record<string, { kind: ErrorKind; meaning: string; advice: string }>;

export function identityError(code: keyof typeof IDENTITY_ERRORS, message: string, where?: string): SynclineError {
  const { kind, advice } = IDENTITY_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, where });
}
