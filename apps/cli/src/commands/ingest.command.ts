import { composeProcess, isEmbedded, type RunningProcess } from '@syncline/composition';
import { Command } from 'commander';
import { ApiClient } from '../client/api-client';
import { feedEvents } from '../client/feed-events';
import { clientFor, configOf, withUrl } from '../client/installation';

interface IngestOptions {
  system: string;
  url?: string;
}

export function ingestCommand(): Command {
  return withUrl(new Command('ingest'))
    .description("Bring the change events of a file to a system's topics, as its connector would.")
    .argument('<file>', 'one event {"topic", "key", "value"} a line; gzipped when its name ends in .gz')
    .requiredOption('-s, --system <name>', 'the system that made the events')
    .action(async (file: string, { system, url }: IngestOptions, command: Command) => {
      const config = configOf(command);
      const api = clientFor(config, url);
      if (url !== undefined || !isEmbedded(config) || (await api.isUp()))
        return report(await feedEvents(api, file, system));
      // Nothing runs on this database: this process is Syncline until the file is taken through.
      const running = await composeProcess('standalone', {
        ...config,
        profile: { ...config.profile, http: { ...config.profile.http, host: '127.0.0.1', port: 0 } },
      });
      try {
        report(await feedEvents(new ApiClient(running.url, running.firstKey ?? clientFor(config).key), file, system));
        await caughtUp(running);
      } finally {
        await running.stop();
      }
    });
}

function report({ accepted, ignored, failed }: { accepted: number; ignored: number; failed: number }): void {
  console.log(`${accepted} events taken, ${ignored} of ignored tables, ${failed} to the dead letters`);
  if (failed > 0) console.log('`syncline status` counts dead letters; GET /dead-letters says what is wrong with each.');
}

/** Resolves when everything is through: looked up in positions, not waited for by time. */
async function caughtUp({ progress }: RunningProcess): Promise<void> {
  while (!(await progress.hasCaughtUp())) await new Promise((resolve) => setTimeout(resolve, 50));
}
