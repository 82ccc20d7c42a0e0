import { isInForce, type CreditOverride, type GroupLink } from '@syncline/credit';
import { recordIdText, type CreditRating, type LocalDate } from '@syncline/model';
import type { BalanceRow, EvidenceRecord } from '@syncline/receivables';
import type {
  CreditFacts,
  CreditState,
  DatedRate,
  InputPosition,
  PolicyStore,
  RateReads,
  RateStore,
  RateTx,
  ReceivableItemRow,
  StandingRow,
  StoredPolicy,
  TopicMessages,
} from '@syncline/pipeline';

/** Rate's store in plain maps: for tests of the stage, where a database would only cost time. */
export class MemoryRateStore implements RateStore {
  readonly facts = new Map<string, Omit<CreditFacts, 'current'>>();
  readonly ratings: CreditRating[] = [];
  readonly published: TopicMessages[] = [];
  readonly evaluatedOn = new Map<string, LocalDate>();
  readonly standings: StandingRow[] = [];
  overrides: CreditOverride[] = [];
  /** A customer that was merged → the customer that has its accounts now. */
  readonly survivors = new Map<string, string>();
  /** Who belongs to whom. */
  links: GroupLink[] = [];
  rates: DatedRate[] = [];
  balances: BalanceRow[] = [];
  /** What is behind the items. */
  records: EvidenceRecord[] = [];
  /** How often rates were read. */
  rateReads = 0;
  private readonly positions = new Map<string, number>();

  current(customerId: string): CreditRating | null {
    return this.ratings.findLast((rating) => rating.customerId === customerId) ?? null;
  }

  async transact<T>(position: InputPosition | null, work: (tx: RateTx) => Promise<T>): Promise<T | undefined> {
    const at = position && `${position.topic}/${position.partition}`;
    if (position && at !== null && (this.positions.get(at) ?? 0) >= position.next) return undefined;
    const result = await work(this.tx());
    if (position && at !== null) this.positions.set(at, position.next);
    return result;
  }

  read<T>(work: (tx: RateReads) => Promise<T>): Promise<T> {
    return work(this.tx());
  }

  async ratedCustomers(limit: number, after = ''): Promise<string[]> {
    return [...this.facts.values()]
      .filter(({ customer }) => customer.status === 'active' && customer.summary.isCustomer)
      .map(({ customer }) => customer.id)
      .filter((id) => id > after)
      .sort()
      .slice(0, limit);
  }

  async dueForEvaluation(asOf: LocalDate, limit: number, after = ''): Promise<string[]> {
    const all = await this.ratedCustomers(Infinity, after);
    return all.filter((id) => this.evaluatedOn.get(id) !== asOf).slice(0, limit);
  }

  private creditState(customerId: string, asOf: LocalDate): CreditState {
    const own = this.standings.filter((row) => row.customerId === customerId && row.asOf <= asOf);
    const days = own.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
    return {
      customerId,
      opening: days.findLast((row) => row.asOf < asOf)?.standing ?? null,
      today: days.find((row) => row.asOf === asOf)?.standing ?? null,
      overrides: this.overrides.filter(
        (each) => (this.survivors.get(each.customerId) ?? each.customerId) === customerId && isInForce(each, asOf),
      ),
    };
  }

  private everHadGroupLimit(id: string): boolean {
    const survivor = (each: CreditOverride): string => this.survivors.get(each.customerId) ?? each.customerId;
    return this.overrides.some(
      (each) => each.kind === 'group_limit' && survivor(each) === id && ['approved', 'revoked'].includes(each.status),
    );
  }

  private saveStanding(row: StandingRow): void {
    const before = this.standings.findIndex((each) => each.customerId === row.customerId && each.asOf === row.asOf);
    if (before >= 0) this.standings[before] = row;
    else this.standings.push(row);
  }

  private tx(): RateTx {
    return {
      facts: async (ids, since) =>
        [...new Set(ids)].flatMap((id) => {
          const facts = this.facts.get(id);
          if (!facts) return [];
          const items = facts.items.filter((item) => isNeeded(item, since));
          return [{ ...facts, items, current: this.current(id) }];
        }),
      rates: async () => {
        this.rateReads += 1;
        return this.rates;
      },
      reconciliation: {
        balances: async (ids) => this.balances.filter(({ customerId }) => ids.includes(customerId)),
        openSince: async (accounts, day) =>
          [...this.facts.values()]
            .flatMap(({ items }) => items)
            .filter((item) => accounts.some(({ system, key }) => item.system === system && item.accountKey === key))
            .filter(({ openAmount, settledOn }) => openAmount !== '0' || settledOn === null || settledOn >= day),
        find: async (ids) =>
          this.records.filter((record) => ids.some((id) => recordIdText(id) === recordIdText(record))),
        referrers: async (targets, kinds) =>
          this.records.filter(
            ({ system, kind, refs }) =>
              kinds.includes(kind) &&
              targets.some((target) => target.system === system && Object.values(refs).includes(target.key)),
          ),
      },
      groups: {
        parentsOf: async (ids) => this.links.filter(({ member }) => ids.includes(member)),
        membersOf: async (ids) => this.links.filter(({ parent }) => ids.includes(parent)),
        withGroupLimit: async (ids) => ids.filter((id) => this.everHadGroupLimit(id)),
      },
      creditStates: async (ids, asOf) => [...new Set(ids)].map((id) => this.creditState(id, asOf)),
      saveStandings: async (rows) => rows.forEach((row) => this.saveStanding(row)),
      saveRatings: async (ratings) => void this.ratings.push(...ratings),
      markEvaluated: async (ids, asOf) => ids.forEach((id) => this.evaluatedOn.set(id, asOf)),
      outbox: { append: async (batches) => void this.published.push(...batches) },
    };
  }
}

function isNeeded({ openAmount, postedOn, settledOn }: ReceivableItemRow, since: LocalDate): boolean {
  return openAmount !== '0' || (postedOn ?? '') >= since || (settledOn ?? '') >= since;
}

/** Policies in a map; whoever applies one makes all customers of the rate store due. */
export class MemoryPolicyStore implements PolicyStore {
  readonly policies = new Map<string, StoredPolicy>();

  constructor(private readonly rate: Pick<MemoryRateStore, 'evaluatedOn'>) {}

  async list(): Promise<StoredPolicy[]> {
    return [...this.policies.values()].sort((a, b) => (a.registeredAt < b.registeredAt ? -1 : 1));
  }

  async save(policy: StoredPolicy): Promise<void> {
    this.policies.set(policy.digest, policy);
  }

  async apply(policy: StoredPolicy): Promise<void> {
    await this.save(policy);
    this.rate.evaluatedOn.clear();
  }
}
