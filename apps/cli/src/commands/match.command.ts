import { evaluateMatching, parseMatching } from '@syncline/identity';
import { settings } from '@syncline/model';
import { Command } from 'commander';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';
import { reviewCommands } from './match-review.command';
import { evaluationText } from '../matching/evaluation-text';
import { pairsOfParties, readTruePairs } from '../matching/read-match-records';
import {
  matchingFile,
  matchingPath,
  readInput,
  SOURCES,
  wholeNumber,
  withRecordOptions,
  type MatchInput,
  type RecordOptions,
} from '../matching/record-options';
import { matchEstimateCommand } from './match-estimate.command';

interface EvaluateOptions extends RecordOptions {
  truth?: string;
  show: number;
  json?: boolean;
}

export function matchCommand(): Command {
  const match = new Command('match')
    .description('Which accounts are one customer: explain it, decide on it, check and measure the matching.')
    .addCommand(lintCommand())
    .addCommand(evaluateCommand())
    .addCommand(matchEstimateCommand());
  for (const command of reviewCommands()) match.addCommand(command);
  return match;
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
    .option('--show <n>', 'print so many of the worst pairs of each sort, with what the records say', wholeNumber, 0)
    .option('--json', 'print the figures as JSON')
    .action((options: EvaluateOptions, command: Command) => {
      const { model } = matchingFile(options, command);
      const input = readInput(options);
      const measured = {
        ...evaluateMatching(model, {
          ...input,
          truth: truthOf(options, input),
          now: () => performance.now(),
          keep: options.show,
        }),
        thresholds: model.thresholds[input.kind],
        peakBytes: process.resourceUsage().maxRSS * 1024,
      };
      console.log(options.json ? JSON.stringify(measured, null, 2) : evaluationText(measured, options.show));
    });
}

function truthOf({ truth, and, encoding }: EvaluateOptions, { parties, sourceOf }: MatchInput): Set<string> {
  if (truth !== undefined) return readTruePairs(truth, [SOURCES[0], SOURCES[and === undefined ? 0 : 1]], encoding);
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
