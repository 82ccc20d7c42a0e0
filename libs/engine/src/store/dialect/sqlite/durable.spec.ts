import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteDialect } from './sqlite-dialect';
import { openSqliteFile } from './sqlite-file';
import { WriteTurns } from './write-turns';

/** SQLite's numbers. */
const [NORMAL, FULL] = [1, 2];

describe('a write that need not be durable', () => {
  let folder: string;
  let dialect: SqliteDialect;
  let close: () => Promise<void>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-durable-'));
    const file = { path: join(folder, 'x.db'), driver: 'auto', synchronous: 'full', cacheKb: 1000 } as const;
    ({ dialect, close } = openSqliteFile({ ...file, turns: new WriteTurns().shared }));
  });

  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const level = (options?: { durable: boolean }): Promise<number | undefined> =>
    dialect.exclusive((writer) => writer.all<{ synchronous: number }>('PRAGMA synchronous')[0]?.synchronous, options);

  it('waits for the disk less, and the next one as ever', async () => {
    expect(await level()).toBe(FULL);
    expect(await level({ durable: false })).toBe(NORMAL);
    expect(await level()).toBe(FULL);
  });

  it('leaves the level as it was when it fails', async () => {
    const failing = dialect.exclusive(() => Promise.reject(new Error('no')), { durable: false });
    await expect(failing).rejects.toThrow('no');
    expect(await level()).toBe(FULL);
  });
});
