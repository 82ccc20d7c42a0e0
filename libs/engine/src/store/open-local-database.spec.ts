import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalDatabase, type OpenedLocalDatabase } from './open-local-database';

describe('a local database', () => {
  let folder: string;
  let local: OpenedLocalDatabase;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-local-'));
    local = openLocalDatabase(join(folder, 'log.db'));
  });

  afterEach(async () => {
    await local.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has readers that see only what is committed', async () => {
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
