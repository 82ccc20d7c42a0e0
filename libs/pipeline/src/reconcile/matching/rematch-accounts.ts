import type { AccountRef } from '../reconcile-store.port';
import { ACCOUNTS_AT_ONCE, matchPage, type MatchPageParts } from './match-page';

export interface RematchParts extends MatchPageParts {
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
      const page: AccountRef[] = await store.accountsAfter(after, ACCOUNTS_AT_ONCE);
      if (page.length === 0) break;
      await store.transactBetween(async (tx) => void (await matchPage(tx, page, this.parts)));
      this.parts.afterCommit();
      done += page.length;
      onProgress?.(done);
      after = page.at(-1)!;
    }
    await store.transactBetween((tx) => tx.matches.saveFingerprint(fingerprint));
    return done;
  }

  private async stored(): Promise<string | null> {
    let found: string | null = null;
    await this.parts.store.transactBetween(async (tx) => {
      found = await tx.matches.fingerprint();
    });
    return found;
  }
}
