import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { LocalDatabase } from '@syncline/pipeline/shared';
import { loadSqliteDriver, type SqliteDriverName } from './dialect/sqlite/sqlite-driver';
import { sqliteError } from './dialect/sqlite/sqlite-errors';
import { openSqliteFile } from './dialect/sqlite/sqlite-file';
import { WriteTurns } from './dialect/sqlite/write-turns';

/** It is written and read in order: what counts is the disk, not the memory. */
const CACHE_KB = 4_000;

export interface OpenedLocalDatabase extends LocalDatabase {
  /** Waits for the work that runs. */
  close(): Promise<void>;
}

/**
 * A SQLite file for parts that keep tables of their own (event log, job queue). It is not the store's file: who
 * appends to the log does not wait for a long transaction of the store. Whoever holds the store's lock owns it too.
 * @throws SynclineError STORE_DRIVER_MISSING, STORE_FULL
 */
export function openLocalDatabase(path: string, driver: SqliteDriverName = 'auto'): OpenedLocalDatabase {
  const absolute = resolve(path);
  mkdirSync(dirname(absolute), { recursive: true });
  try {
    const { dialect, close } = openSqliteFile({
      path: absolute,
      driver: loadSqliteDriver(driver).name,
      synchronous: 'full',
      cacheKb: CACHE_KB,
      turns: new WriteTurns().shared,
    });
    return {
      all: (sql, params) => dialect.all(sql, params),
      exclusive: (work, options) => dialect.exclusive(work, options),
      close,
    };
  } catch (error) {
    throw sqliteError(error, 'opening the database file of the log');
  }
}
