import type { TlsOptions } from '../connection/tls-options';
import type { SqliteDriverName } from './dialect/sqlite/sqlite-driver';

/** One file of one process. `synchronous: full` survives a loss of power, `normal` only that of the process. */
export interface SqliteStoreConfig {
  kind: 'sqlite';
  path: string;
  driver?: SqliteDriverName;
  synchronous?: 'full' | 'normal';
}

/** `schema` keeps its tables apart from others in the same database; it must exist. */
export interface PostgresStoreConfig {
  kind: 'postgres';
  url: string;
  /** Absent = what the URL says (`sslmode`), which is nothing by default. */
  tls?: TlsOptions;
  schema?: string;
  /** Connections of one process at the most. */
  poolSize?: number;
}

/** `mssql://user:password@host:port/database?encrypt=true&trustServerCertificate=true` */
export interface MssqlStoreConfig {
  kind: 'mssql';
  url: string;
  /** Absent = what the URL says. */
  tls?: TlsOptions;
  poolSize?: number;
}

export type StoreConfig = SqliteStoreConfig | PostgresStoreConfig | MssqlStoreConfig;
