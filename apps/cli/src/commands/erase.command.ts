import { Command } from 'commander';
import { clientOf, withUrl } from '../client/installation';

interface Erasure {
  customer_id: string;
  accounts: number;
  records: number;
  values: number;
}

/** Personal data of a customer, on request; nothing brings it back, so it has to be said twice. */
export function eraseCommand(): Command {
  return withUrl(new Command('erase'))
    .description('Erase what is personal of a customer for good; what is owed, ordered and rated stays.')
    .argument('<customer>', 'customer id')
    .requiredOption('--reason <text>', 'why, such as the number of the request; nothing personal')
    .requiredOption('--yes', 'it cannot be taken back')
    .action(async (customer: string, { reason }: { reason: string }, command: Command) => {
      const path = `/customers/${encodeURIComponent(customer)}/erase`;
      const { customer_id: id, accounts, records, values } = await clientOf(command).post<Erasure>(path, { reason });
      console.log(`${id}: ${values} values of ${records} records erased, of ${accounts} accounts`);
    });
}
