import { PROCESS_ROLES, processRole, startProcess } from '@syncline/composition';
import { Command, Option } from 'commander';
import { configOf } from '../client/installation';

export function startCommand(): Command {
  return new Command('start')
    .description('Run Syncline until it is told to stop (Ctrl-C, SIGTERM).')
    .addOption(new Option('--role <role>', 'what this process does').choices(PROCESS_ROLES).default('standalone'))
    .action(async ({ role }: { role: string }, command: Command) => {
      await startProcess(processRole(role), configOf(command));
    });
}
