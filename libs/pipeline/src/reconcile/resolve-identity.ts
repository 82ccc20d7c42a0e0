import { clusterAccounts, type IdentityAccount } from '@syncline/identity';
import { refText } from './account-ref';
import { ConnectedAccounts, type ComponentBounds } from './connected-accounts';
import type { MatchWhen, StreamMatching } from './matching/stream-matching';
import type { AccountRow, ReconcileTx } from './reconcile-store.port';

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
  /** `changed` are accounts as just joined; `before` their stored rows. Gives every account whose place was looked at. */
  place(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    tx: IdentityTx,
    when?: MatchWhen,
  ): Promise<PlacedAccount[]>;
}

/** Exact identifiers, the source's own merges, configured cross-references, people's decisions, and similarity. */
export class IdentityResolver implements IdentityResolution {
  constructor(
    private readonly priorityOf: (system: string) => number,
    private readonly matching: StreamMatching,
    private readonly bounds?: ComponentBounds,
  ) {}

  get fingerprint(): string {
    return this.matching.fingerprint;
  }

  async place(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    tx: IdentityTx,
    when: MatchWhen = 'different',
  ): Promise<PlacedAccount[]> {
    const ends = await this.matching.rematch(changed, before, tx, when);
    const component = new ConnectedAccounts(tx, before, this.matching.isOn, this.bounds);
    await component.grow(changed, ends);
    this.matching.leftOut(component.tooWide().length);
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
