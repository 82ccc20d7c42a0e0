import { createRequire } from 'node:module';
import { storeError } from '../../errors';

/** The part of better-sqlite3's interface that Syncline uses; libsql has the same. */
export interface SqliteStatement {
  readonly reader: boolean;
  run(params: readonly unknown[]): { changes: number; lastInsertRowid: number | bigint };
  all(params: readonly unknown[]): unknown[];
}

export interface SqliteHandle {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  close(): unknown;
}

export type SqliteConstructor = new (path: string, options?: { timeout?: number }) => SqliteHandle;

/** `auto` takes better-sqlite3, the faster one, where somebody installed it, and libsql otherwise. */
export type SqliteDriverName = 'auto' | 'libsql' | 'better-sqlite3';

const load = createRequire(__filename);

/**
 * Finds the SQLite driver.
 * @throws SynclineError STORE_DRIVER_MISSING when the one that is asked for is not installed
 */
export function loadSqliteDriver(name: SqliteDriverName): {
  name: Exclude<SqliteDriverName, 'auto'>;
  open: SqliteConstructor;
} {
  if (name === 'libsql') return { name, open: required('libsql') };
  if (name === 'better-sqlite3') return { name, open: required('better-sqlite3') };
  const better = optional('better-sqlite3');
  return better ? { name: 'better-sqlite3', open: better } : { name: 'libsql', open: required('libsql') };
}

function required(name: 'libsql' | 'better-sqlite3'): SqliteConstructor {
  try {
    return load(name) as SqliteConstructor;
  } catch (error) {
    throw storeError('STORE_DRIVER_MISSING', `the SQLite driver ${name} can not be loaded`, error);
  }
}

/** Loads and tries it: a package whose binary was not built fails only when a database is opened. */
function optional(name: 'better-sqlite3'): SqliteConstructor | undefined {
  try {
    const open = load(name) as SqliteConstructor;
    new open(':memory:').close();
    return open;
  } catch {
    return undefined;
  }
}
