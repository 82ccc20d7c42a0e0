import { SynclineError, type ErrorKind } from '@syncline/model';

/** Errors of the credit library; the reference documentation is made from this list. */
export const CREDIT_ERRORS = {
  CREDIT_POLICY_INVALID: {
    kind: 'fatal',
    meaning: 'The credit policy file has findings.',
    advice: 'Correct the named places; docs/reference/credit-policy.md describes every field.',
  },
} as const satisfies Record<string, { kind: ErrorKind; meaning: string; advice: string }>;

export function creditError(code: keyof typeof CREDIT_ERRORS, message: string, where?: string): SynclineError {
  const { kind, advice } = CREDIT_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, where });
}
