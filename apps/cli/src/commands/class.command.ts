import { CUSTOMER_CLASSES } from '@syncline/analytics';
import { Argument, Command } from 'commander';
import { clientOf, withUrl } from '../client/installation';

/** A person's decision on the class of a customer, on a running installation (administrators). */
export function classCommand(): Command {
  return new Command('class')
    .description('A person decides on the class of a customer; goes before the rules of the policy.')
    .addCommand(setCommand())
    .addCommand(clearCommand());
}

function setCommand(): Command {
  return withUrl(new Command('set'))
    .description('Put a customer in a class, at once and until it is cleared (administrators).')
    .argument('<customer>', 'customer id')
    .addArgument(new Argument('<class>', 'the class').choices([...CUSTOMER_CLASSES]))
    .requiredOption('--reason <text>', 'why; nothing personal')
    .action(async (customer: string, name: string, { reason }: { reason: string }, command: Command) => {
      const decided = await clientOf(command).put<{ class: string; decided_by: string }>(pathOf(customer), {
        class: name,
        reason,
      });
      console.log(`${customer}: ${decided.class}, decided by ${decided.decided_by}`);
    });
}

function clearCommand(): Command {
  return withUrl(new Command('clear'))
    .description("Take a person's decision back: the rules decide again (administrators).")
    .argument('<customer>', 'customer id')
    .action(async (customer: string, _options: unknown, command: Command) => {
      await clientOf(command).delete(pathOf(customer));
      console.log(`${customer}: the rules decide`);
    });
}

function pathOf(customer: string): string {
  return `/customers/${encodeURIComponent(customer)}/class`;
}
