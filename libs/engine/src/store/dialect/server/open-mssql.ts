import { DataSource } from 'typeorm';
import type { TlsOptions } from '../../../connection/tls-options';
import { storeError } from '../../errors';
import { MSSQL_MIGRATIONS } from '../../migrations/mssql';
import type { MssqlStoreConfig } from '../../store-config';
import type { OpenedDatabase } from '../opened-database';
import { MSSQL_SYNTAX } from './mssql-syntax';
import { refuseInUrl, serverAddress } from './server-address';
import { send, ServerDialect, type ServerLocks } from './server-dialect';
import { serverError } from './server-errors';
import { ServerSession } from './server-session';

const CONNECT_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;
const LOCK_TIMEOUT_MS = 60_000;
const DEFAULT_PORT = 1433;

/** Released with the transaction; below 0 = not had (time-out, deadlock, cancelled). */
export const APPLOCK =
  "DECLARE @result int; EXEC @result = sp_getapplock @Resource = ?, @LockMode = 'Exclusive', " +
  "@LockOwner = 'Transaction', @LockTimeout = ?; SELECT @result AS result";

/**
 * Connects to SQL Server.
 * @throws SynclineError STORE_UNAVAILABLE, STORE_TLS_FAILED, STORE_UNAUTHORIZED, STORE_ADDRESS_INVALID
 */
export async function openMssql(config: MssqlStoreConfig): Promise<OpenedDatabase> {
  const dataSource = new DataSource({
    type: 'mssql',
    ...credentials(config.url, config.tls),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    pool: { max: config.poolSize ?? 10 },
    migrations: MSSQL_MIGRATIONS,
    migrationsTableName: 'schema_migration',
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    throw serverError(error, 'connecting to SQL Server');
  }
  const dialect = new ServerDialect(dataSource, MSSQL_SYNTAX, MSSQL_LOCKS);
  return { dataSource, dialect, migrate: () => migrate(dataSource), close: () => dataSource.destroy() };
}

interface MssqlCredentials {
  host: string;
  port: number;
  username: string;
  password: string;
  database: string;
  options: MssqlTls & { appName: string };
}

interface MssqlTls {
  encrypt: boolean;
  trustServerCertificate: boolean;
  serverName?: string;
  cryptoCredentialsDetails?: { ca: string };
}

/** Takes the address apart. @throws SynclineError STORE_ADDRESS_INVALID */
export function credentials(address: string, tls?: TlsOptions): MssqlCredentials {
  const url = serverAddress(address);
  return {
    host: url.hostname,
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    options: { ...mssqlTls(url, tls), appName: 'syncline' },
  };
}

/** Without a section the address decides; it encrypts unless it says false. */
function mssqlTls(url: URL, tls: TlsOptions | undefined): MssqlTls {
  if (!tls) {
    return {
      encrypt: url.searchParams.get('encrypt') !== 'false',
      trustServerCertificate: url.searchParams.get('trustServerCertificate') === 'true',
    };
  }
  refuseInUrl(url, /^(encrypt|trustServerCertificate)$/);
  return {
    encrypt: true,
    trustServerCertificate: false,
    ...(tls.servername === undefined ? {} : { serverName: tls.servername }),
    ...(tls.ca === undefined ? {} : { cryptoCredentialsDetails: { ca: tls.ca } }),
  };
}

const MSSQL_LOCKS: ServerLocks = {
  async waitInTransaction(tx, lock) {
    if (!(await applock(tx, lock, LOCK_TIMEOUT_MS))) {
      throw storeError('STORE_CONTENTION', `the lock ${lock} was not free within ${LOCK_TIMEOUT_MS} ms`);
    }
  },
  // The pool may give each request another connection, except in a transaction: the lock lives in one that does nothing.
  async tryExclusively(dataSource, lock, work) {
    const runner = dataSource.createQueryRunner();
    const session = new ServerSession(MSSQL_SYNTAX, (sql, params) => send(runner, sql, params));
    try {
      await runner.startTransaction();
      return (await applock(session, lock, 0)) ? await work() : null;
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release().catch(() => undefined);
    }
  },
};

async function applock(tx: ServerSession, lock: string, timeoutMs: number): Promise<boolean> {
  const [row] = await tx.query<{ result: number }>(APPLOCK, [`syncline/${lock}`, timeoutMs]);
  return (row?.result ?? -1) >= 0;
}

async function migrate(dataSource: DataSource): Promise<void> {
  const done = await MSSQL_LOCKS.tryExclusively(dataSource, 'migrate', () => run(dataSource));
  if (done === null) throw storeError('STORE_CONTENTION', 'another process is migrating the tables');
}

async function run(dataSource: DataSource): Promise<true> {
  try {
    await dataSource.runMigrations({ transaction: 'each' });
    return true;
  } catch (error) {
    throw serverError(error, 'migrating the tables');
  }
}
