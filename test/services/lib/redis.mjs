// Redis on loopback, without persistence: a test's jobs need not outlive it.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectEncrypted } from 'node:tls';
import { findProgram, freePort, makeFolder, removeFolder, startServer, untilReady } from './process.mjs';

export const variable = 'SYNCLINE_TEST_REDIS_URL';

export function missing() {
  return findProgram('redis-server') ? null : 'Redis (Debian: redis-server)';
}

/** Resolves when Redis answers, be it that it wants a password first. */
function answers(open) {
  return new Promise((resolve, reject) => {
    const socket = open(() => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      if (/^(\+PONG|-NOAUTH)/.test(answer)) resolve();
      else reject(new Error(`unexpected answer: ${answer}`));
    });
  });
}

/** A server of its own, with more `settings`; `open(port, onConnect)` makes a connection that it takes. */
async function startRedis(settings, open) {
  const folder = makeFolder('redis');
  const port = await freePort();
  const options = {
    ...settings(port),
    '--bind': '127.0.0.1',
    '--dir': folder,
    '--save': '',
    '--appendonly': 'no',
    '--maxmemory-policy': 'noeviction',
  };
  const server = startServer('Redis', findProgram('redis-server'), Object.entries(options).flat(2), {
    logFile: join(folder, 'redis.log'),
  });
  const ready = () => untilReady(server, () => answers((onConnect) => open(port, onConnect)));
  await ready();
  return {
    port,
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

export async function start() {
  const { port, ...server } = await startRedis(
    (port) => ({ '--port': String(port) }),
    (port, onConnect) => connect(port, '127.0.0.1', onConnect),
  );
  return { env: { [variable]: `redis://127.0.0.1:${port}` }, ...server };
}

/** Takes TLS alone, from clients with a certificate and a password. `certificates` as makeCertificates gives them. */
export function startSecuredRedis(certificates, { username, password }) {
  const files = { ca: certificates.ca, cert: certificates.clientCert, key: certificates.clientKey };
  const client = Object.fromEntries(Object.entries(files).map(([name, path]) => [name, readFileSync(path)]));
  return startRedis(
    (port) => ({
      '--port': '0',
      '--tls-port': String(port),
      '--tls-cert-file': certificates.serverCert,
      '--tls-key-file': certificates.serverKey,
      '--tls-ca-cert-file': certificates.ca,
      '--tls-auth-clients': 'yes',
      '--requirepass': password,
      '--user': [username, 'on', `>${password}`, '~*', '&*', '+@all'],
    }),
    (port, onConnect) => connectEncrypted({ port, host: '127.0.0.1', ...client }, onConnect),
  );
}
