import { parseMatching } from '@syncline/identity';
import { settings } from '@syncline/model';
import { Command } from 'commander';
import { textOf } from '../client/text-of';
import { matchingPath } from '../matching/record-options';
import { matchEstimateCommand } from './match-estimate.command';
import { matchEvaluateCommand } from './match-evaluate.command';
import { reviewCommands } from './match-review.command';

export function matchCommand(): Command {
  const match = new Command('match')
    .description('Which accounts are one customer: explain it, decide on it, check and measure the matching.')
    .addCommand(lintCommand())
    .addCommand(matchEvaluateCommand())
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
