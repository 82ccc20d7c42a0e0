import { clusterAccounts, type IdentityAccount } from '@syncline/identity';
import { SynclineError } from '@syncline/model';
import { ConnectedAccounts, refText, TOO_WIDE } from './connected-accounts';
import type { StreamMatching } from './matching/stream-matching';
import type { AccountRef, AccountRow, ReconcileTx } from './reconcile-store.port';

export { refText } from './connected-accounts';

/** An account whose place is decided: the row as stored before, and as it is now. */
export interface PlacedAccount {
  before: AccountRow | undefined;
  account: AccountRow;
}

type IdentityTx = Pick<ReconcileTx, 'accounts' | 'matches'>;

/**
 * The seam between records and customers: places accounts among all that are connected with them. Another way of
 * matching replaces this one without touching the rest of reconcile.
 */
export interface IdentityResolution {
  /** By what accounts are matched; another one than the store's asks for all accounts to be matched again. */
  readonly fingerprint: string;
  /**
   * `changed` are accounts as just joined; `before` their stored rows. Gives every account whose place was looked at.
   * @param always match them even if they look the same as before
   */
  place(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    tx: IdentityTx,
    always?: boolean,
  ): Promise<PlacedAccount[]>;
}

/** Exact identifiers, the source's own merges, configured cross-references, people's decisions, and similarity. */
export class IdentityResolver implements IdentityResolution {
  constructor(
    private readonly priorityOf: (system: string) => number,
    private readonly matching: StreamMatching,
  ) {}

  get fingerprint(): string {
    return this.matching.fingerprint;
  }

  async place(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    tx: IdentityTx,
    always = false,
  ): Promise<PlacedAccount[]> {
    const ends = await this.matching.rematch(changed, before, tx, always);
    const component = await this.connected(changed, before, ends, tx);
    const clusters = clusterAccounts({
      accounts: component.rows().map((row) => this.asIdentityAccount(row)),
      matches: component.matches(),
      same: component.pairs('same'),
      different: component.pairs('different'),
    });
    return clusters.flatMap(({ customerId, members, links }) =>
      members.map((ref): PlacedAccount => {
        const row = component.row(ref);
        return { before: component.before(ref), account: { ...row, customerId, link: links[ref]! } };
      }),
    );
  }

  /** Where similarity connects too many it is left out: accounts that everything resembles must not stop the rest. */
  private async connected(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    ends: AccountRef[],
    tx: IdentityTx,
  ): Promise<ConnectedAccounts> {
    const all = new ConnectedAccounts(tx, before, this.matching.isOn);
    try {
      await all.grow(changed, ends);
      return all;
    } catch (error) {
      if (!this.matching.isOn || !(error instanceof SynclineError) || error.code !== TOO_WIDE) throw error;
      this.matching.leftOut();
      const exact = new ConnectedAccounts(tx, before, false);
      await exact.grow(changed, ends);
      return exact;
    }
  }

  private asIdentityAccount(row: AccountRow): IdentityAccount {
    return {
      ref: refText(row),
      birthId: row.birthId,
      priority: this.priorityOf(row.system),
      identityKeys: row.identityKeys,
      mergedInto: row.profile.mergedInto === null ? null : refText({ system: row.system, key: row.profile.mergedInto }),
    };
  }
}
