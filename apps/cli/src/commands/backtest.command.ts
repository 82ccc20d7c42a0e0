import { runBacktest } from '@syncline/credit';
import { Command } from 'commander';
import { policyOf, reviewsOf, withBacktestOptions, type BacktestOptions } from '../backtest/backtest-options';
import { loadItems } from '../backtest/load-items';
import { reportPage } from '../backtest/page/report-page';
import { reportJson } from '../backtest/report-json';
import { reportText } from '../backtest/report-text';
import { writeReport } from '../backtest/write-report';
import { cliError } from '../errors';

export function backtestCommand(): Command {
  return withBacktestOptions(new Command('backtest'))
    .description('What a credit policy would have been worth: its ratings of past days against what became of them.')
    .option('--check', 'exit code 1 unless the policy meets its validation section')
    .action(async (options: BacktestOptions & { check?: boolean }, command: Command) => {
      const { policy } = policyOf(command);
      const items = await loadItems(options, policy, command);
      const { knownUntil, converterOn } = items;
      const settings = {
        policy,
        outcome: options.outcome,
        reviews: reviewsOf(options, policy, items),
        knownUntil,
        converterOn,
      };
      const report = runBacktest(items.customers, settings, { seed: options.seed, samples: options.bootstrap });
      console.log(reportText(report, items));
      if (options.json) writeReport(options.json, reportJson(report, items));
      if (options.html) writeReport(options.html, reportPage(report, items, policy));
      if (options.check && report.verdict.result !== 'pass')
        throw cliError('CHECK_FAILED', `the policy did not pass: ${report.verdict.result}`);
    });
}
