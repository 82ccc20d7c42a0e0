import type { AccountRow, CustomerRow, StoredRecord } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import { RecordKeys } from './record-keys';
import { RowCache } from './row-cache';

/** Two batches' worth of records: what belongs together comes close together, and more were found to help nothing. */
const RECORDS = 4_000;
const ACCOUNTS = 8_000;
const CUSTOMERS = 8_000;

/**
 * What reconcile has lately read and written, where one process alone writes it. Another thread of that process may
 * change accounts and customers too (a person's decision); it counts the epoch up, and what is known of them is
 * forgotten here. Records are written by reconcile alone.
 */
export class ReconcileCache {
  readonly records = new RowCache<StoredRecord>(RECORDS);
  readonly accounts = new RowCache<AccountRow>(ACCOUNTS);
  /** By customer: its accounts. */
  readonly accountsOf = new RowCache<AccountRow[]>(CUSTOMERS);
  readonly customers = new RowCache<CustomerRow>(CUSTOMERS);
  private epoch: number | null = null;
  private keys: RecordKeys | null | undefined;
  private readonly all = [this.records, this.accounts, this.accountsOf, this.customers];

  /** A transaction begins, perhaps not for the first time. */
  begin(epoch: number): void {
    this.rollBack();
    if (this.epoch !== epoch) for (const cache of this.all) cache.clear();
    this.epoch = epoch;
  }

  /** Which records there may be; read once. Keys of a transaction that is rolled back stay: they deny nothing. */
  async recordKeys(tx: SqlTransaction): Promise<RecordKeys | null> {
    if (this.keys === undefined) this.keys = await RecordKeys.read(tx);
    return this.keys;
  }

  commit(): void {
    for (const cache of this.all) cache.commit();
  }

  rollBack(): void {
    for (const cache of this.all) cache.rollBack();
  }
}
