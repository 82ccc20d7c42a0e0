import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Stopwatch, type BenchCase } from '../bench-case';
import { withEmbeddedLog } from '../bench-installation';
import { sourcePrefix, workloadChunks } from './workload-messages';

/** Puts the workload into a new embedded log, in a process of its own; not a measurement. */
export const fillEmbedded: BenchCase = async ({ folder, events, customers, run }) => {
  const installation = join(folder, 'embedded');
  rmSync(installation, { recursive: true, force: true });
  mkdirSync(join(installation, 'data'), { recursive: true });
  return withEmbeddedLog(installation, run, async (log) => {
    const watch = new Stopwatch().start();
    let count = 0;
    for (const batches of workloadChunks(events, customers, sourcePrefix(run))) {
      await log.append(batches);
      count += batches.reduce((sum, { messages }) => sum + messages.length, 0);
    }
    return { events: count, ...watch.stop() };
  });
};
