import { Command } from 'commander';
import { clientOf, withUrl } from '../client/installation';
import { table } from '../output/table';

interface Expanded {
  status: { connector: { state: string; trace?: string }; type: string };
}

interface Offsets {
  offsets: { lag: number | null; end: number }[];
}

export function statusCommand(): Command {
  return withUrl(new Command('status'))
    .description('Connectors with their lag, what waits for whom, and open dead letters.')
    .action(async (_options: unknown, command: Command) => {
      const api = clientOf(command);
      const connectors = await api.get<Record<string, Expanded>>('/connectors?expand=status');
      const rows = await Promise.all(
        Object.entries(connectors).map(async ([name, { status }]) => {
          const { offsets } = await api.get<Offsets>(`/connectors/${encodeURIComponent(name)}/offsets`);
          const lag = offsets.reduce((sum, each) => sum + (each.lag ?? each.end), 0);
          return [name, status.type, status.connector.state, String(lag), status.connector.trace ?? ''];
        }),
      );
      console.log(table(['connector', 'type', 'state', 'lag', ''], rows, ['lag']));
      console.log(`\nopen dead letters: ${await countOf(api.all('/dead-letters?status=open&limit=200'))}`);
      console.log(`deliveries failed: ${await countOf(api.all('/deliveries?state=failed&limit=200'))}`);
    });
}

async function countOf(items: AsyncGenerator<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}
