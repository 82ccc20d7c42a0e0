import { identifierRegister, numberOfKey } from './identifiers';

/** One account as identity resolution sees it. */
export interface IdentityAccount {
  /** `system/key`, unique. */
  ref: string;
  /** The customer id that the account was born with. */
  birthId: string;
  /** Systems with a lower number name the customer when several are joined. */
  priority: number;
  identityKeys: readonly string[];
  /** The account of the same system that replaced it. */
  mergedInto: string | null;
}

export interface AccountPair {
  a: string;
  b: string;
}

/** Two accounts that the matching model takes for one party. */
export interface AccountMatch extends AccountPair {
  /** log2 odds. */
  weight: number;
}

export interface IdentityInput {
  accounts: readonly IdentityAccount[];
  /** By similarity; none where there is no matching. */
  matches?: readonly AccountMatch[];
  /** Decisions of people: these two are one. */
  same: readonly AccountPair[];
  /** Decisions of people: these two are not, whatever else says so. */
  different: readonly AccountPair[];
}

export interface CustomerCluster {
  customerId: string;
  /** Account refs, sorted. */
  members: string[];
  /** Member ref → why it belongs here: `born`, `decision`, `merged_into`, the identity key, or `match`. */
  links: Record<string, string>;
}

interface Edge extends AccountPair {
  reason: string;
  /** By similarity alone: must not join what official identifiers keep apart. */
  isWeak?: true;
}

/** A key that more accounts share than this names nobody (a dummy tax id). */
export const MAX_ACCOUNTS_PER_KEY = 50;

/**
 * Groups accounts into customers. The result depends only on the set of accounts and decisions, never on the order
 * in which they came. Stronger reasons go first (a person's word, then the source's own merge, then equal
 * identifiers, then matches by weight); a link that would join two accounts which a person called different is left out,
 * and a match that would join two with different numbers of one register, even through others.
 *
 * A customer bears the birth id of its leading account: not merged away, lowest priority number, lowest ref.
 */
export function clusterAccounts(input: IdentityInput): CustomerCluster[] {
  // Leading accounts meet first: where a decision keeps two apart, the rest stays with the leading one.
  const accounts = [...input.accounts].sort(compareRank);
  const groups = new Groups(accounts, input.different);
  for (const edge of edges(accounts, input)) groups.join(edge);
  return groups.clusters();
}

function edges(accounts: IdentityAccount[], { same, matches = [] }: IdentityInput): Edge[] {
  const known = new Set(accounts.map((account) => account.ref));
  const decided = same
    .map((pair): Edge =>
      pair.a < pair.b ? { ...pair, reason: 'decision' } : { a: pair.b, b: pair.a, reason: 'decision' },
    )
    .filter((edge) => known.has(edge.a) && known.has(edge.b))
    .sort((x, y) => (x.a + '\n' + x.b < y.a + '\n' + y.b ? -1 : 1));
  const merged = accounts
    .filter((account) => account.mergedInto !== null && known.has(account.mergedInto))
    .map((account): Edge => ({ a: account.ref, b: account.mergedInto!, reason: 'merged_into' }));
  return [...decided, ...merged, ...sharedKeyEdges(accounts), ...matchEdges(known, matches)];
}

/** Heaviest first; of equal ones those with the lower refs. */
function matchEdges(known: ReadonlySet<string>, matches: readonly AccountMatch[]): Edge[] {
  return matches
    .filter(({ a, b }) => known.has(a) && known.has(b))
    .map(({ a, b, weight }) => (a < b ? { a, b, weight } : { a: b, b: a, weight }))
    .sort((x, y) => y.weight - x.weight || compareText(x.a, y.a) || compareText(x.b, y.b))
    .map(({ a, b }) => ({ a, b, reason: 'match', isWeak: true }));
}

function compareText(x: string, y: string): number {
  return x < y ? -1 : Number(x > y);
}

