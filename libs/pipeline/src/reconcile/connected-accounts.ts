import { SynclineError } from '@syncline/model';
import { refText } from './account-ref';
import { LinkedSets } from './linked-sets';
import type { AccountRef, AccountRow, MatchPairRow, ReconcileTx } from './reconcile-store.port';

type IdentityTx = Pick<ReconcileTx, 'accounts' | 'matches'>;

export interface ComponentBounds {
  /** A connected set grows by one query a round; real ones close within a few. */
  rounds: number;
  /** Far more accounts than any customer has: similarity that connects so many is no evidence. */
  accounts: number;
}

const BOUNDS: ComponentBounds = { rounds: 64, accounts: 5_000 };

/**
 * All accounts that the changed ones are, were or could be connected with. Where similarity connects too many it is not
 * followed, and counts for none of them: accounts that everything resembles must not stop the rest.
 */
export class ConnectedAccounts {
  private readonly known = new Map<string, AccountRow>();
  private readonly stored: Map<string, AccountRow>;
  private readonly decisions = new Map<string, { verdict: 'same' | 'different'; a: string; b: string }>();
  private readonly matched = new Map<string, MatchPairRow>();
  private readonly sets = new LinkedSets();
  /** Accounts whose set was still growing when its rounds were over. */
  private readonly endless = new Set<string>();
  private readonly seenKeys = new Set<string>();
  private readonly seenCustomers = new Set<string>();

  /** @param byMatches false = similarity connects nothing */
  constructor(
    private readonly tx: IdentityTx,
    before: ReadonlyMap<string, AccountRow>,
    private readonly byMatches: boolean,
    private readonly bounds: ComponentBounds = BOUNDS,
  ) {
    this.stored = new Map(before);
  }

  /**
   * @param ends accounts whose pairs changed
   * @throws SynclineError IDENTITY_COMPONENT_TOO_WIDE (fatal)
   */
  async grow(changed: readonly AccountRow[], ends: readonly AccountRef[]): Promise<void> {
    for (const row of changed) this.learn(row);
    const missing = ends.filter((ref) => !this.known.has(refText(ref)));
    const others = missing.length > 0 ? (await this.tx.accounts.load(missing)).filter((row) => this.admit(row)) : [];
    let fresh = [...changed, ...others];
    for (let round = 1; fresh.length > 0; round++) {
      if (round === this.bounds.rounds) for (const row of fresh) this.endless.add(refText(row));
      if (round > 2 * this.bounds.rounds) throw tooWide(this.bounds);
      fresh = await this.neighbours(fresh);
    }
  }

  /** Accounts for which similarity does not count, because it connects too many with them. */
  tooWide(): string[] {
    const endless = new Set([...this.endless].map((ref) => this.sets.rootOf(ref)));
    return [...this.known.keys()].filter(
      (ref) => this.sets.sizeOf(ref) > this.bounds.accounts || endless.has(this.sets.rootOf(ref)),
    );
  }

  rows(): AccountRow[] {
    return [...this.known.values()];
  }

  row(ref: string): AccountRow {
    return this.known.get(ref)!;
  }

  before(ref: string): AccountRow | undefined {
    return this.stored.get(ref);
  }

  pairs(verdict: 'same' | 'different'): { a: string; b: string }[] {
    return [...this.decisions.values()].filter((decision) => decision.verdict === verdict);
  }

  matches(): { a: string; b: string; weight: number }[] {
    const without = new Set(this.tooWide());
    return [...this.matched.values()]
      .map(({ a, b, weight }) => ({ a: refText(a), b: refText(b), weight }))
      .filter(({ a }) => !without.has(a));
  }

  private async neighbours(fresh: AccountRow[]): Promise<AccountRow[]> {
    const { accounts } = this.tx;
    const refs = fresh.map(({ system, key }) => ({ system, key }));
    const wanted = [...(await this.decided(refs)), ...(await this.similar(refs))];
    for (const row of fresh)
      if (row.profile.mergedInto !== null) wanted.push({ system: row.system, key: row.profile.mergedInto });
    const missing = wanted.filter((ref) => !this.known.has(refText(ref)));
    const keys = unseen(this.seenKeys, this.keysOf(fresh));
    const customers = unseen(this.seenCustomers, this.customersOf(fresh));
    const found = [
      ...(missing.length > 0 ? await accounts.load(missing) : []),
      ...(keys.length > 0 ? await accounts.withIdentityKeys(keys) : []),
      ...(customers.length > 0 ? await accounts.ofCustomers(customers) : []),
      ...(await accounts.mergedInto(refs)),
    ];
    return found.filter((row) => this.admit(row));
  }

  private async decided(refs: AccountRef[]): Promise<AccountRef[]> {
    const decisions = await this.tx.accounts.decisions(refs);
    for (const { id, verdict, a, b } of decisions) {
      this.decisions.set(id, { verdict, a: refText(a), b: refText(b) });
      this.sets.join(refText(a), refText(b));
    }
    return decisions.flatMap(({ a, b }) => [a, b]);
  }

  private async similar(refs: AccountRef[]): Promise<AccountRef[]> {
    if (!this.byMatches) return [];
    const followed = refs.filter((ref) => !this.endless.has(refText(ref)) && !this.isWide(ref));
    const pairs = (await this.tx.matches.pairsOf(followed)).filter(({ verdict }) => verdict === 'match');
    for (const pair of pairs) {
      this.matched.set(`${refText(pair.a)}\n${refText(pair.b)}`, pair);
      this.sets.join(refText(pair.a), refText(pair.b));
    }
    return pairs.flatMap(({ a, b }) => [a, b]);
  }

  private isWide(ref: AccountRef): boolean {
    return this.sets.sizeOf(refText(ref)) > this.bounds.accounts;
  }

  /** Keys an account has now and had before: what it left behind is looked at, too. */
  private keysOf(rows: AccountRow[]): string[] {
    return rows.flatMap((row) => [...row.identityKeys, ...(this.stored.get(refText(row))?.identityKeys ?? [])]);
  }

  private customersOf(rows: AccountRow[]): string[] {
    return rows.flatMap((row) => this.stored.get(refText(row))?.customerId ?? []);
  }

  private admit(row: AccountRow): boolean {
    const ref = refText(row);
    if (this.known.has(ref)) return false;
    this.stored.set(ref, row);
    this.learn(row);
    return true;
  }

  private learn(row: AccountRow): void {
    const ref = refText(row);
    this.known.set(ref, row);
    this.sets.count(ref);
    for (const key of this.keysOf([row])) this.sets.join(ref, `key ${key}`);
    for (const id of this.customersOf([row])) this.sets.join(ref, `customer ${id}`);
    const { mergedInto } = row.profile;
    if (mergedInto !== null) this.sets.join(ref, refText({ system: row.system, key: mergedInto }));
  }
}

function unseen(seen: Set<string>, values: string[]): string[] {
  const fresh = [...new Set(values)].filter((value) => !seen.has(value));
  for (const value of fresh) seen.add(value);
  return fresh;
}

function tooWide({ rounds }: ComponentBounds): SynclineError {
  return new SynclineError({
    code: 'IDENTITY_COMPONENT_TOO_WIDE',
    kind: 'fatal',
    message: `accounts are connected over more than ${2 * rounds} steps`,
    advice: 'Look for an identifier that many different companies share, and correct it in the source.',
  });
}
