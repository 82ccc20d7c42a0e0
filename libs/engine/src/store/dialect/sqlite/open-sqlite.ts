import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { SQLITE_MIGRATIONS } from '../../migrations/sqlite';
import { acquireProcessLock } from '../../process-lock';
import type { SqliteStoreConfig } from '../../store-config';
import type { OpenedDatabase } from '../opened-database';
import { loadSqliteDriver, type SqliteHandle } from './sqlite-driver';
import { sqliteError } from './sqlite-errors';
import { dialectOn, prepareWriter, type SqliteFile } from './sqlite-file';
import { WriteTurns } from './write-turns';

/** Reconcile's working set: a customer's records are spread over the file. */
const CACHE_KB = 12_000;

/**
 * Opens the file for this process alone; the connection that writes is shared with TypeORM, whose migrations use it.
 * @throws SynclineError EMBEDDED_STORE_IN_USE, STORE_DRIVER_MISSING, STORE_FULL
 */
export async function openSqlite(config: SqliteStoreConfig): Promise<OpenedDatabase> {
  const path = resolve(config.path);
  const driver = loadSqliteDriver(config.driver ?? 'auto');
  const file: SqliteFile = {
    path,
    driver: driver.name,
    synchronous: config.synchronous ?? 'full',
    cacheKb: CACHE_KB,
    turns: new WriteTurns().shared,
  };
  const lock = acquireProcessLock(`${path}.lock`);
  try {
    let writer: SqliteHandle | undefined;
    const dataSource = new DataSource({
      type: 'better-sqlite3',
      driver: driver.open,
      database: path,
      migrations: SQLITE_MIGRATIONS,
      migrationsTableName: 'schema_migration',
      prepareDatabase: (handle: SqliteHandle) => {
        prepareWriter(handle, file);
        writer = handle;
      },
    });
    await dataSource.initialize();
    if (!writer) throw new RangeError('the driver did not hand over its connection');
    const { dialect, close } = dialectOn(file, writer);
    return {
      dataSource,
      dialect,
      file,
      migrate: () => migrate(dataSource),
      close: async () => {
        await close();
        await dataSource.destroy();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw sqliteError(error, 'opening the database file');
  }
}

async function migrate(dataSource: DataSource): Promise<void> {
  await dataSource.runMigrations({ transaction: 'each' });
}
