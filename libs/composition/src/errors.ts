import { SynclineError, type ErrorKind } from '@syncline/model';

export interface CompositionErrorDescription {
  kind: ErrorKind;
  meaning: string;
  advice: string;
}

/** Errors of putting a process together. */
export const COMPOSITION_ERRORS = {
  ROLE_UNKNOWN: {
    kind: 'fatal',
    meaning: 'A process was to be started in a role that does not exist.',
    advice: 'Use one of the roles that the message lists.',
  },
  EMBEDDED_NEEDS_STANDALONE: {
    kind: 'fatal',
    meaning: 'One stage was to be started alone on an embedded profile, whose log and database serve a single process.',
    advice: 'Start the role standalone, or start with --profile distributed.',
  },
  STAGE_CRASHED: {
    kind: 'fatal',
    meaning: 'A stage can not go on. The process ends, so that its supervisor starts it again.',
    advice: 'See the cause in the log line. When it comes back after each start, run `syncline doctor`.',
  },
  STAGE_THREAD_LOST: {
    kind: 'fatal',
    meaning:
      'The thread that reconcile works on has ended. The process ends too, so that its supervisor starts it again.',
    advice: 'See the cause in the log line: out of memory, or a full disk. `threads.reconcile: main` does without it.',
  },
  COMPUTATION_FAILED: {
    kind: 'transient',
    meaning: 'A computation that has a thread of its own ended without an answer. It is tried again by itself.',
    advice:
      'See the cause in the log line: out of memory, for instance. `threads.insight: main` does without the thread.',
  },
  HTTP_PORT_INVALID: {
    kind: 'fatal',
    meaning: 'What was given as --port is none.',
    advice: 'Give a number from 0 (any free port) to 65535.',
  },
  HTTP_PORT_TAKEN: {
    kind: 'fatal',
    meaning: 'Another process listens on the configured port.',
    advice: 'End it, or set another http.port in the profile or with --port.',
  },
} as const satisfies Record<string, CompositionErrorDescription>;

export type CompositionErrorCode = keyof typeof COMPOSITION_ERRORS;

/** A SynclineError of the catalogue above. */
export function compositionError(code: CompositionErrorCode, message: string, cause?: unknown): SynclineError {
  const { kind, advice } = COMPOSITION_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, ...(cause === undefined ? {} : { cause }) });
}
