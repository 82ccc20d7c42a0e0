import { Command } from 'commander';
import { clientOf, withUrl } from '../client/installation';
import { cliError } from '../errors';
import { table } from '../output/table';

interface ReplayAnswer {
  results: { id: string; outcome: string; records?: number; code?: string; message?: string }[];
}

export function replayCommand(): Command {
  return withUrl(new Command('replay'))
    .description('Handle dead letters again with the present mapping.')
    .argument('[ids...]', 'ids of dead letters: <topic>/<partition>/<offset>')
    .option('--key <parking key>', 'all open dead letters of a key, in their order')
    .option('--dry-run', 'only tell what would come of it')
    .action(async (ids: string[], { key, dryRun }: { key?: string; dryRun?: boolean }, command: Command) => {
      if ((ids.length === 0) === (key === undefined))
        throw cliError('INPUT_UNREADABLE', 'give either ids or --key', 'GET /dead-letters lists both.');
      const body = key === undefined ? { ids } : { key };
      const answer = await clientOf(command).post<ReplayAnswer>(
        `/dead-letters/replay${dryRun ? '?dry_run=true' : ''}`,
        body,
      );
      const rows = answer.results.map(({ id, outcome, records, code, message }) => [
        id,
        outcome,
        records === undefined ? '' : String(records),
        code ?? '',
        message ?? '',
      ]);
      console.log(table(['dead letter', 'outcome', 'records', 'code', ''], rows, ['records']));
    });
}
