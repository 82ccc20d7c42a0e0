import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStore, type Store } from '@syncline/engine/store';
import { freshServices } from '../../e2e/support/services';
import { Stopwatch, type CaseOptions, type CaseResult } from '../bench-case';
import { WriteSpool, replay } from '../write-spool';
import { spoolPaths } from './record-writes';

/**
 * The baseline of the store: the rows that the pipeline wrote, written again in the same transactions to an empty
 * database; nothing is read, decoded or worked out. Only the transactions count, not reading the file of writes.
 */
export async function storeRaw(
  { folder }: CaseOptions,
  database: 'sqlite' | 'postgres',
): Promise<Omit<CaseResult, 'peakBytes'>> {
  const paths = spoolPaths(folder);
  const services = database === 'postgres' ? await freshServices() : undefined;
  const store = await open(folder, services?.postgresUrl);
  await store.migrate();
  const watch = new Stopwatch();
  const spool = new WriteSpool(paths.writes, 'r');
  for (const writes of spool.transactions()) {
    watch.start();
    await store.dialect.transaction(async (tx) => {
      for (const write of writes) await replay(tx, write);
    });
    watch.stop();
  }
  spool.close();
  await store.close();
  await services?.drop();
  return { events: Number(readFileSync(paths.events, 'utf8')), ...watch.stop() };
}

function open(folder: string, url: string | undefined): Promise<Store> {
  if (url !== undefined) return createStore({ kind: 'postgres', url });
  const own = mkdtempSync(join(folder, 'store-'));
  mkdirSync(own, { recursive: true });
  return createStore({ kind: 'sqlite', path: join(own, 'raw.db') });
}
