import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';
import { cliError } from '../errors';

/** A row of a CSV file with a heading. */
export interface CsvRow {
  /** The line of the file on which it ends. */
  line: number;
  /** Column → text without spaces around it. */
  cells: Record<string, string>;
}

/**
 * The rows of a CSV file, gunzipped when its name ends in .gz. At least one.
 * @throws SynclineError INPUT_UNREADABLE with the file and, where it is known, the line
 */
export function csvRows(file: string, encoding: string): CsvRow[] {
  const rows = parsed(file, textOf(file, encoding));
  if (rows.length === 0) throw cliError('INPUT_UNREADABLE', `${file} has no rows`, CSV_ADVICE);
  return rows;
}

/** @throws SynclineError INPUT_UNREADABLE that names the columns which are not there */
export function checkColumns(file: string, rows: readonly CsvRow[], wanted: readonly string[]): void {
  const present = rows[0]!.cells;
  const missing = [...new Set(wanted)].filter((name) => !Object.hasOwn(present, name));
  if (missing.length === 0) return;
  throw cliError(
    'INPUT_UNREADABLE',
    `${file}:1: no column ${missing.join(', ')}; there are ${Object.keys(present).join(', ')}`,
    'Correct the file that --columns names.',
  );
}

const CSV_ADVICE = 'It must be a CSV file whose first line names the columns; --encoding says how it is written.';

function textOf(file: string, encoding: string): string {
  try {
    const bytes = readFileSync(file);
    return new TextDecoder(encoding).decode(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  } catch (cause) {
    throw cliError('INPUT_UNREADABLE', `${file} can't be read: ${messageOf(cause)}`, CSV_ADVICE);
  }
}

function parsed(file: string, text: string): CsvRow[] {
  try {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_quotes: true,
      info: true,
    });
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (cause) {
    const line = cause instanceof CsvError && typeof cause['lines'] === 'number' ? `:${cause['lines']}` : '';
    throw cliError('INPUT_UNREADABLE', `${file}${line}: ${messageOf(cause)}`, CSV_ADVICE);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'no such file';
}
