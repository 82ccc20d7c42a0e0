import { SynclineError, type ErrorKind } from '@syncline/model';

/** Every error code of the batch transport and the outbox relay. */
export const STAGE_ERRORS = {
  STAGE_HANDLER_MISSING: {
    kind: 'fatal',
    meaning: 'A stage is to read topics, but no controller handles its pattern.',
    advice: 'Add the stage’s module to the application, or take its binding away.',
  },
  STAGE_BINDING_MISSING: {
    kind: 'fatal',
    meaning: 'A controller handles a pattern for which no topics are bound, so it would never be called.',
    advice: 'Bind the pattern to a group and topics, or take the module out of this role.',
  },
  STAGE_HANDLER_AMBIGUOUS: {
    kind: 'fatal',
    meaning: 'Two handlers, or two bindings, claim the same pattern.',
    advice: 'Keep one of them.',
  },
  STAGE_UNKNOWN: {
    kind: 'request',
    meaning: 'A stage was to be paused, resumed, stopped or restarted that this process does not run.',
    advice: 'Ask the process that runs the stage; `status` lists the stages of a process.',
  },
  STAGE_HANDLER_FAILED: {
    kind: 'transient',
    meaning: 'A stage failed on a batch with something that is not an error; the batch is delivered again.',
    advice: 'See the log lines before it for the cause.',
  },
  RELAY_STOPPED: {
    kind: 'transient',
    meaning: 'The outbox relay was stopped before the outbox was empty.',
    advice: 'Nothing is lost: the relay goes on at the next start.',
  },
} as const satisfies Record<string, { kind: ErrorKind; meaning: string; advice: string }>;

export type StageErrorCode = keyof typeof STAGE_ERRORS;

/** An error of the catalogue; `message` holds no payload and no secret. */
export function stageError(
  code: StageErrorCode,
  message: string,
  more: { where?: string; cause?: unknown } = {},
): SynclineError {
  const { kind, advice } = STAGE_ERRORS[code];
  return new SynclineError({ code, kind, message, advice, ...more });
}
