import { join } from 'node:path';
import { compileMatching, matchingOf, type MatchingConfiguration, type MatchingModel } from '@syncline/identity';
import type { Command } from 'commander';
import type { GlobalOptions } from '../client/installation';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';
import { readMatchRecords, type ReadRecords } from './read-match-records';
import { recordColumns, type RecordColumns } from './record-columns';

export interface RecordOptions {
  records?: string;
  columns: string;
  and?: string;
  columnsAnd?: string;
  matching?: string;
  encoding: string;
}

/** In front of the ids of the first and the second file. */
export const SOURCES = ['a', 'b'] as const;

export function withRecordOptions(command: Command): Command {
  return command
    .option('--records <file>', 'CSV file of records; gunzipped when its name ends in .gz')
    .requiredOption('--columns <file>', 'YAML file that says what the columns are')
    .option('--and <file>', 'a second file: only pairs across the two count')
    .option('--columns-and <file>', 'what the columns of the second file are; default: the same')
    .option('--matching <file>', 'the configuration; default: matching.yaml of the configuration folder')
    .option('--encoding <name>', 'of the files: utf-8, gb18030, …', 'utf-8');
}

export interface MatchInput extends ReadRecords {
  kind: RecordColumns['kind'];
  /** Absent with one file: every record is a source of its own. */
  sourceOf?: (ref: string) => string;
}

/**
 * The records of one file, or of two.
 * @throws SynclineError INPUT_UNREADABLE
 */
export function readInput({ records, and, columns, columnsAnd, encoding }: RecordOptions): MatchInput {
  if (records === undefined) throw cliError('INPUT_UNREADABLE', 'there are no records', 'Give --records <file>.');
  const described = recordColumns(columns);
  const first = readMatchRecords(records, described, SOURCES[0], encoding);
  if (and === undefined) return { ...first, kind: described.kind };
  const other = columnsAnd === undefined ? described : recordColumns(columnsAnd);
  const second = readMatchRecords(and, other, SOURCES[1], encoding);
  return {
    records: [...first.records, ...second.records],
    parties: new Map([...first.parties, ...second.parties]),
    kind: described.kind,
    sourceOf: (ref) => ref.slice(0, ref.indexOf('/')),
  };
}

export interface MatchingFile {
  path: string;
  text: string;
  configuration: MatchingConfiguration;
  model: MatchingModel;
}

/** The configuration that the options name, checked. */
export function matchingFile({ matching }: Pick<RecordOptions, 'matching'>, command: Command): MatchingFile {
  const path = matching ?? matchingPath(command);
  const text = textOf(path);
  const configuration = matchingOf(text, path);
  return { path, text, configuration, model: compileMatching(configuration) };
}

export function matchingPath(command: Command): string {
  return join(command.optsWithGlobals<GlobalOptions>().config, 'matching.yaml');
}
