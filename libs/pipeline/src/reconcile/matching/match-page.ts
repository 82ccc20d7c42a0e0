import { refText } from '../account-ref';
import { instantOf, type Clock } from '../../shared/clock';
import { savePlaced, type ReconcileRules } from '../reconcile-records';
import type { AccountRef, ReconcileStore, ReconcileTx } from '../reconcile-store.port';
import { refoldCustomers } from '../refold-customers';

/** Accounts that one transaction matches beside the batches: live ones wait for no longer than it takes. */
export const ACCOUNTS_AT_ONCE = 500;

export interface MatchPageParts {
  store: ReconcileStore;
  rules: ReconcileRules;
  clock: Pick<Clock, 'now'>;
  afterCommit(): void;
}

/**
 * Matches these accounts whatever they looked like before, and folds the customers that come or go by it.
 * @returns how many customers were folded
 */
export async function matchPage(
  tx: ReconcileTx,
  refs: AccountRef[],
  { rules, clock }: Pick<MatchPageParts, 'rules' | 'clock'>,
): Promise<number> {
  const rows = await tx.accounts.load(refs);
  const before = new Map(rows.map((row) => [refText(row), row]));
  const touched = new Set<string>();
  const placed = await savePlaced(tx, await rules.identity.place(rows, before, tx, 'always'), touched);
  const folded = await refoldCustomers(tx, { touched, placed }, rules.survivorship, instantOf(clock.now()));
  await tx.matches.caughtUp(refs);
  return folded;
}
