import { evaluateMatching, evaluatePairs } from '@syncline/identity';
import { Command } from 'commander';
import { cliError } from '../errors';
import { evaluationText, pairEvaluationText } from '../matching/evaluation-text';
import { pairsOfParties, readLabelledPairs, readTruePairs } from '../matching/read-match-records';
import { pairColumns } from '../matching/record-columns';
import {
  matchingFile,
  readInput,
  SOURCES,
  withRecordOptions,
  type MatchInput,
  type RecordOptions,
} from '../matching/record-options';
import { wholeNumber } from '../options/option-values';

interface EvaluateOptions extends RecordOptions {
  truth?: string;
  pairs?: string;
  show: number;
  json?: boolean;
}

export function matchEvaluateCommand(): Command {
  return withRecordOptions(new Command('evaluate'))
    .description('Measure a matching configuration on records of which it is known who is who.')
    .option('--truth <file>', 'CSV of true pairs: two columns of ids; not needed where the columns name the truth')
    .option('--pairs <file>', 'instead of records: CSV of pairs with a label, both records in one row')
    .option('--show <n>', 'print so many of the worst pairs of each sort, with what the records say', wholeNumber, 0)
    .option('--json', 'print the figures as JSON')
    .action((options: EvaluateOptions, command: Command) =>
      options.pairs === undefined
        ? evaluateRecords(options, command)
        : evaluateLabelled(options.pairs, options, command),
    );
}

function evaluateRecords(options: EvaluateOptions, command: Command): void {
  const { model } = matchingFile(options, command);
  const input = readInput(options);
  const evaluation = evaluateMatching(model, {
    ...input,
    truth: truthOf(options, input),
    now: () => performance.now(),
    keep: options.show,
  });
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const measured = { ...evaluation, thresholds: model.thresholds[input.kind], peakBytes };
  console.log(options.json ? JSON.stringify(measured, null, 2) : evaluationText(measured, options.show));
}

function evaluateLabelled(file: string, options: EvaluateOptions, command: Command): void {
  const { model } = matchingFile(options, command);
  const columns = pairColumns(options.columns);
  const pairs = readLabelledPairs(file, columns, options.encoding);
  const evaluation = evaluatePairs(model, { pairs, keep: options.show });
  const measured = { ...evaluation, thresholds: model.thresholds[columns.kind] };
  console.log(options.json ? JSON.stringify(measured, null, 2) : pairEvaluationText(measured, options.show));
}

function truthOf({ truth, and, encoding }: EvaluateOptions, { parties, records, sourceOf }: MatchInput): Set<string> {
  if (truth !== undefined) {
    const known = new Set(records.map(({ ref }) => ref));
    return readTruePairs(truth, [SOURCES[0], SOURCES[and === undefined ? 0 : 1]], encoding, known);
  }
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
