import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeError } from './errors';

/** Holds a lock file until released (or the process ends). */
export interface ProcessLock {
  readonly path: string;
  release(): void;
}

const held = new Set<string>();

/**
 * Takes the lock file `path`, which names this process by its pid, for this process alone. A file left by a
 * process that no longer runs is taken over.
 * @throws SynclineError EMBEDDED_STORE_IN_USE when a running process holds it
 */
export function acquireProcessLock(path: string): ProcessLock {
  mkdirSync(dirname(path), { recursive: true });
  if (held.has(path)) throw inUse(path, process.pid);
  if (!create(path)) takeOver(path);
  held.add(path);
  const release = (): void => {
    if (!held.delete(path)) return;
    process.removeListener('exit', release);
    rmSync(path, { force: true });
  };
  process.once('exit', release);
  return { path, release };
}

/** Makes the file if there is none; the file system lets only one process do it. */
function create(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function takeOver(path: string): void {
  const owner = ownerOf(path);
  if (owner !== undefined && owner !== process.pid && isRunning(owner)) throw inUse(path, owner);
  rmSync(path, { force: true });
  // Two processes may take over at once: whoever creates the file anew has it.
  if (!create(path)) throw inUse(path, ownerOf(path));
}

function ownerOf(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(path: string, pid: number | undefined): Error {
  const who = pid === undefined ? 'another process' : `the process with pid ${pid}`;
  return storeError('EMBEDDED_STORE_IN_USE', `the embedded database is in use by ${who} (lock file ${path})`);
}
