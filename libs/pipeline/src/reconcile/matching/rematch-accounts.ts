import { instantOf, type Clock } from '../../shared/clock';
import { refoldCustomers } from '../refold-customers';
import { savePlaced, type ReconcileRules } from '../reconcile-records';
import type { AccountRef, ReconcileStore, ReconcileTx } from '../reconcile-store.port';
import { refText } from '../resolve-identity';

/** Accounts that one transaction matches again. */
const PAGE = 200;

export interface RematchParts {
  store: ReconcileStore;
  rules: ReconcileRules;
  clock: Pick<Clock, 'now'>;
  afterCommit(): void;
  /** Accounts done so far. */
  onProgress?(accounts: number): void;
}

/**
 * Matches all accounts again where the store's were matched by another configuration. Goes on page by page beside
 * live batches, each page a transaction; if it ends before it is through, it begins anew, which changes nothing twice.
 */
export class RematchAccounts {
  constructor(private readonly parts: RematchParts) {}

  /** @returns how many accounts were matched again */
  async run(): Promise<number> {
    const { store, rules, onProgress } = this.parts;
    const { fingerprint } = rules.identity;
    if ((await this.stored()) === fingerprint) return 0;
    let done = 0;
    let after: AccountRef | null = null;
    for (;;) {
      const page: AccountRef[] = await store.accountsAfter(after, PAGE);
      if (page.length === 0) break;
      await store.transact(null, (tx) => this.matchPage(tx, page));
      this.parts.afterCommit();
      done += page.length;
      onProgress?.(done);
      after = page.at(-1)!;
    }
    await store.transact(null, (tx) => tx.matches.saveFingerprint(fingerprint));
    return done;
  }

  private async stored(): Promise<string | null> {
    let found: string | null = null;
    await this.parts.store.transact(null, async (tx) => {
      found = await tx.matches.fingerprint();
    });
    return found;
  }

  private async matchPage(tx: ReconcileTx, refs: AccountRef[]): Promise<void> {
    const { rules, clock } = this.parts;
    const rows = await tx.accounts.load(refs);
    const before = new Map(rows.map((row) => [refText(row), row]));
    const touched = new Set<string>();
    const placed = await savePlaced(tx, await rules.identity.place(rows, before, tx, true), touched);
    await refoldCustomers(tx, { touched, placed }, rules.survivorship, instantOf(clock.now()));
  }
}
