import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { storeError } from '../../errors';
import { POSTGRES_MIGRATIONS } from '../../migrations/postgres';
import type { PostgresStoreConfig } from '../../store-config';
import type { OpenedDatabase } from '../opened-database';
import { POSTGRES_SYNTAX } from './postgres-syntax';
import { postgresTls } from './postgres-tls';
import { send, ServerDialect, type ServerLocks } from './server-dialect';
import { serverError } from './server-errors';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects to PostgreSQL.
 * @throws SynclineError STORE_UNAVAILABLE, STORE_TLS_FAILED, STORE_UNAUTHORIZED, STORE_ADDRESS_INVALID
 */
export async function openPostgres(config: PostgresStoreConfig): Promise<OpenedDatabase> {
  const schema = config.schema ?? 'public';
  const dataSource = new DataSource({
    type: 'postgres',
    url: config.url,
    ...(config.tls ? { ssl: postgresTls(config.url, config.tls) } : {}),
    applicationName: 'syncline',
    // Counts come as numbers; no column holds an integer beyond 2^53.
    parseInt8: true,
    poolSize: config.poolSize ?? 10,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    extra: config.schema ? { options: `-c search_path=${plainName(config.schema)}` } : {},
    migrations: POSTGRES_MIGRATIONS,
    migrationsTableName: 'schema_migration',
    poolErrorHandler: () => undefined,
  });
  try {
    await dataSource.initialize();
  } catch (error) {
    throw serverError(error, 'connecting to PostgreSQL');
  }
  const dialect = new ServerDialect(dataSource, POSTGRES_SYNTAX, postgresLocks(schema));
  return { dataSource, dialect, migrate: () => migrate(dataSource, schema), close: () => dataSource.destroy() };
}

/** Advisory locks are named by number, for the whole database: schemas keep theirs apart. */
function lockNumber(schema: string, lock: string): string {
  return createHash('sha256').update(`syncline/${schema}/${lock}`).digest().readBigInt64BE(0).toString();
}

function postgresLocks(schema: string): ServerLocks {
  return {
    async waitInTransaction(tx, lock) {
      await tx.query('SELECT pg_advisory_xact_lock(?::bigint)', [lockNumber(schema, lock)]);
    },
    async tryExclusively(dataSource, lock, work) {
      const runner = dataSource.createQueryRunner();
      const number = lockNumber(schema, lock);
      try {
        const { rows } = await locked(runner, 'SELECT pg_try_advisory_lock($1::bigint) AS taken', number);
        if (!(rows[0] as { taken: boolean }).taken) return null;
        try {
          return await work();
        } finally {
          await locked(runner, 'SELECT pg_advisory_unlock($1::bigint)', number);
        }
      } finally {
        await runner.release();
      }
    },
  };
}

async function locked(runner: Parameters<typeof send>[0], sql: string, number: string): ReturnType<typeof send> {
  try {
    return await send(runner, sql, [number]);
  } catch (error) {
    throw serverError(error, 'taking or giving back a lock');
  }
}

/** One process migrates, the others wait and find it done. */
async function migrate(dataSource: DataSource, schema: string): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const number = lockNumber(schema, 'migrate');
  try {
    await locked(runner, 'SELECT pg_advisory_lock($1::bigint)', number);
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await locked(runner, 'SELECT pg_advisory_unlock($1::bigint)', number);
    }
  } catch (error) {
    throw serverError(error, 'migrating the tables');
  } finally {
    await runner.release();
  }
}

/** The name goes into a connection option, where it can't be quoted. */
function plainName(schema: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) return schema;
  throw storeError('STORE_STATEMENT_FAILED', 'store.schema must be lower case letters, digits and _');
}
