import type { BatchControl } from '../../shared/event-log.port';
import { ACCOUNTS_AT_ONCE, matchPage, type MatchPageParts } from './match-page';

/**
 * Matches the accounts that batches have put off, page by page, each page a transaction. The list is in the store: what
 * a crash leaves on it is matched by the next run, and matching an account twice changes nothing.
 */
export class MatchAccountsPutOff {
  constructor(private readonly parts: MatchPageParts) {}

  /** Ends early when the signal aborts. */
  async run({ signal, heartbeat }: Partial<BatchControl> = {}): Promise<void> {
    for (let isMore = true; isMore && !signal?.aborted; await heartbeat?.()) isMore = await this.nextPage();
  }

  /** @returns whether there was one */
  private async nextPage(): Promise<boolean> {
    let found = 0;
    await this.parts.store.transactBetween(async (tx) => {
      const refs = await tx.matches.putOffFirst(ACCOUNTS_AT_ONCE);
      found = refs.length;
      if (found > 0) await matchPage(tx, refs, this.parts);
    });
    if (found > 0) this.parts.afterCommit();
    return found === ACCOUNTS_AT_ONCE;
  }
}
