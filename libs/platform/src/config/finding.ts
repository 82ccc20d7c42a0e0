import { SynclineError } from '@syncline/model';
import { PLATFORM_ERRORS } from '../errors';

/** Something wrong in a file of the configuration. */
export interface ConfigFinding {
  /** Relative to the folder of the configuration. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Path of the field as the file writes it, `store.path`; '' = the whole file. */
  field: string;
  message: string;
  /** What may stand there. */
  expected?: string;
  suggestion?: string;
}

/** `file:line:column: field message; expected …; did you mean …?` */
export function formatConfigFinding(finding: ConfigFinding): string {
  const { file, line, column, field, message, expected, suggestion } = finding;
  const parts = [`${field === '' ? '' : `${field} `}${message}`];
  if (expected !== undefined) parts.push(`expected ${expected}`);
  if (suggestion !== undefined) parts.push(suggestion);
  return `${file}:${line}:${column}: ${parts.join('; ')}`;
}

/** Stops a start: everything that is wrong, at once. */
export class ConfigInvalidError extends SynclineError {
  constructor(readonly findings: readonly ConfigFinding[]) {
    const { kind, advice } = PLATFORM_ERRORS.CONFIG_INVALID;
    const lines = findings.map((finding) => `  ${formatConfigFinding(finding)}`);
    const title = `the configuration has ${findings.length} finding${findings.length === 1 ? '' : 's'}`;
    super({ code: 'CONFIG_INVALID', kind, message: [title, ...lines].join('\n'), advice, where: placeOf(findings[0]) });
  }
}

function placeOf(finding: ConfigFinding | undefined): string | undefined {
  return finding && `${finding.file}:${finding.line}:${finding.column}`;
}
