import { resolve } from 'node:path';
import { compareOutOfTime, fitPolicy, fittedPolicyText, observe, type PolicyFit } from '@syncline/credit';
import { addDays } from '@syncline/model';
import { Command } from 'commander';
import { policyOf, reviewsOf, withBacktestOptions, type BacktestOptions } from '../backtest/backtest-options';
import { fitSection, fitText } from '../backtest/fit-text';
import { loadItems, type LoadedItems } from '../backtest/load-items';
import { reportPage } from '../backtest/page/report-page';
import { reportJson } from '../backtest/report-json';
import { findingsText } from '../backtest/report-text';
import { writeReport } from '../backtest/write-report';
import { cliError } from '../errors';

export function policyFitCommand(): Command {
  return withBacktestOptions(new Command('fit'))
    .description('Fit the scorecard of a policy to data, and judge it against the policy on later reviews.')
    .option('--out <file>', 'the fitted policy', 'fitted-policy.yaml')
    .action(async (options: BacktestOptions & { out: string }, command: Command) => {
      const { policy, path, text } = policyOf(command);
      if (resolve(options.out) === resolve(path))
        throw cliError('OUTPUT_UNWRITABLE', `${path} is the expert policy`, 'Give another file with --out.');
      const items = await loadItems(options, policy, command);
      const { customers, knownUntil, converterOn } = items;
      const settings = {
        policy,
        outcome: options.outcome,
        reviews: reviewsOf(options, policy, items),
        knownUntil,
        converterOn,
      };
      const observations = observe(customers, settings);
      const findings = findingsText(items);
      if (findings !== '') console.log(`${findings}\n`);
      const fit = fitPolicy(observations, settings);
      if ('reason' in fit) throw cliError('FIT_REFUSED', `nothing is fitted: ${fit.text}`);
      const named = withName(fit, items);
      const bootstrap = { seed: options.seed, samples: options.bootstrap };
      const comparison = compareOutOfTime(customers, observations, named, settings, bootstrap);
      const { id, version, effectiveFrom } = named.policy.policy;
      writeReport(
        options.out,
        fittedPolicyText(text, named.policy, { id, version, effectiveFrom }, provenance(named, items)),
      );
      console.log(fitText(named, comparison));
      console.log(
        `\n${options.out}: ${id} version ${version}, beside ${path}; nothing uses it until you put it in force.`,
      );
      const { split, train, features } = named;
      const { expert, difference, interval, verdict } = comparison;
      const more = { fit: { split, train, features }, expert, comparison: { difference, interval, verdict } };
      if (options.json) writeReport(options.json, reportJson(comparison.fitted, items, more));
      if (options.html)
        writeReport(options.html, reportPage(comparison.fitted, items, named.policy, fitSection(named, comparison)));
    });
}

/** The fitted policy under a name of its own, in force at the earliest after all that it was learnt from. */
function withName(fit: PolicyFit, { knownUntil }: LoadedItems): PolicyFit {
  const { policy } = fit.policy;
  const name = { ...policy, id: `${policy.id}-fitted`, version: 1, effectiveFrom: addDays(knownUntil, 1) };
  return { ...fit, policy: { ...fit.policy, policy: name } };
}

function provenance({ split, train }: PolicyFit, { source }: LoadedItems): string[] {
  return [
    `Made by \`syncline policy fit\` from ${source.replace(/[\r\n]+/g, ' ')}.`,
    `Learnt from ${train.observations} observations (${train.bads} bad, ${train.badCustomers} customers) of reviews`,
    `from ${split.train[0]} to ${split.train.at(-1)}; judged on reviews from ${split.test[0]} to ${split.test.at(-1)}.`,
    'Scorecard, cut-offs and name are from the data; everything else is the expert policy’s.',
  ];
}
