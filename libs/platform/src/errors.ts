import { SynclineError, type ErrorKind } from '@syncline/model';

export interface PlatformErrorDescription {
  kind: ErrorKind;
  meaning: string;
  advice: string;
}

/** Errors of starting and stopping a process. */
export const PLATFORM_ERRORS = {
  CONFIG_INVALID: {
    kind: 'fatal',
    meaning: 'The configuration has findings; the process does not start.',
    advice: 'Correct each finding at its file, line and column; `syncline doctor` lists them again.',
  },
  SECRET_MISSING: {
    kind: 'fatal',
    meaning: 'A secret that the configuration refers to is not there.',
    advice: 'Set the environment variable, or create the file and make it readable for this user.',
  },
  TLS_FILE_UNUSABLE: {
    kind: 'fatal',
    meaning: 'A certificate or key that the configuration names was changed or taken away while the process started.',
    advice: 'Put the file back; `syncline doctor` says what is wrong with it.',
  },
} as const satisfies Record<string, PlatformErrorDescription>;

export type PlatformErrorCode = keyof typeof PLATFORM_ERRORS;

/** A SynclineError of the catalogue above. */
export function platformError(
  code: PlatformErrorCode,
  message: string,
  more: { where?: string; cause?: unknown } = {},
): SynclineError {
  const { kind, advice } = PLATFORM_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, ...more });
}
