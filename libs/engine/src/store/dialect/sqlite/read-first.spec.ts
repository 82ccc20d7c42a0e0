import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteDialect } from './sqlite-dialect';
import { openSqliteFile } from './sqlite-file';
import { WriteTurns } from './write-turns';

describe('a transaction that reads first', () => {
  let folder: string;
  let dialect: SqliteDialect;
  let close: () => Promise<void>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-read-first-'));
    const path = join(folder, 'x.db');
    const turns = new WriteTurns().shared;
    ({ dialect, close } = openSqliteFile({ path, driver: 'auto', synchronous: 'normal', cacheKb: 1000, turns }));
    await dialect.exclusive((writer) => writer.exec('CREATE TABLE n (v INTEGER); INSERT INTO n VALUES (1)'));
  });

  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const values = (): Promise<{ v: number }[]> => dialect.reader.query<{ v: number }>('SELECT v FROM n ORDER BY v');
  const readFirst = { lock: 'a', readFirst: true };

  it('lets others write until its first write, and sees one state by then', async () => {
    await dialect.transaction(async (tx) => {
      expect(await tx.query('SELECT v FROM n')).toEqual([{ v: 1 }]);
      await dialect.transaction((other) => other.execute('UPDATE n SET v = 2'));
      expect(await tx.query('SELECT v FROM n')).toEqual([{ v: 1 }]);
      await tx.execute('INSERT INTO n VALUES (3)');
      expect(await tx.query('SELECT v FROM n ORDER BY v')).toEqual([{ v: 2 }, { v: 3 }]);
      expect(await values()).toEqual([{ v: 2 }]);
    }, readFirst);
    expect(await values()).toEqual([{ v: 2 }, { v: 3 }]);
  });

  it('takes the file once for writes that begin together', async () => {
    await dialect.transaction(
      (tx) => Promise.all([tx.execute('INSERT INTO n VALUES (2)'), tx.execute('INSERT INTO n VALUES (3)')]),
      readFirst,
    );
    expect(await values()).toEqual([{ v: 1 }, { v: 2 }, { v: 3 }]);
  });

  it('leaves nothing when it fails, before or after its first write', async () => {
    const failing = (writes: boolean) =>
      dialect.transaction(async (tx) => {
        await tx.query('SELECT v FROM n');
        if (writes) await tx.execute('DELETE FROM n');
        throw new Error('no');
      }, readFirst);
    await expect(failing(false)).rejects.toThrow('no');
    await expect(failing(true)).rejects.toThrow('no');
    await dialect.transaction((tx) => tx.execute('UPDATE n SET v = 5'), readFirst);
    expect(await values()).toEqual([{ v: 5 }]);
  });

  it('keeps those with its lock waiting that do not read first', async () => {
    const reading = dialect.transaction(async (tx) => {
      const [{ v }] = await tx.query<{ v: number }>('SELECT v FROM n');
      await new Promise(setImmediate);
      await tx.execute('UPDATE n SET v = ?', [v + 1]);
    }, readFirst);
    const other = dialect.transaction((tx) => tx.execute('UPDATE n SET v = v * 10'), { lock: 'a' });
    await Promise.all([reading, other]);
    expect(await values()).toEqual([{ v: 20 }]);
  });

  it('is alone among those with its lock', async () => {
    const seen: string[] = [];
    const one = (name: string) =>
      dialect.transaction(async (tx) => {
        seen.push(`${name} in`);
        await tx.query('SELECT v FROM n');
        await tx.execute('UPDATE n SET v = v + 1');
        seen.push(`${name} out`);
      }, readFirst);
    await Promise.all([one('a'), one('b')]);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(await values()).toEqual([{ v: 3 }]);
  });
});
