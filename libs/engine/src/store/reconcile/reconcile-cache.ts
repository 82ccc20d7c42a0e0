import type { AccountRow, CustomerRow, StoredRecord } from '@syncline/pipeline/reconcile';
import { RowCache } from './row-cache';

/** A few batches' worth: what belongs together comes close together. */
const RECORDS = 16_000;
const ACCOUNTS = 8_000;
const CUSTOMERS = 8_000;

/**
 * What reconcile has lately read and written, where one process alone writes it. Another thread of that process may
 * change accounts and customers too (a person's decision); it counts the epoch up, and everything is forgotten here.
 */
export class ReconcileCache {
  readonly records = new RowCache<StoredRecord>(RECORDS);
  readonly accounts = new RowCache<AccountRow>(ACCOUNTS);
  /** By customer: its accounts. */
  readonly accountsOf = new RowCache<AccountRow[]>(CUSTOMERS);
  readonly customers = new RowCache<CustomerRow>(CUSTOMERS);
  private epoch: number | null = null;
  private readonly all = [this.records, this.accounts, this.accountsOf, this.customers];

  /** A transaction begins, perhaps not for the first time. */
  begin(epoch: number): void {
    this.rollBack();
    if (this.epoch !== epoch) for (const cache of this.all) cache.clear();
    this.epoch = epoch;
  }

  /** @param epoch the one that the transaction itself began, if it did */
  commit(epoch?: number): void {
    if (epoch !== undefined) this.epoch = epoch;
    for (const cache of this.all) cache.commit();
  }

  rollBack(): void {
    for (const cache of this.all) cache.rollBack();
  }
}
