import type { DeadLetterStore } from '@syncline/pipeline/ingest';
import type { ReconcileStore } from '@syncline/pipeline/reconcile';
import type { OutboxReader } from '@syncline/pipeline/shared';
import { openSqliteFile, type SqliteFile } from '../dialect/sqlite/sqlite-file';
import { SqlDeadLetterStore } from '../ingest/sql-dead-letter-store';
import { SqlOutboxReader } from '../outbox/sql-outbox';
import { ReconcileCache } from '../reconcile/reconcile-cache';
import { SqlReconcileStore } from '../reconcile/sql-reconcile-store';

/** What reconcile needs of the store. */
export interface ThreadStore {
  readonly reconcile: ReconcileStore;
  readonly deadLetters: DeadLetterStore;
  readonly outbox: OutboxReader;
  close(): Promise<void>;
}

/**
 * Opens the store's SQLite file in another thread of the process that has it open, with connections of its own; the
 * tables must be there. Their writers take turns with those of the other threads.
 */
export function openThreadStore(file: SqliteFile): ThreadStore {
  const { dialect, close } = openSqliteFile(file);
  return {
    reconcile: new SqlReconcileStore(dialect, new ReconcileCache()),
    deadLetters: new SqlDeadLetterStore(dialect),
    outbox: new SqlOutboxReader(dialect),
    close,
  };
}
