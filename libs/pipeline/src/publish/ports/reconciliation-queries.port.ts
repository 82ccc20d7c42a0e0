import type { BalanceHolder, BalanceRow } from '@syncline/receivables';
import type { AccountRef, ReceivableItemRow } from '../../reconcile/reconcile-store.port';

export interface BalanceFilter {
  system?: string;
  customerId?: string;
}

/** What reconciliation with the ERPs reads. Deleted and incomplete balances are left out. */
export interface ReconciliationQueries {
  /** By (customer id, system), from the given place on, itself included. */
  holders(filter: BalanceFilter, from: BalanceHolder | null, limit: number): Promise<BalanceHolder[]>;
  balances(holders: readonly BalanceHolder[]): Promise<BalanceRow[]>;
  /** All items of these accounts that count, open or not. */
  items(accounts: readonly AccountRef[]): Promise<ReceivableItemRow[]>;
  /** How many balances each of these systems reports; 0 is told, too. */
  counts(systems: readonly string[]): Promise<{ system: string; balances: number }[]>;
}

export const RECONCILIATION_QUERIES = Symbol('ReconciliationQueries');
