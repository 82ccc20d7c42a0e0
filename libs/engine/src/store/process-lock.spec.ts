import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireProcessLock } from './process-lock';

describe('the lock of a process', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-lock-'));
    path = join(folder, 'deep', 'store.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('names this process, is refused to a second taker, and is free again after release', () => {
    const lock = acquireProcessLock(path);
    expect(readFileSync(path, 'utf8').trim()).toBe(String(process.pid));
    expect(() => acquireProcessLock(path)).toThrow(
      expect.objectContaining({ code: 'EMBEDDED_STORE_IN_USE', kind: 'fatal' }),
    );
    lock.release();
    lock.release();
    expect(existsSync(path)).toBe(false);
    acquireProcessLock(path).release();
  });

  it('is refused while another running process holds it', () => {
    acquireProcessLock(path).release();
    writeFileSync(path, `${process.ppid}\n`);
    expect(() => acquireProcessLock(path)).toThrow(expect.objectContaining({ code: 'EMBEDDED_STORE_IN_USE' }));
    expect(readFileSync(path, 'utf8').trim()).toBe(String(process.ppid));
  });

  it.each(['a process that ended', 'nobody'])('is taken over from %s', (owner) => {
    acquireProcessLock(path).release();
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path, owner === 'nobody' ? '' : `${ended}\n`);
    const lock = acquireProcessLock(path);
    expect(readFileSync(path, 'utf8').trim()).toBe(String(process.pid));
    lock.release();
  });
});