function sharedKeyEdges(accounts: IdentityAccount[]): Edge[] {
  const byKey = new Map<string, string[]>();
  for (const account of accounts) {
    for (const key of account.identityKeys) {
      const refs = byKey.get(key);
      if (refs) refs.push(account.ref);
      else byKey.set(key, [account.ref]);
    }
  }
  const result: Edge[] = [];
  for (const key of [...byKey.keys()].sort()) {
    const refs = byKey.get(key)!;
    if (refs.length > MAX_ACCOUNTS_PER_KEY) continue;
    // Every pair, not a chain: if one account is kept out by a decision, the others still meet.
    for (let i = 0; i < refs.length; i++) {
      for (let j = i + 1; j < refs.length; j++) result.push({ a: refs[i]!, b: refs[j]!, reason: key });
    }
  }
  return result;
}

class Groups {
  private readonly groupOf = new Map<string, Group>();
  private readonly forbidden = new Map<string, Set<string>>();

  constructor(accounts: IdentityAccount[], different: readonly AccountPair[]) {
    for (const account of accounts) {
      const links = { [account.ref]: 'born' };
      this.groupOf.set(account.ref, { accounts: [account], links, numbers: registeredNumbers(account) });
    }
    for (const { a, b } of different) {
      this.forbid(a, b);
      this.forbid(b, a);
    }
  }

  join(edge: Edge): void {
    const [a, b] = [this.groupOf.get(edge.a)!, this.groupOf.get(edge.b)!];
    if (a === b || this.areKeptApart(a, b) || (edge.isWeak && contradict(a, b))) return;
    const [large, small] = a.accounts.length >= b.accounts.length ? [a, b] : [b, a];
    for (const account of small.accounts) this.groupOf.set(account.ref, large);
    large.accounts.push(...small.accounts);
    // The first link of an account is the strongest one, because edges come strongest first.
    for (const ref of [edge.a, edge.b]) {
      const group = ref in large.links ? large : small;
      if (group.links[ref] === 'born') group.links[ref] = edge.reason;
    }
    Object.assign(large.links, small.links);
    for (const [register, numbers] of small.numbers) {
      const own = large.numbers.get(register);
      if (own) numbers.forEach((number) => own.add(number));
      else large.numbers.set(register, numbers);
    }
  }

  clusters(): CustomerCluster[] {
    return [...new Set(this.groupOf.values())].map((group) => ({
      customerId: leader(group.accounts).birthId,
      members: group.accounts.map((account) => account.ref).sort(),
      links: group.links,
    }));
  }

  private forbid(a: string, b: string): void {
    this.forbidden.set(a, (this.forbidden.get(a) ?? new Set()).add(b));
  }

  private areKeptApart(a: Group, b: Group): boolean {
    return a.accounts.some((account) => {
      const apart = this.forbidden.get(account.ref);
      return apart !== undefined && b.accounts.some((other) => apart.has(other.ref));
    });
  }
}

interface Group {
  accounts: IdentityAccount[];
  links: Record<string, string>;
  /** Register → the valid numbers that the accounts have in it. */
  numbers: Map<string, Set<string>>;
}

function registeredNumbers({ identityKeys }: IdentityAccount): Group['numbers'] {
  const numbers: Group['numbers'] = new Map();
  for (const identityKey of identityKeys) {
    const number = numberOfKey(identityKey);
    if (!number) continue;
    const register = identifierRegister(number.scheme, number.normalized);
    if (register === null) continue;
    numbers.set(register, (numbers.get(register) ?? new Set()).add(number.normalized));
  }
  return numbers;
}

/** Both have numbers of a register, and none in common. */
function contradict(a: Group, b: Group): boolean {
  for (const [register, numbers] of a.numbers) {
    const others = b.numbers.get(register);
    if (others && ![...numbers].some((number) => others.has(number))) return true;
  }
  return false;
}

function leader(accounts: IdentityAccount[]): IdentityAccount {
  return accounts.reduce((best, each) => (compareRank(each, best) < 0 ? each : best));
}

function compareRank(x: IdentityAccount, y: IdentityAccount): number {
  const away = Number(x.mergedInto !== null) - Number(y.mergedInto !== null);
  if (away !== 0) return away;
  return x.priority - y.priority || (x.ref < y.ref ? -1 : 1);
}
