import type { CreditRating, LocalDate } from '@syncline/model';
import type {
  CreditFacts,
  DatedRate,
  InputPosition,
  RateStore,
  RateTx,
  ReceivableItemRow,
  TopicMessages,
} from '@syncline/pipeline';

/** Rate's store in plain maps: for tests of the stage, where a database would only cost time. */
export class MemoryRateStore implements RateStore {
  readonly facts = new Map<string, Omit<CreditFacts, 'current'>>();
  readonly ratings: CreditRating[] = [];
  readonly published: TopicMessages[] = [];
  readonly evaluatedOn = new Map<string, LocalDate>();
  rates: DatedRate[] = [];
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

  async dueForEvaluation(asOf: LocalDate, limit: number, after = ''): Promise<string[]> {
    return [...this.facts.values()]
      .filter(({ customer }) => customer.status === 'active' && customer.summary.isCustomer)
      .map(({ customer }) => customer.id)
      .filter((id) => id > after && this.evaluatedOn.get(id) !== asOf)
      .sort()
      .slice(0, limit);
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
      saveRatings: async (ratings) => void this.ratings.push(...ratings),
      markEvaluated: async (ids, asOf) => ids.forEach((id) => this.evaluatedOn.set(id, asOf)),
      outbox: { append: async (batches) => void this.published.push(...batches) },
    };
  }
}

function isNeeded({ openAmount, postedOn, settledOn }: ReceivableItemRow, since: LocalDate): boolean {
  return openAmount !== '0' || (postedOn ?? '') >= since || (settledOn ?? '') >= since;
}
