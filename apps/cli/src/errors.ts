import { SynclineError, type ErrorKind } from '@syncline/model';

export interface CommandLineErrorDescription {
  kind: ErrorKind;
  meaning: string;
  advice: string;
}

/** Errors of the command line itself. */
export const CLI_ERRORS = {
  API_UNREACHABLE: {
    kind: 'request',
    meaning: 'No Syncline answers at this address.',
    advice: 'Start it with `syncline start`, or give the address with --url.',
  },
  API_REFUSED: {
    kind: 'request',
    meaning: 'The API did not do what was asked for.',
    advice: 'The message says why; docs/reference/errors.md explains the code.',
  },
  API_KEY_UNKNOWN: {
    kind: 'request',
    meaning: 'The command line has no API key.',
    advice: 'Set SYNCLINE_API_KEY. The first start of an embedded installation leaves its key in .syncline/api-key.',
  },
  INPUT_UNREADABLE: {
    kind: 'request',
    meaning: 'A file that a command should read is not there or not what it should be.',
    advice: 'Check the path; change events are one JSON object a line, gzipped when the name ends in .gz.',
  },
  ITEMS_UNUSABLE: {
    kind: 'request',
    meaning: 'The items of a backtest, or the options on them, can’t be used.',
    advice: 'docs/how-to/administrators/backtest-a-policy.md describes the file and the options.',
  },
  FIT_REFUSED: {
    kind: 'request',
    meaning: 'The data is too little to fit a scorecard to; nothing was written.',
    advice: 'Give more customers or a longer time, or another --outcome. Until then use the expert policy.',
  },
  ESTIMATE_REFUSED: {
    kind: 'request',
    meaning: 'Too few pairs of the records are of one party to estimate weights from; nothing was written.',
    advice: 'Give more records, or those of both systems (--and). Until then use the weights that are there.',
  },
  OUTPUT_UNWRITABLE: {
    kind: 'request',
    meaning: 'A file that a command should write can’t be written.',
    advice: 'Check the folder and the right to write there.',
  },
  AUDIT_BROKEN: {
    kind: 'request',
    meaning: 'The audit is not as it was written: an entry was changed, removed or put in between.',
    advice:
      'Compare the store with a backup from before; docs/how-to/operators/secure.md says what each problem means.',
  },
  CHECK_FAILED: {
    kind: 'request',
    meaning: 'A check that was asked for has findings.',
    advice: 'Each finding says what to do.',
  },
} as const satisfies Record<string, CommandLineErrorDescription>;

export type CommandLineErrorCode = keyof typeof CLI_ERRORS;

/** A SynclineError of the catalogue above. */
export function cliError(code: CommandLineErrorCode, message: string, advice?: string): SynclineError {
  return new SynclineError({ code, kind: CLI_ERRORS[code].kind, message, advice: advice ?? CLI_ERRORS[code].advice });
}
