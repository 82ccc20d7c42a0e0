// Redis on loopback, without persistence: a test's jobs need not outlive it.
import { connect } from 'node:net';
import { join } from 'node:path';
import { findProgram, freePort, makeFolder, removeFolder, startServer, untilReady } from './process.mjs';

export const variable = 'SYNCLINE_TEST_REDIS_URL';

export function missing() {
  return findProgram('redis-server') ? null : 'Redis (Debian: redis-server)';
}

function ping(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      if (answer.toString().startsWith('+PONG')) resolve();
      else reject(new Error(`unexpected answer: ${answer}`));
    });
  });
}

export async function start() {
  const folder = makeFolder('redis');
  const port = await freePort();
  const options = {
    '--port': String(port),
    '--bind': '127.0.0.1',
    '--dir': folder,
    '--save': '',
    '--appendonly': 'no',
    '--maxmemory-policy': 'noeviction',
  };
  const server = startServer('Redis', findProgram('redis-server'), Object.entries(options).flat(), {
    logFile: join(folder, 'redis.log'),
  });
  const ready = () => untilReady(server, () => ping(port));
  await ready();
  return {
    env: { [variable]: `redis://127.0.0.1:${port}` },
    /** Ends it as a crash would, and starts it again, empty. */
    async crash() {
      await server.restart('SIGKILL');
      await ready();
    },
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}
