import type { CustomerHistory, CustomerInsight } from '@syncline/analytics';
import type { Instant, LocalDate } from '@syncline/model';
import type {
  DatedRate,
  GoneCustomer,
  InsightExtent,
  InsightRun,
  InsightStore,
  InsightTx,
  TopicMessages,
} from '@syncline/pipeline';

/** Insight's store in plain maps: for tests of the evaluation, where a database would only cost time. */
export class MemoryInsightStore implements InsightStore {
  readonly known = new Map<string, CustomerHistory>();
  readonly insights = new Map<string, CustomerInsight>();
  readonly runs: InsightRun[] = [];
  published: TopicMessages[] = [];
  /** Customers that rate was told to rate again. */
  ratedAgain: string[] = [];
  /** When an evaluation of a day was asked for. */
  readonly requests = new Map<LocalDate, Instant>();
  /** Retired customer → the one that has its accounts. */
  readonly merges = new Map<string, string>();
  documents = 0;
  /** Another process evaluates. */
  isTaken = false;
  /** The next transaction fails before it keeps anything. */
  failNext = false;

  async exclusively<T>(work: () => Promise<T>): Promise<T | null> {
    return this.isTaken ? null : work();
  }

  async extent(): Promise<InsightExtent> {
    return { customers: this.known.size, documents: this.documents };
  }

  async lastRun(): Promise<InsightRun | undefined> {
    return this.runs.toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1))[0];
  }

  async customers(limit: number, after: string): Promise<string[]> {
    return [...this.known.keys()]
      .filter((id) => id > after)
      .sort()
      .slice(0, limit);
  }

  async histories(customerIds: string[]): Promise<CustomerHistory[]> {
    return customerIds.flatMap((id) => this.known.get(id) ?? []);
  }

  async rates(): Promise<DatedRate[]> {
    return [];
  }

  async requestedAt(asOf: LocalDate): Promise<Instant | undefined> {
    return this.requests.get(asOf);
  }

  async request(asOf: LocalDate, at: Instant): Promise<void> {
    this.requests.set(asOf, at);
  }

  async gone(limit: number, after: string): Promise<GoneCustomer[]> {
    return [...this.insights.values()]
      .filter(({ customerId: id }) => !this.known.has(id) && id > after)
      .sort((one, other) => (one.customerId < other.customerId ? -1 : 1))
      .slice(0, limit)
      .map((insight) => ({ insight, mergedInto: this.merges.get(insight.customerId) ?? null }));
  }

  async transact<T>(work: (tx: InsightTx) => Promise<T>): Promise<T> {
    if (this.failNext) {
      this.failNext = false;
      throw new Error('the database is gone');
    }
    return work({
      load: async (ids) => ids.flatMap((id) => this.insights.get(id) ?? []),
      save: async (insights) => insights.forEach((insight) => this.insights.set(insight.customerId, insight)),
      remove: async (ids) => ids.forEach((id) => this.insights.delete(id)),
      rateAgain: async (ids) => void this.ratedAgain.push(...ids),
      saveRun: async (run) => {
        const index = this.runs.findIndex(({ asOf }) => asOf === run.asOf);
        this.runs.splice(index < 0 ? this.runs.length : index, index < 0 ? 0 : 1, run);
      },
      outbox: { append: async (batches) => void this.published.push(...batches) },
    });
  }
}
