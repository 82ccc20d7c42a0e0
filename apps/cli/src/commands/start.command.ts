import { PROCESS_ROLES, processRole, startProcess, withPort } from '@syncline/composition';
import { Command, Option } from 'commander';
import { configOf } from '../client/installation';

export function startCommand(): Command {
  return new Command('start')
    .description('Run Syncline until it is told to stop (Ctrl-C, SIGTERM).')
    .addOption(new Option('--role <role>', 'what this process does').choices(PROCESS_ROLES).default('standalone'))
    .option('--port <number>', 'port in place of the one that the profile names')
    .action(async ({ role, port }: { role: string; port?: string }, command: Command) => {
      const config = configOf(command);
      await startProcess(processRole(role), port === undefined ? config : withPort(config, port));
    });
}
