// What all services share: free ports, child processes that end with us, and waiting by asking.
import { spawn } from 'node:child_process';
import { chmodSync, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A loopback port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The path of a program, looked for in `places` (folders) and then in PATH; null when there is none. */
export function findProgram(name, places = []) {
  const folders = [...places, ...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A folder of its own under the system's temporary folder; other users may pass through it (PostgreSQL's does). */
export function makeFolder(service) {
  const folder = mkdtempSync(join(tmpdir(), `syncline-${service}-`));
  chmodSync(folder, 0o755);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Runs a program to its end; rejects with what it printed when it fails. */
export function runToEnd(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const { input, ...spawnOptions } = options;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], ...spawnOptions });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${program} ${args[0] ?? ''} ended with ${code}:\n${output}`)),
    );
    child.stdin.end(input ?? '');
  });
}

/**
 * Starts a server whose output goes to `logFile`. `stop` asks it to end, and insists after `graceMs`; `kill` does not
 * ask; `restart` ends it with a signal, rudely if that is wanted, and starts it again in the same place.
 */
export function startServer(name, program, args, { logFile, signal = 'SIGTERM', graceMs = 15_000, ...options }) {
  let running = launch();

  function launch() {
    const log = createWriteStream(logFile, { flags: 'a' });
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const state = { child, failure: null };
    child.once('error', (error) => (state.failure = error));
    state.closed = new Promise((resolve) => child.once('close', () => log.end(resolve)));
    return state;
  }
  const ended = () =>
    running.failure !== null || running.child.exitCode !== null || running.child.signalCode !== null;

  return {
    name,
    tail: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n').slice(-30).join('\n') : ''),
    ended,
    async stop() {
      if (ended()) return;
      const { child, closed } = running;
      child.kill(signal);
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await closed;
      clearTimeout(insist);
    },
    /** Ends it as a crash would. */
    async kill() {
      if (ended()) return;
      running.child.kill('SIGKILL');
      await running.closed;
    },
    async restart(how) {
      if (!ended()) {
        running.child.kill(how);
        await running.closed;
      }
      running = launch();
    },
  };
}

/** Asks again and again until `ask` no longer throws; gives up when the server ended or the time is over. */
export async function untilReady(server, ask, timeoutMs = 90_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (server.ended()) throw new Error(`${server.name} ended while starting:\n${server.tail()}`, { cause: error });
      if (Date.now() > deadline) {
        await server.stop();
        throw new Error(`${server.name} was not ready after ${timeoutMs / 1000} s:\n${server.tail()}`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
