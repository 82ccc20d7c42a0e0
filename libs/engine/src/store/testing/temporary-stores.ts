import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, type Store } from '../create-store';
import type { SqliteDriverName } from '../dialect/sqlite/sqlite-driver';

interface TemporaryStore {
  stores: Store;
  close(): Promise<void>;
}

/** libsql unless SYNCLINE_SQLITE_DRIVER names the other driver. */
export const testedDriver = (process.env.SYNCLINE_SQLITE_DRIVER ?? 'libsql') as SqliteDriverName;

/** A store on a file of its own, removed when closed. */
export async function temporarySqliteStore(): Promise<TemporaryStore> {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-store-'));
  const stores = await createStore({ kind: 'sqlite', path: join(folder, 'syncline.db'), driver: testedDriver });
  await stores.migrate();
  const close = async (): Promise<void> => {
    await stores.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { stores, close };
}
