import { join } from 'node:path';
import {
  creditPolicyOf,
  OUTCOMES,
  REVIEW_STEPS,
  reviewDates,
  type CreditPolicy,
  type Outcome,
  type ReviewStep,
} from '@syncline/credit';
import { addDays, type LocalDate } from '@syncline/model';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions } from '../client/installation';
import { textOf } from '../client/text-of';
import { day, wholeNumber } from '../options/option-values';
import { cliError } from '../errors';

/** Options that `backtest` and `policy fit` share. */
export interface BacktestOptions {
  items?: string;
  fromStore?: boolean;
  policy?: string;
  outcome: Outcome;
  every?: ReviewStep;
  from?: LocalDate;
  to?: LocalDate;
  knownUntil?: LocalDate;
  seed: number;
  bootstrap: number;
  column: string[];
  rate: string[];
  delimiter: string;
  encoding: string;
  json?: string;
  html?: string;
}

/** Adds the shared options to a command. */
export function withBacktestOptions(command: Command): Command {
  return command
    .option('--items <file>', 'CSV file of items; gunzipped when its name ends in .gz')
    .option('--from-store', 'the items of the installation in place of a file; its process must not run on SQLite')
    .option('--policy <file>', 'the policy; default: credit-policy.yaml of the configuration')
    .addOption(new Option('--outcome <name>', 'what counts as gone bad').choices(OUTCOMES).default('fast_bad'))
    .addOption(
      new Option('--every <step>', 'one review a month or quarter; default: as the policy says').choices(REVIEW_STEPS),
    )
    .option('--from <day>', 'first day of reviews; default: when the first customer can have a score', day)
    .option('--to <day>', 'last day of reviews; default: the last day known', day)
    .option(
      '--known-until <day>',
      'last day that the data tells about; default: of its latest invoice or settlement',
      day,
    )
    .option('--seed <number>', 'of the drawing of customers', wholeNumber, 1)
    .option('--bootstrap <number>', 'how often customers are drawn; 0 = no interval', wholeNumber, 1_000)
    .option('--column <name=heading>', 'what the file calls a column; may be repeated', collect, [])
    .option('--rate <currency=rate@day>', 'units of the policy currency for one; may be repeated', collect, [])
    .option('--delimiter <character>', 'what parts the fields of a line; tab for a tabulator', delimiter, ',')
    .option('--encoding <name>', 'of the file: utf-8, gb18030, …', 'utf-8')
    .option('--json <file>', 'write the report as JSON')
    .option('--html <file>', 'write the report as a page that needs nothing else');
}

/** The policy that the options name, and its file. */
export function policyOf(command: Command): { policy: CreditPolicy; path: string; text: string } {
  const { policy: given, config } = command.optsWithGlobals<GlobalOptions & BacktestOptions>();
  const path = given ?? join(config, 'credit-policy.yaml');
  const text = textOf(path);
  return { policy: creditPolicyOf(text, path), path, text };
}

/**
 * The review days that options, policy and data ask for.
 * @throws SynclineError ITEMS_UNUSABLE when there is none
 */
export function reviewsOf(
  options: Pick<BacktestOptions, 'every' | 'from' | 'to'>,
  policy: CreditPolicy,
  span: { firstDay: LocalDate; knownUntil: LocalDate },
): LocalDate[] {
  const every = options.every ?? (policy.policy.review === 'quarterly' ? 'quarter' : 'month');
  const from = options.from ?? addDays(span.firstDay, policy.windows.minHistoryDays);
  const to = options.to ?? span.knownUntil;
  const reviews = reviewDates(from, to, every);
  if (reviews.length > 0) return reviews;
  throw cliError('ITEMS_UNUSABLE', `there is no end of a ${every} from ${from} to ${to}`, 'Give --from and --to.');
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function delimiter(value: string): string {
  if (value === 'tab') return '\t';
  if (value.length !== 1) throw new InvalidArgumentError('One character, or tab.');
  return value;
}
