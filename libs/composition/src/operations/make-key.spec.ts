import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKey, ApiKeyStore } from '@syncline/pipeline/publish';
import { makeFirstKey } from './make-key';

describe('the first key of an installation', () => {
  const clock = { now: () => 0, elapsed: () => 0, today: () => '2026-11-20' };
  let folder: string;
  let path: string;
  let stored: ApiKey[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-key-'));
    path = join(folder, 'data', 'api-key');
    stored = [];
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const storeThat = (add: (key: ApiKey) => Promise<void>): ApiKeyStore =>
    ({ list: () => Promise.resolve(stored), add }) as unknown as ApiKeyStore;
  const working = storeThat((key) => Promise.resolve(void stored.push(key)));

  it('stands in its file before it opens anything', async () => {
    const before = storeThat((key) => {
      expect(existsSync(path)).toBe(true);
      return working.add(key);
    });
    const key = await makeFirstKey(before, clock, path);
    expect(readFileSync(path, 'utf8')).toBe(`${key}\n`);
    expect(stored).toHaveLength(1);
    expect(await makeFirstKey(before, clock, path)).toBeNull();
  });

  it('is made again when the process died before it was stored', async () => {
    const dying = storeThat(() => Promise.reject(new Error('killed')));
    await expect(makeFirstKey(dying, clock, path)).rejects.toThrow('killed');
    const key = await makeFirstKey(working, clock, path);
    expect(readFileSync(path, 'utf8')).toBe(`${key}\n`);
    expect(stored).toHaveLength(1);
  });
});
