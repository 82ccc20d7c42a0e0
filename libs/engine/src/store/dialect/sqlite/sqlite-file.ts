import { SqliteConnection } from './sqlite-connection';
import { SqliteDialect } from './sqlite-dialect';
import { loadSqliteDriver, type SqliteDriverName, type SqliteHandle } from './sqlite-driver';
import { WriteTurns } from './write-turns';

const BUSY_TIMEOUT_MS = 5_000;
/** Pages of the write-ahead log before it is copied back: 32 MB, so that a page changed often is copied once. */
const CHECKPOINT_PAGES = 4_000;

/** What is needed to open a file again, in another thread of the process that has it; can be sent to one. */
export interface SqliteFile {
  /** Absolute. */
  path: string;
  driver: SqliteDriverName;
  /** `full` survives a loss of power, `normal` only that of the process. */
  synchronous: 'full' | 'normal';
  /** Memory of the connection that writes, for pages. */
  cacheKb: number;
  turns: SharedArrayBuffer;
}

export function openHandle({ path, driver }: Pick<SqliteFile, 'path' | 'driver'>): SqliteHandle {
  return new (loadSqliteDriver(driver).open)(path, { timeout: BUSY_TIMEOUT_MS });
}

/** The page size counts only before the first table; larger pages write fewer of them for rows with JSON. */
export function prepareWriter(handle: SqliteHandle, { synchronous, cacheKb }: SqliteFile): void {
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  handle.pragma('page_size = 8192');
  handle.pragma('journal_mode = WAL');
  handle.pragma(`synchronous = ${synchronous.toUpperCase()}`);
  handle.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  handle.pragma(`cache_size = -${cacheKb}`);
  handle.pragma('temp_store = MEMORY');
}

/** The dialect on a file whose writing connection is there, and how to close the connections that it opened itself. */
export function dialectOn(file: SqliteFile, writer: SqliteHandle): { dialect: SqliteDialect; close(): Promise<void> } {
  const [reading, snapshot] = [readOnly(file), readOnly(file)];
  const connections = {
    writing: new SqliteConnection(writer),
    reading: new SqliteConnection(reading),
    snapshot: new SqliteConnection(snapshot),
  };
  const dialect = new SqliteDialect(connections, new WriteTurns(file.turns), file.synchronous);
  const close = async (): Promise<void> => {
    await dialect.idle();
    reading.close();
    snapshot.close();
  };
  return { dialect, close };
}

/** Opens a file whole: a local database without the store's tables, or the store's from another thread. */
export function openSqliteFile(file: SqliteFile): { dialect: SqliteDialect; close(): Promise<void> } {
  const writer = openHandle(file);
  prepareWriter(writer, file);
  const { dialect, close } = dialectOn(file, writer);
  return { dialect, close: () => close().then(() => void writer.close()) };
}

function readOnly(file: SqliteFile): SqliteHandle {
  const handle = openHandle(file);
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  handle.pragma('query_only = ON');
  return handle;
}
