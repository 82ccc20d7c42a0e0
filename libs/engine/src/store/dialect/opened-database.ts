import type { LocalDatabase } from '@syncline/pipeline/shared';
import type { DataSource } from 'typeorm';
import type { SqlDialect } from './sql-dialect';

/** A database that is ready for SQL; its tables may not be there yet. */
export interface OpenedDatabase {
  dataSource: DataSource;
  dialect: SqlDialect;
  /** SQLite only. */
  local?: LocalDatabase;
  migrate(): Promise<void>;
  close(): Promise<void>;
}
