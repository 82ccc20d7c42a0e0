import { checkIdentifier, pairKey, type LabelledPair, type MatchRecord } from '@syncline/identity';
import { cliError } from '../errors';
import { checkColumns, csvRows, type CsvRow } from './csv-rows';
import type { PairColumns, RecordColumns } from './record-columns';

export interface ReadRecords {
  records: MatchRecord[];
  /** Ref → party; empty where the columns name no truth. */
  parties: Map<string, string>;
}

/**
 * Records of a CSV file. `source` goes in front of the ids, so that two files may use the same ones.
 * @throws SynclineError INPUT_UNREADABLE: no such file, no CSV, a column that is not there, no id or one twice
 */
export function readMatchRecords(file: string, columns: RecordColumns, source: string, encoding: string): ReadRecords {
  const { id, attributes, also = {}, identifiers = {}, truth } = columns;
  const rows = csvRows(file, encoding);
  const named = [attributes, also, identifiers].flatMap((map) => Object.values(map).flat());
  checkColumns(file, rows, [id, ...named, ...(truth ? [truth.column] : [])]);
  const partyOf = partyReader(truth);
  const parties = new Map<string, string>();
  const seen = new Set<string>();
  const records = rows.map(({ line, cells }) => {
    const ref = `${source}/${cells[id]}`;
    if (cells[id] === '') throw cliError('INPUT_UNREADABLE', `${file}:${line}: the column ${id} is empty`, ID_ADVICE);
    if (seen.has(ref))
      throw cliError('INPUT_UNREADABLE', `${file}:${line}: the id ${cells[id]} is there twice`, ID_ADVICE);
    seen.add(ref);
    const party = partyOf(cells);
    if (party !== null) parties.set(ref, party);
    return { ref, kind: columns.kind, attributes: attributesOf(cells, columns) };
  });
  return { records, parties };
}

const ID_ADVICE = 'Every record needs an id of its own.';

/** A record whose party is unknown is of none but its own. */
function partyReader(truth: RecordColumns['truth']): (cells: CsvRow['cells']) => string | null {
  if (!truth) return () => null;
  const pattern = truth.pattern === undefined ? null : new RegExp(truth.pattern);
  return (cells) => {
    const written = cells[truth.column] ?? '';
    return (pattern ? (pattern.exec(written)?.[1] ?? written) : written) || null;
  };
}

function attributesOf(
  cells: CsvRow['cells'],
  { attributes, also = {}, identifiers = {} }: Pick<RecordColumns, 'attributes'> & Partial<RecordColumns>,
): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  const add = (attribute: string, value: string): void => {
    if (value !== '') (values[attribute] ??= []).push(value);
  };
  for (const [attribute, names] of Object.entries(attributes)) add(attribute, joined(cells, names));
  for (const [attribute, names] of Object.entries(also)) for (const name of names) add(attribute, cells[name] ?? '');
  for (const [scheme, names] of Object.entries(identifiers)) {
    for (const value of names.map((name) => cells[name] ?? '').filter((text) => text !== '')) {
      const checked = checkIdentifier({ scheme, value });
      if (checked) add(checked.valid ? 'identifier' : 'identifier_text', `${checked.scheme}:${checked.normalized}`);
    }
  }
  return values;
}

function joined(cells: CsvRow['cells'], names: readonly string[]): string {
  return names
    .map((name) => cells[name])
    .filter(Boolean)
    .join(' ');
}

/** The true pairs that parties give: all pairs of records of one party. */
export function pairsOfParties(parties: ReadonlyMap<string, string>): Set<string> {
  const refs = new Map<string, string[]>();
  for (const [ref, party] of parties) {
    const members = refs.get(party);
    if (members) members.push(ref);
    else refs.set(party, [ref]);
  }
  const pairs = new Set<string>();
  for (const members of refs.values())
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++) pairs.add(pairKey(members[i]!, members[j]!));
  return pairs;
}

/**
 * True pairs of a CSV file: its first two columns are ids, of the first and of the second file.
 * @throws SynclineError INPUT_UNREADABLE; an id that no record has, too: the recall would be too low without a word
 */
export function readTruePairs(
  file: string,
  sources: readonly [string, string],
  encoding: string,
  known: ReadonlySet<string>,
): Set<string> {
  return new Set(
    csvRows(file, encoding).map(({ line, cells }) => {
      const [left, right] = Object.values(cells);
      const refs = [`${sources[0]}/${left}`, `${sources[1]}/${right}`] as const;
      const missing = refs.find((ref) => !known.has(ref));
      if (missing !== undefined)
        throw cliError('INPUT_UNREADABLE', `${file}:${line}: no record has the id ${missing.slice(2)}`, TRUTH_ADVICE);
      return pairKey(...refs);
    }),
  );
}

const TRUTH_ADVICE =
  'The first column has ids of --records, the second of --and, or of --records, too, where that is all.';

/**
 * Pairs that people have labelled: both records in one row. Refs are `file:line`.
 * @throws SynclineError INPUT_UNREADABLE: no such file, no CSV, a column that is not there
 */
export function readLabelledPairs(file: string, columns: PairColumns, encoding: string): LabelledPair[] {
  const { kind, left, right, label } = columns;
  const rows = csvRows(file, encoding);
  checkColumns(file, rows, [...Object.values(left).flat(), ...Object.values(right).flat(), label.column]);
  return rows.map(({ line, cells }) => ({
    a: { ref: `left:${line}`, kind, attributes: attributesOf(cells, { attributes: left }) },
    b: { ref: `right:${line}`, kind, attributes: attributesOf(cells, { attributes: right }) },
    isTrue: label.same.includes(cells[label.column] ?? ''),
  }));
}
