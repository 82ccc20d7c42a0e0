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

  it('gives other parts a local database whose readers see only what is committed', async () => {
    const local = store.local;
    if (!local) throw new Error('no local database');
    await local.exclusive((writer) => writer.exec('CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)'));
    await local.exclusive((writer) => {
      expect(writer.run('INSERT INTO thing (name) VALUES (?)', ['一'])).toEqual({ changes: 1, lastId: 1 });
      expect(writer.all('SELECT * FROM thing')).toHaveLength(1);
      expect(local.all('SELECT * FROM thing')).toHaveLength(0);
    });
    expect(local.all('SELECT name FROM thing')).toEqual([{ name: '一' }]);
    await expect(
      local.exclusive((writer) => {
        writer.run('DELETE FROM thing');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(local.all('SELECT COUNT(*) AS n FROM thing')).toEqual([{ n: 1 }]);
  });
});
