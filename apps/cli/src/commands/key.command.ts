import { makeKey } from '@syncline/composition';
import { ROLES, type Role } from '@syncline/pipeline/publish';
import { Command, Option } from 'commander';
import { configOf } from '../client/installation';

export function keyCommand(): Command {
  return new Command('key')
    .description(
      'Make an API key straight in the database: the first one of a distributed installation. POST /api-keys makes the others.',
    )
    .requiredOption('--name <text>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('administrator'))
    .action(async ({ name, role }: { name: string; role: Role }, command: Command) => {
      console.log(await makeKey(configOf(command), name, role));
    });
}
