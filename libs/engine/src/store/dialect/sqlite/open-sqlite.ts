import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { SQLITE_MIGRATIONS } from '../../migrations/sqlite';
import { acquireProcessLock } from '../../process-lock';
import type { SqliteStoreConfig } from '../../store-config';
import type { OpenedDatabase } from '../opened-database';
import { SqliteConnection } from './sqlite-connection';
import { SqliteDialect } from './sqlite-dialect';
import { loadSqliteDriver, type SqliteHandle } from './sqlite-driver';
import { sqliteError } from './sqlite-errors';

const BUSY_TIMEOUT_MS = 5_000;
/** Pages of the write-ahead log before it is copied back: 32 MB, so that a page changed often is copied once. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens the file for this process alone, with one connection that writes (shared with TypeORM, whose migrations use
 * it) and one that reads.
 * @throws SynclineError EMBEDDED_STORE_IN_USE, STORE_DRIVER_MISSING, STORE_FULL
 */
export async function openSqlite(config: SqliteStoreConfig): Promise<OpenedDatabase> {
  const path = resolve(config.path);
  const driver = loadSqliteDriver(config.driver ?? 'auto');
  const lock = acquireProcessLock(`${path}.lock`);
  try {
    let writer: SqliteHandle | undefined;
    const dataSource = new DataSource({
      type: 'better-sqlite3',
      driver: driver.open,
      database: path,
      timeout: BUSY_TIMEOUT_MS,
      migrations: SQLITE_MIGRATIONS,
      migrationsTableName: 'schema_migration',
      prepareDatabase: (handle: SqliteHandle) => {
        prepareWriter(handle, config.synchronous ?? 'full');
        writer = handle;
      },
    });
    await dataSource.initialize();
    if (!writer) throw new RangeError('the driver did not hand over its connection');
    const reader = new driver.open(path, { timeout: BUSY_TIMEOUT_MS });
    reader.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    reader.pragma('query_only = ON');
    const dialect = new SqliteDialect(new SqliteConnection(writer), new SqliteConnection(reader));
    const close = async (): Promise<void> => {
      await dialect.idle();
      reader.close();
      await dataSource.destroy();
      lock.release();
    };
    return { dataSource, dialect, local: dialect, migrate: () => migrate(dataSource), close };
  } catch (error) {
    lock.release();
    throw sqliteError(error, 'opening the database file');
  }
}

async function migrate(dataSource: DataSource): Promise<void> {
  await dataSource.runMigrations({ transaction: 'each' });
}

/** The page size counts only before the first table; larger pages write fewer of them for rows with JSON. */
function prepareWriter(handle: SqliteHandle, synchronous: 'full' | 'normal'): void {
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  handle.pragma('page_size = 8192');
  handle.pragma('journal_mode = WAL');
  handle.pragma(`synchronous = ${synchronous.toUpperCase()}`);
  handle.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  handle.pragma('cache_size = -32000');
  handle.pragma('temp_store = MEMORY');
}
