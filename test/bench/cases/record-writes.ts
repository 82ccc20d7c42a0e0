import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlDialect } from '@syncline/engine/store';
import type { LogMessage } from '@syncline/pipeline/shared';
import { Stopwatch, type BenchCase } from '../bench-case';
import { benchConfiguration, startRole } from '../bench-installation';
import { WriteSpool, recording } from '../write-spool';
import { caughtUp } from './pipeline';
import { sourcePrefix, workloadChunks } from './workload-messages';

const STAGES = new Set(['reconcile', 'rate']);

/** Where the writes are, for the cases that do them again. */
export function spoolPaths(folder: string): { writes: string; events: string } {
  return { writes: join(folder, 'writes.spool'), events: join(folder, 'writes.events') };
}

/**
 * Runs the embedded pipeline once and notes every row that reconcile and rate write, transaction by transaction; not
 * a measurement. The input is appended at once, so that the stages take it in the batches of the measured run.
 */
export const recordWrites: BenchCase = async ({ folder, events, customers, run }) => {
  const installation = join(folder, 'recording');
  mkdirSync(installation, { recursive: true });
  const config = benchConfiguration(installation, run);
  // What another thread writes could not be noted here.
  config.profile.threads.reconcile = 'main';
  const process = await startRole('standalone', config);
  const { writes, events: eventsPath } = spoolPaths(folder);
  const spool = new WriteSpool(writes, 'w');
  const watch = new Stopwatch().start();
  recordTransactions(process.context.engine.store.dialect, spool);
  const topics = new Map<string, LogMessage[]>();
  let count = 0;
  for (const batches of workloadChunks(events, customers, sourcePrefix(run))) {
    for (const { topic, messages } of batches) {
      topics.set(topic, (topics.get(topic) ?? []).concat(messages));
      count += messages.length;
    }
  }
  await process.context.engine.log.append([...topics].map(([topic, messages]) => ({ topic, messages })));
  await caughtUp([process], 100);
  await process.stop();
  spool.close();
  writeFileSync(eventsPath, String(count));
  rmSync(installation, { recursive: true, force: true });
  return { events: count, ...watch.stop() };
};

function recordTransactions(dialect: SqlDialect, spool: WriteSpool): void {
  const transaction: SqlDialect['transaction'] = dialect.transaction.bind(dialect);
  dialect.transaction = async (work, options) => {
    if (!STAGES.has(options?.lock ?? '')) return transaction(work, options);
    let writes: Buffer[] = [];
    const result = await transaction((tx) => work(recording(tx, (writes = []))), options);
    if (writes.length > 0) spool.add(writes);
    return result;
  };
}
