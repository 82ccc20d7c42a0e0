import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { pairKey, type MatchRecord } from '@syncline/identity';
import { parse } from 'csv-parse/sync';
import { cliError } from '../errors';
import type { RecordColumns } from './record-columns';

export interface ReadRecords {
  records: MatchRecord[];
  /** Ref → party; empty where the columns name no truth. */
  parties: Map<string, string>;
}

type Row = Record<string, string>;

/**
 * Records of a CSV file (gunzipped when its name ends in .gz). `source` goes in front of the ids, so that two files may
 * use the same ones.
 * @throws SynclineError INPUT_UNREADABLE: no such file, no CSV, a column that is not there, an id twice
 */
export function readMatchRecords(file: string, columns: RecordColumns, source: string, encoding: string): ReadRecords {
  const rows = csvRows(file, encoding);
  checkColumns(file, rows[0], columns);
  const pattern = columns.truth?.pattern === undefined ? null : new RegExp(columns.truth.pattern);
  const parties = new Map<string, string>();
  const seen = new Set<string>();
  const records = rows.map((row, at) => {
    const ref = `${source}/${row[columns.id]}`;
    if (seen.has(ref)) throw cliError('INPUT_UNREADABLE', `${file}: row ${at + 2} has the id ${row[columns.id]} again`);
    seen.add(ref);
    if (columns.truth) {
      const written = row[columns.truth.column] ?? '';
      parties.set(ref, pattern ? (pattern.exec(written)?.[1] ?? written) : written);
    }
    return { ref, kind: columns.kind, attributes: attributesOf(row, columns) };
  });
  return { records, parties };
}

/** The true pairs that parties give: all pairs of records of one party. */
export function pairsOfParties(parties: ReadonlyMap<string, string>): Set<string> {
  const refs = new Map<string, string[]>();
  for (const [ref, party] of parties) refs.set(party, [...(refs.get(party) ?? []), ref]);
  const pairs = new Set<string>();
  for (const members of refs.values())
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++) pairs.add(pairKey(members[i]!, members[j]!));
  return pairs;
}

/** True pairs of a CSV file: its first two columns are ids, of the first and of the second file. */
export function readTruePairs(file: string, sources: readonly [string, string], encoding: string): Set<string> {
  return new Set(
    csvRows(file, encoding).map((row) => {
      const [left, right] = Object.values(row);
      return pairKey(`${sources[0]}/${left}`, `${sources[1]}/${right}`);
    }),
  );
}

function attributesOf(row: Row, { attributes }: RecordColumns): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([attribute, names]) => {
      const value = names
        .map((name) => row[name]?.trim())
        .filter(Boolean)
        .join(' ');
      return [attribute, value === '' ? [] : [value]];
    }),
  );
}

function checkColumns(file: string, row: Row | undefined, { id, attributes, truth }: RecordColumns): void {
  if (!row) throw cliError('INPUT_UNREADABLE', `${file} has no rows`);
  const wanted = [id, ...Object.values(attributes).flat(), ...(truth ? [truth.column] : [])];
  const missing = wanted.filter((name) => !(name in row));
  if (missing.length > 0)
    throw cliError(
      'INPUT_UNREADABLE',
      `${file} has no column ${missing.join(', ')}; it has ${Object.keys(row).join(', ')}`,
      'Correct the file that --columns names.',
    );
}

function csvRows(file: string, encoding: string): Row[] {
  try {
    const bytes = readFileSync(file);
    const text = new TextDecoder(encoding).decode(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    return parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, relax_quotes: true });
  } catch (cause) {
    throw cliError('INPUT_UNREADABLE', `${file} can't be read: ${cause instanceof Error ? cause.message : ''}`);
  }
}
