// PostgreSQL in a data folder of its own, on loopback. It refuses to run as root, so root runs it as `postgres`.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findProgram, freePort, makeFolder, removeFolder, runToEnd, startServer, untilReady } from './process.mjs';

const { Client } = createRequire(import.meta.url)('pg');
const DEBIAN_HOME = '/usr/lib/postgresql';
const DATABASE = 'syncline';
/** The data need not outlive a power cut; it has to outlive a crash of the server, which `synchronous_commit=off` would not. */
const UNSAFE = ['fsync=off', 'full_page_writes=off'];

export const variable = 'SYNCLINE_TEST_POSTGRES_URL';

/** Debian keeps initdb and postgres out of PATH, in a folder for each version: the newest first. */
function program(name) {
  const versions = existsSync(DEBIAN_HOME) ? readdirSync(DEBIAN_HOME).sort((a, b) => Number(b) - Number(a)) : [];
  return findProgram(
    name,
    versions.map((version) => join(DEBIAN_HOME, version, 'bin')),
  );
}

export function missing() {
  if (!program('initdb') || !program('postgres')) return 'PostgreSQL 15 or newer (Debian: postgresql)';
  if (process.getuid() === 0 && unprivileged() === null) return 'a user `postgres` (PostgreSQL does not run as root)';
  return null;
}

/** The ids to run as when we are root; {} when we are not; null when there is no such user. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

async function answersQueries(url, ssl) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000, ssl });
  await client.connect();
  try {
    await client.query('select 1');
  } finally {
    await client.end();
  }
}

async function createDatabase(adminUrl, name, ssl) {
  const client = new Client({ connectionString: adminUrl, ssl });
  await client.connect();
  try {
    await client.query(`create database "${name}"`);
  } finally {
    await client.end();
  }
}

/** Puts what the server needs for TLS into its data folder, and lets clients in over TLS alone. */
function secure(data, certificates, ids) {
  const files = [certificates.ca, certificates.serverCert, certificates.serverKey];
  const [ca, cert, key] = files.map((path, at) => {
    const copy = join(data, ['ca.pem', 'server.pem', 'server.key'][at]);
    copyFileSync(path, copy);
    chmodSync(copy, 0o600);
    if (ids.uid !== undefined) chownSync(copy, ids.uid, ids.gid);
    return copy;
  });
  writeFileSync(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n');
  return ['ssl=on', `ssl_ca_file=${ca}`, `ssl_cert_file=${cert}`, `ssl_key_file=${key}`];
}

/**
 * A server of its own, with more `settings` where they are needed; `url(database)` names one of its databases,
 * `create(database)` makes one. With `certificates` (as makeCertificates gives them) it takes clients over TLS alone.
 */
export async function startPostgres(settings = [], certificates = undefined) {
  const folder = makeFolder('postgres');
  const ids = unprivileged();
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(passwordFile, password);
  if (ids.uid !== undefined) for (const path of [folder, data, passwordFile]) chownSync(path, ids.uid, ids.gid);
  await runToEnd(
    program('initdb'),
    ['-D', data, '-U', 'syncline', '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    { ...ids, cwd: folder },
  );
  const encrypted = certificates ? secure(data, certificates, ids) : [];
  const ssl = certificates && { ca: readFileSync(certificates.ca, 'utf8') };
  const port = await freePort();
  const reached = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=100'];
  const options = [...reached, ...UNSAFE, ...encrypted, ...settings].flatMap((setting) => ['-c', setting]);
  const server = startServer('PostgreSQL', program('postgres'), ['-D', data, ...options], {
    ...ids,
    cwd: folder,
    signal: 'SIGINT',
    logFile: join(folder, 'postgres.log'),
  });
  const url = (database) => `postgresql://syncline:${password}@127.0.0.1:${port}/${database}`;
  const ready = () => untilReady(server, () => answersQueries(url('postgres'), ssl));
  await ready();
  return {
    url,
    create: (database) => createDatabase(url('postgres'), database, ssl),
    /** Ends it as a crash would (it would not start beside its own killed children), and starts it again. */
    async crash() {
      await server.restart('SIGQUIT');
      await ready();
    },
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

export async function start() {
  const server = await startPostgres();
  await server.create(DATABASE);
  return { env: { [variable]: server.url(DATABASE) }, crash: () => server.crash(), stop: () => server.stop() };
}
