import type { DataSource } from 'typeorm';
import type { SqlDialect } from './sql-dialect';
import type { SqliteFile } from './sqlite/sqlite-file';

/** A database that is ready for SQL; its tables may not be there yet. */
export interface OpenedDatabase {
  dataSource: DataSource;
  dialect: SqlDialect;
  /** SQLite only: what another thread needs to open it too. */
  file?: SqliteFile;
  migrate(): Promise<void>;
  close(): Promise<void>;
}
