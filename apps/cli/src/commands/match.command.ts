import { join } from 'node:path';
import { compileMatching, evaluateMatching, matchingOf, parseMatching, type MatchingModel } from '@syncline/identity';
import { settings } from '@syncline/model';
import { Command } from 'commander';
import type { GlobalOptions } from '../client/installation';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';
import { evaluationText } from '../matching/evaluation-text';
import { pairsOfParties, readMatchRecords, readTruePairs, type ReadRecords } from '../matching/read-match-records';
import { recordColumns, type RecordColumns } from '../matching/record-columns';

export interface RecordOptions {
  records: string;
  columns: string;
  and?: string;
  columnsAnd?: string;
  matching?: string;
  encoding: string;
}

interface EvaluateOptions extends RecordOptions {
  truth?: string;
  show: string;
  json?: boolean;
}

export function matchCommand(): Command {
  return new Command('match')
    .description('Which accounts are one party: check, measure and explain the matching.')
    .addCommand(lintCommand())
    .addCommand(evaluateCommand());
}

function lintCommand(): Command {
  return new Command('lint')
    .description('Check a matching configuration; exit code 1 when there are findings.')
    .argument('[file]', 'default: matching.yaml of the configuration')
    .action((file: string | undefined, _options: unknown, command: Command) => {
      const path = file ?? matchingPath(command);
      const { findings } = parseMatching(textOf(path), path);
      for (const finding of findings) console.log(settings.findingText(finding));
      console.log(findings.length === 0 ? `${path}: no findings` : `${findings.length} findings`);
      if (findings.length > 0) process.exitCode = 1;
    });
}

function evaluateCommand(): Command {
  return withRecordOptions(new Command('evaluate'))
    .description('Measure a matching configuration on records of which it is known who is who.')
    .option('--truth <file>', 'CSV of true pairs: two columns of ids; not needed where the columns name the truth')
    .option('--show <n>', 'print so many of the worst pairs of each sort, with what the records say', '0')
    .option('--json', 'print the figures as JSON')
    .action((options: EvaluateOptions, command: Command) => {
      const model = modelOf(options, command);
      const input = readInput(options);
      const measured = {
        ...evaluateMatching(model, {
          ...input,
          truth: truthOf(options, input),
          now: () => performance.now(),
          keep: Number(options.show),
        }),
        thresholds: model.thresholds[input.kind],
        peakBytes: process.resourceUsage().maxRSS * 1024,
      };
      console.log(options.json ? JSON.stringify(measured, null, 2) : evaluationText(measured, Number(options.show)));
    });
}

export function withRecordOptions(command: Command): Command {
  return command
    .requiredOption('--records <file>', 'CSV file of records; gunzipped when its name ends in .gz')
    .requiredOption('--columns <file>', 'YAML file that says what the columns are')
    .option('--and <file>', 'a second file: only pairs across the two count')
    .option('--columns-and <file>', 'what the columns of the second file are; default: the same')
    .option('--matching <file>', 'the configuration; default: matching.yaml of the configuration folder')
    .option('--encoding <name>', 'of the files: utf-8, gb18030, …', 'utf-8');
}

export interface MatchInput extends ReadRecords {
  kind: RecordColumns['kind'];
  sourceOf?: (ref: string) => string;
}

/** The records of one file, or of two. */
export function readInput({ records, and, columns, columnsAnd, encoding }: RecordOptions): MatchInput {
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

/** In front of the ids of the first and the second file. */
const SOURCES = ['a', 'b'] as const;

function truthOf({ truth, and, encoding }: EvaluateOptions, { parties, sourceOf }: MatchInput): Set<string> {
  if (truth !== undefined) return readTruePairs(truth, ['a', and === undefined ? 'a' : 'b'], encoding);
  if (parties.size === 0)
    throw cliError('INPUT_UNREADABLE', 'nothing says who is who', 'Give --truth <file>, or `truth` in the columns.');
  const pairs = pairsOfParties(parties);
  if (!sourceOf) return pairs;
  return new Set([...pairs].filter((key) => crosses(key, sourceOf)));
}

function crosses(key: string, sourceOf: (ref: string) => string): boolean {
  const [a, b] = key.split('\n');
  return sourceOf(a!) !== sourceOf(b!);
}

export function modelOf({ matching }: Pick<RecordOptions, 'matching'>, command: Command): MatchingModel {
  const path = matching ?? matchingPath(command);
  return compileMatching(matchingOf(textOf(path), path));
}

function matchingPath(command: Command): string {
  return join(command.optsWithGlobals<GlobalOptions>().config, 'matching.yaml');
}
