import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, type Store } from './create-store';
import * as tables from './schema/tables';

describe('the embedded store', () => {
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-store-'));
    store = await createStore({ kind: 'sqlite', path: join(folder, 'syncline.db') });
    await store.migrate();
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every declared column after the migrations', async () => {
    for (const table of Object.values(tables)) {
      if (!('columns' in table)) continue;
      const columns = Object.keys(table.columns).map((column) => `"${column}"`);
      await expect(store.dialect.reader.query(`SELECT ${columns.join(', ')} FROM "${table.name}"`)).resolves.toEqual(
        [],
      );
    }
  });

  it('migrates a second time without a change, and answers', async () => {
    await store.migrate();
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('refuses a second opening of the file and allows it after closing', async () => {
    const again = { kind: 'sqlite', path: join(folder, 'syncline.db') } as const;
    await expect(createStore(again)).rejects.toMatchObject({ code: 'EMBEDDED_STORE_IN_USE' });
    await store.close();
    store = await createStore(again);
    await store.ping();
  });

  it('writes durably: WAL and synchronous=FULL', async () => {
    expect(await store.dialect.reader.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await store.dialect.transaction((tx) => tx.query('PRAGMA synchronous'))).toEqual([{ synchronous: 2 }]);
  });
});
