import type { BatchControl } from '../shared/event-log.port';
import { instantOf } from '../shared/clock';
import { ACCOUNTS_AT_ONCE, matchPage, type MatchPageParts } from './matching/match-page';
import type { ReconcileTx } from './reconcile-store.port';
import { refoldCustomers } from './refold-customers';

/** Customers that one transaction folds beside the batches. */
const CUSTOMERS_AT_ONCE = 500;

export interface CatchUpParts extends MatchPageParts {
  /** Called after each commit with how many customers were folded. */
  onFolded?(customers: number): void;
}

/** What a transaction did: whether there may be more to do, and the customers that it folded. */
interface PageOutcome {
  isMore: boolean;
  folded: number;
}

/**
 * Does what batches have put off: matches accounts, then folds customers, page by page, each page a transaction. The
 * lists are in the store: what a crash leaves on them is done by the next run, and doing it twice changes nothing.
 */
export class CatchUpReconciling {
  constructor(private readonly parts: CatchUpParts) {}

  /** Ends early when the signal aborts. */
  async run({ signal, heartbeat }: Partial<BatchControl> = {}): Promise<void> {
    for (const page of [this.matchAccounts, this.foldCustomers])
      for (let isMore = true; isMore && !signal?.aborted; await heartbeat?.()) isMore = await this.transact(page);
  }

  private async transact(page: (tx: ReconcileTx) => Promise<PageOutcome>): Promise<boolean> {
    const { store, onFolded, afterCommit } = this.parts;
    let outcome: PageOutcome = { isMore: false, folded: 0 };
    await store.transactBetween(async (tx) => {
      outcome = await page(tx);
    });
    if (outcome.folded > 0) {
      onFolded?.(outcome.folded);
      afterCommit();
    }
    return outcome.isMore;
  }

  private readonly matchAccounts = async (tx: ReconcileTx): Promise<PageOutcome> => {
    const refs = await tx.matches.putOffFirst(ACCOUNTS_AT_ONCE);
    const folded = refs.length > 0 ? await matchPage(tx, refs, this.parts) : 0;
    return { isMore: refs.length === ACCOUNTS_AT_ONCE, folded };
  };

  private readonly foldCustomers = async (tx: ReconcileTx): Promise<PageOutcome> => {
    const ids = await tx.customers.putOffFirst(CUSTOMERS_AT_ONCE);
    const changes = { touched: new Set(ids), placed: [] };
    const { rules, clock } = this.parts;
    const folded = await refoldCustomers(tx, changes, rules.survivorship, instantOf(clock.now()));
    return { isMore: ids.length === CUSTOMERS_AT_ONCE, folded };
  };
}
