import { clusterAccounts, type IdentityAccount } from '@syncline/identity';
import { SynclineError } from '@syncline/model';
import type { AccountRef, AccountRow, AccountTable } from './reconcile-store.port';

/** An account whose place is decided: the row as stored before, and as it is now. */
export interface PlacedAccount {
  before: AccountRow | undefined;
  account: AccountRow;
}

/**
 * The seam between records and customers: places accounts among all that are connected with them. Another way of
 * matching replaces this one without touching the rest of reconcile.
 */
export interface IdentityResolution {
  /** `changed` are accounts as just joined; `before` their stored rows. Gives every account whose place was looked at. */
  place(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    accounts: AccountTable,
  ): Promise<PlacedAccount[]>;
}

/** A connected set grows by one query a round; real ones close within a few. */
const MAX_ROUNDS = 64;

/** Exact identifiers, the source's own merges, configured cross-references and people's decisions. */
export class ExactIdentityResolution implements IdentityResolution {
  constructor(private readonly priorityOf: (system: string) => number) {}

  async place(
    changed: AccountRow[],
    before: ReadonlyMap<string, AccountRow>,
    accounts: AccountTable,
  ): Promise<PlacedAccount[]> {
    const component = new Component(accounts, before);
    await component.grow(changed);
    const clusters = clusterAccounts({
      accounts: component.rows().map((row) => this.asIdentityAccount(row)),
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

/** All accounts that the changed ones are, were or could be connected with. */
class Component {
  private readonly known = new Map<string, AccountRow>();
  private readonly stored: Map<string, AccountRow>;
  private readonly decisions = new Map<string, { verdict: 'same' | 'different'; a: string; b: string }>();
  private readonly seenKeys = new Set<string>();
  private readonly seenCustomers = new Set<string>();

  constructor(
    private readonly accounts: AccountTable,
    before: ReadonlyMap<string, AccountRow>,
  ) {
    this.stored = new Map(before);
  }

  async grow(changed: AccountRow[]): Promise<void> {
    let fresh = changed;
    for (const row of changed) this.known.set(refText(row), row);
    for (let round = 0; fresh.length > 0; round++) {
      if (round >= MAX_ROUNDS) throw tooWide();
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

  private async neighbours(fresh: AccountRow[]): Promise<AccountRow[]> {
    const refs = fresh.map(({ system, key }) => ({ system, key }));
    const wanted: AccountRef[] = [];
    for (const decision of await this.accounts.decisions(refs)) {
      this.decisions.set(decision.id, { verdict: decision.verdict, a: refText(decision.a), b: refText(decision.b) });
      wanted.push(decision.a, decision.b);
    }
    for (const row of fresh)
      if (row.profile.mergedInto !== null) wanted.push({ system: row.system, key: row.profile.mergedInto });
    const missing = wanted.filter((ref) => !this.known.has(refText(ref)));
    const keys = unseen(this.seenKeys, this.keysOf(fresh));
    const customers = unseen(this.seenCustomers, this.customersOf(fresh));
    const found = [
      ...(missing.length > 0 ? await this.accounts.load(missing) : []),
      ...(keys.length > 0 ? await this.accounts.withIdentityKeys(keys) : []),
      ...(customers.length > 0 ? await this.accounts.ofCustomers(customers) : []),
      ...(await this.accounts.mergedInto(refs)),
    ];
    return found.filter((row) => this.admit(row));
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

function tooWide(): SynclineError {
  return new SynclineError({
    code: 'IDENTITY_COMPONENT_TOO_WIDE',
    kind: 'fatal',
    message: `accounts are connected over more than ${MAX_ROUNDS} steps`,
    advice: 'Look for an identifier that many different companies share, and correct it in the source.',
  });
}
