import type { InsightStore } from '@syncline/pipeline/insight';
import type { DeadLetterStore } from '@syncline/pipeline/ingest';
import type { DeliveryStore } from '@syncline/pipeline/deliver';
import type { OverrideStore, PolicyStore, RateStore } from '@syncline/pipeline/rate';
import type { ReconcileStore } from '@syncline/pipeline/reconcile';
import type { OutboxReader } from '@syncline/pipeline/shared';
import type { DataSource } from 'typeorm';
import { SqlDeliveryStore } from './deliver/sql-delivery-store';
import type { OpenedDatabase } from './dialect/opened-database';
import type { SqlDialect } from './dialect/sql-dialect';
import { openMssql } from './dialect/server/open-mssql';
import { openPostgres } from './dialect/server/open-postgres';
import { openSqlite } from './dialect/sqlite/open-sqlite';
import type { SqliteFile } from './dialect/sqlite/sqlite-file';
import { SqlDeadLetterStore } from './ingest/sql-dead-letter-store';
import { SqlInsightStore } from './insight/sql-insight-store';
import { SqlOutboxReader } from './outbox/sql-outbox';
import { SqlOverrideStore } from './rate/sql-override-store';
import { SqlPolicyStore } from './rate/sql-policy-store';
import { SqlRateStore } from './rate/sql-rate-store';
import { ReconcileCache } from './reconcile/reconcile-cache';
import { SqlReconcileStore } from './reconcile/sql-reconcile-store';
import type { StoreConfig } from './store-config';

/** The store ports on one database. */
export interface Store {
  readonly dataSource: DataSource;
  readonly dialect: SqlDialect;
  /** What another thread needs to open the SQLite file too; absent on servers. */
  readonly file?: SqliteFile;
  readonly reconcile: ReconcileStore;
  readonly rate: RateStore;
  readonly insight: InsightStore;
  readonly overrides: OverrideStore;
  readonly policies: PolicyStore;
  readonly delivery: DeliveryStore;
  readonly deadLetters: DeadLetterStore;
  readonly outbox: OutboxReader;
  /** Makes or updates the tables; safe to call from several processes at once. */
  migrate(): Promise<void>;
  /** Rejects with STORE_UNAVAILABLE when the database doesn't answer. */
  ping(): Promise<void>;
  /** Waits for running transactions. */
  close(): Promise<void>;
}

/**
 * Opens the configured database. Call `migrate` before the first use of the stores.
 * @throws SynclineError EMBEDDED_STORE_IN_USE, STORE_DRIVER_MISSING, STORE_UNAVAILABLE, STORE_TLS_FAILED, STORE_UNAUTHORIZED
 */
export async function createStore(config: StoreConfig): Promise<Store> {
  const database = await open(config);
  const { dataSource, dialect, file } = database;
  return {
    dataSource,
    dialect,
    ...(file ? { file } : {}),
    reconcile: new SqlReconcileStore(dialect, file ? new ReconcileCache() : undefined),
    rate: new SqlRateStore(dialect),
    insight: new SqlInsightStore(dialect),
    overrides: new SqlOverrideStore(dialect),
    policies: new SqlPolicyStore(dialect),
    delivery: new SqlDeliveryStore(dialect),
    deadLetters: new SqlDeadLetterStore(dialect),
    outbox: new SqlOutboxReader(dialect),
    migrate: () => database.migrate(),
    ping: () => dialect.ping(),
    close: () => database.close(),
  };
}

function open(config: StoreConfig): Promise<OpenedDatabase> {
  switch (config.kind) {
    case 'sqlite':
      return openSqlite(config);
    case 'postgres':
      return openPostgres(config);
    case 'mssql':
      return openMssql(config);
  }
}
