import { SynclineError } from '@syncline/model';
import type { AccountRef, AccountRow, MatchPairRow, ReconcileTx } from './reconcile-store.port';

type IdentityTx = Pick<ReconcileTx, 'accounts' | 'matches'>;

/** A connected set grows by one query a round; real ones close within a few. */
const MAX_ROUNDS = 64;
/** Far more accounts than any customer has: what connects so many is no evidence. */
const MAX_ACCOUNTS = 5_000;

/** All accounts that the changed ones are, were or could be connected with. */
export class ConnectedAccounts {
  private readonly known = new Map<string, AccountRow>();
  private readonly stored: Map<string, AccountRow>;
  private readonly decisions = new Map<string, { verdict: 'same' | 'different'; a: string; b: string }>();
  private readonly matched = new Map<string, MatchPairRow>();
  private readonly seenKeys = new Set<string>();
  private readonly seenCustomers = new Set<string>();

  /** @param byMatches false = similarity connects nothing */
  constructor(
    private readonly tx: IdentityTx,
    before: ReadonlyMap<string, AccountRow>,
    private readonly byMatches: boolean,
  ) {
    this.stored = new Map(before);
  }

  /**
   * @param ends accounts whose pairs changed
   * @throws SynclineError IDENTITY_COMPONENT_TOO_WIDE (fatal)
   */
  async grow(changed: readonly AccountRow[], ends: readonly AccountRef[]): Promise<void> {
    for (const row of changed) this.known.set(refText(row), row);
    const missing = ends.filter((ref) => !this.known.has(refText(ref)));
    const others = missing.length > 0 ? (await this.tx.accounts.load(missing)).filter((row) => this.admit(row)) : [];
    let fresh = [...changed, ...others];
    for (let round = 0; fresh.length > 0; round++) {
      if (round >= MAX_ROUNDS || this.known.size > MAX_ACCOUNTS) throw tooWide();
      fresh = await this.neighbours(fresh);
    }
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
    return [...this.matched.values()].map(({ a, b, weight }) => ({ a: refText(a), b: refText(b), weight }));
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
    for (const { id, verdict, a, b } of decisions) this.decisions.set(id, { verdict, a: refText(a), b: refText(b) });
    return decisions.flatMap(({ a, b }) => [a, b]);
  }

  private async similar(refs: AccountRef[]): Promise<AccountRef[]> {
    if (!this.byMatches) return [];
    const pairs = (await this.tx.matches.pairsOf(refs)).filter(({ verdict }) => verdict === 'match');
    for (const pair of pairs) this.matched.set(`${refText(pair.a)}\n${refText(pair.b)}`, pair);
    return pairs.flatMap(({ a, b }) => [a, b]);
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
    this.known.set(ref, row);
    this.stored.set(ref, row);
    return true;
  }
}

function unseen(seen: Set<string>, values: string[]): string[] {
  const fresh = [...new Set(values)].filter((value) => !seen.has(value));
  for (const value of fresh) seen.add(value);
  return fresh;
}

export function refText(ref: AccountRef): string {
  return `${ref.system}/${ref.key}`;
}

export const TOO_WIDE = 'IDENTITY_COMPONENT_TOO_WIDE';

function tooWide(): SynclineError {
  return new SynclineError({
    code: TOO_WIDE,
    kind: 'fatal',
    message: `more than ${MAX_ACCOUNTS} accounts are connected, or over more than ${MAX_ROUNDS} steps`,
    advice: 'Look for an identifier that many different companies share, and correct it in the source.',
  });
}
