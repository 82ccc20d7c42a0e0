// A Tryton 6.0 server on a PostgreSQL of its own, with a company, a chart of accounts and a few parties.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as postgres from './postgres.mjs';
import { findProgram, freePort, makeFolder, removeFolder, runToEnd, startServer, untilReady } from './process.mjs';

const PREPARE = fileURLToPath(new URL('../tryton/prepare.py', import.meta.url));
const KEPT = fileURLToPath(new URL('../target', import.meta.url));
/** Debian's modules are seen by Debian's Python only, not by another one that may come first in PATH. */
const PYTHON = '/usr/bin/python3';
const PACKAGES = '/usr/lib/python3/dist-packages';
const MODULES = ['party', 'account', 'account_invoice', 'account_credit_limit'];
/**
 * Tryton makes thousands of rows and asks the catalogue about each column as it goes. Without fresh statistics the
 * server spends most of that time on bad plans, and on compiling them. Nobody makes this server crash.
 */
const FRESH_STATISTICS = [
  'synchronous_commit=off',
  'autovacuum_naptime=1s',
  'autovacuum_analyze_threshold=20',
  'autovacuum_analyze_scale_factor=0.05',
  'autovacuum_vacuum_cost_delay=0',
  'jit=off',
];
const DATABASE = 'tryton';
/** Not a secret: the server listens on loopback and lives as long as the tests. */
const PASSWORD = 'syncline-tryton-test';

export const variable = 'SYNCLINE_TEST_TRYTON_URL';

export function missing() {
  const parts = ['proteus', ...MODULES.map((module) => `trytond/modules/${module}`)];
  const absent = parts.filter((part) => !existsSync(join(PACKAGES, part)));
  if (findProgram('trytond-admin') && absent.length === 0) return postgres.missing();
  return (
    'Tryton 6.0 (Debian: tryton-server tryton-proteus tryton-modules-party tryton-modules-account ' +
    'tryton-modules-account-invoice tryton-modules-account-credit-limit)'
  );
}

/** Tests log in more often than people do, with a password that is no secret: its hash need not be slow to make. */
const HASHING = ['[passlib]', 'schemes = pbkdf2_sha512', 'pbkdf2_sha512__default_rounds = 1'].join('\n');

function configuration({ databaseUrl, port, folder, hashing }) {
  return [
    '[database]',
    `uri = ${databaseUrl}`,
    `path = ${join(folder, 'files')}`,
    '[web]',
    `listen = 127.0.0.1:${port}`,
    '[session]',
    'authentications = password',
    '[password]',
    'length = 0',
    'entropy = 0',
    `passlib = ${hashing}`,
  ].join('\n');
}

async function answersLogin(url) {
  const response = await fetch(`${url}/${DATABASE}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 1, method: 'common.db.login', params: ['admin', { password: PASSWORD }, 'en'] }),
    signal: AbortSignal.timeout(20_000),
  });
  const answer = await response.json();
  if (!Array.isArray(answer.result)) throw new Error(`login was answered with ${JSON.stringify(answer)}`);
}

async function prepareDatabase(configFile, folder, environment) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  const env = { ...environment, TRYTONPASSFILE: passwordFile };
  const toActivate = ['-u', ...MODULES, '--activate-dependencies', '--email', 'admin@example.test'];
  await runToEnd(findProgram('trytond-admin'), ['-c', configFile, '-d', DATABASE, ...toActivate], { env, cwd: folder });
  await runToEnd(PYTHON, [PREPARE, configFile, DATABASE], { env, cwd: folder });
}

/** A prepared database is kept as a dump under this name: preparing takes a minute, restoring a few seconds. */
function keptDump() {
  const versions = execFileSync('dpkg-query', ['-W', 'tryton-server', 'tryton-modules-*']);
  const hash = createHash('sha256').update(versions).update(readFileSync(PREPARE)).update(MODULES.join());
  hash.update(HASHING).update(new Date().getFullYear().toString());
  return join(KEPT, `tryton-${hash.digest('hex').slice(0, 16)}.dump`);
}

async function fillDatabase(database, configFile, folder, env) {
  const dump = keptDump();
  await database.create(DATABASE);
  if (existsSync(dump)) {
    await runToEnd(findProgram('pg_restore'), ['--no-owner', '-d', database.url(DATABASE), dump]);
    return;
  }
  await prepareDatabase(configFile, folder, env);
  mkdirSync(KEPT, { recursive: true });
  await runToEnd(findProgram('pg_dump'), ['-Fc', '-f', `${dump}.${process.pid}`, database.url(DATABASE)]);
  renameSync(`${dump}.${process.pid}`, dump);
}

export async function start() {
  const database = await postgres.startPostgres(FRESH_STATISTICS);
  const folder = makeFolder('tryton');
  try {
    const port = await freePort();
    const configFile = join(folder, 'trytond.conf');
    const hashing = join(folder, 'passlib.ini');
    writeFileSync(hashing, `${HASHING}\n`);
    writeFileSync(configFile, `${configuration({ databaseUrl: database.url(''), port, folder, hashing })}\n`);
    const env = { ...process.env, TZ: 'UTC', PYTHONDONTWRITEBYTECODE: '1' };
    await fillDatabase(database, configFile, folder, env);
    const server = startServer('Tryton', findProgram('trytond'), ['-c', configFile, '-d', DATABASE], {
      env,
      cwd: folder,
      logFile: join(folder, 'trytond.log'),
    });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(server, () => answersLogin(url));
    return {
      env: {
        [variable]: url,
        SYNCLINE_TEST_TRYTON_DB: DATABASE,
        SYNCLINE_TEST_TRYTON_USER: 'admin',
        SYNCLINE_TEST_TRYTON_PASSWORD: PASSWORD,
      },
      async stop() {
        await server.stop();
        await database.stop();
        removeFolder(folder);
      },
    };
  } catch (error) {
    await database.stop();
    removeFolder(folder);
    throw error;
  }
}
