import { policyFindings } from '@syncline/composition';
import { formatConfigFinding } from '@syncline/platform';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { GlobalOptions } from '../client/installation';
import { cliError } from '../errors';

export function policyCommand(): Command {
  const lint = new Command('lint')
    .description('Check a credit policy; exit code 1 when there are findings.')
    .argument('[file]', 'default: credit-policy.yaml of the configuration')
    .action((file: string | undefined, _options: unknown, command: Command) => {
      const path = file ?? join(command.optsWithGlobals<GlobalOptions>().config, 'credit-policy.yaml');
      const findings = policyFindings({ name: path, file: path, text: textOf(path) });
      for (const finding of findings) console.log(formatConfigFinding(finding));
      console.log(findings.length === 0 ? `${path}: no findings` : `${findings.length} findings`);
      if (findings.length > 0) process.exitCode = 1;
    });
  return new Command('policy').description('The credit policy.').addCommand(lint);
}

/** The text of a file that a command was told to read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw cliError('INPUT_UNREADABLE', `${path} can't be read`);
  }
}
