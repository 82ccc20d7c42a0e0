import type { CustomerHistory, CustomerInsight } from '@syncline/analytics';
import type { Instant, LocalDate } from '@syncline/model';
import type { DatedRate } from '@syncline/pipeline/rate';
import type { GoneCustomer, InsightExtent, InsightRun, InsightStore, InsightTx } from '@syncline/pipeline/insight';
import type { SqlDialect } from '../dialect/sql-dialect';
import { readExchangeRates } from '../rate/exchange-rates';
import { SqlRateTx } from '../rate/sql-rate-tx';
import { CUSTOMER, INSIGHT_REQUEST } from '../schema/tables';
import { readCustomerHistories, type HistoryDays } from './customer-histories';
import { insightRequestedAt, lastInsightRun } from './insight-runs';
import { SqlInsightTx } from './sql-insight-tx';

const RATED = "status = 'active' AND is_customer = 1";
const EXTENT =
  `SELECT (SELECT COUNT(*) FROM customer WHERE ${RATED}) AS customers, ` +
  '(SELECT COUNT(*) FROM receivable_item) AS items, (SELECT COUNT(*) FROM sales_order) AS orders';

/** A bound for what can't be: merges in a circle. */
const MOST_MERGES = 100;

export class SqlInsightStore implements InsightStore {
  constructor(private readonly dialect: SqlDialect) {}

  exclusively<T>(work: () => Promise<T>): Promise<T | null> {
    return this.dialect.exclusively(SqlInsightTx.STAGE, work);
  }

  async extent(): Promise<InsightExtent> {
    const [row] = await this.dialect.reader.query<Record<'customers' | 'items' | 'orders', number | string>>(EXTENT);
    return { customers: Number(row?.customers ?? 0), documents: Number(row?.items ?? 0) + Number(row?.orders ?? 0) };
  }

  lastRun(): Promise<InsightRun | undefined> {
    return lastInsightRun(this.dialect);
  }

  requestedAt(asOf: LocalDate): Promise<Instant | undefined> {
    return insightRequestedAt(this.dialect, asOf);
  }

  async request(asOf: LocalDate, at: Instant): Promise<void> {
    await this.dialect.transaction((tx) => tx.upsert(INSIGHT_REQUEST, [{ as_of: asOf, requested_at: at }]));
  }

  async customers(limit: number, after: string): Promise<string[]> {
    const rows = await this.dialect.reader.query<{ id: string }>(
      `SELECT id FROM customer WHERE ${RATED} AND id > ? ORDER BY id ${this.dialect.page(limit)}`,
      [after],
    );
    return rows.map(({ id }) => id);
  }

  histories(customerIds: string[], days: HistoryDays): Promise<CustomerHistory[]> {
    return readCustomerHistories(this.dialect, customerIds, days);
  }

  rates(): Promise<DatedRate[]> {
    return readExchangeRates(this.dialect.reader);
  }

  async gone(limit: number, after: string): Promise<GoneCustomer[]> {
    const rows = await this.dialect.reader.query<{ id: string; body: string }>(
      'SELECT i.customer_id AS id, i.body AS body FROM customer_insight i WHERE i.customer_id > ? AND NOT EXISTS ' +
        `(SELECT 1 FROM customer WHERE id = i.customer_id AND ${RATED}) ` +
        `ORDER BY i.customer_id ${this.dialect.page(limit)}`,
      [after],
    );
    const heirs = await this.heirs(rows.map(({ id }) => id));
    return rows.map(({ id, body }) => ({
      insight: JSON.parse(body) as CustomerInsight,
      mergedInto: heirs.get(id) ?? null,
    }));
  }

  /** Who has the accounts of retired customers now: one query for each merge on the way, for all of them. */
  private async heirs(ids: string[]): Promise<Map<string, string>> {
    const heirs = new Map<string, string>();
    let open = new Map(ids.map((id) => [id, [id]]));
    for (let merges = 0; open.size > 0 && merges < MOST_MERGES; merges += 1) {
      const rows = await this.dialect.reader.selectByKeys<{ id: string; merged_into: string }>(
        CUSTOMER,
        CUSTOMER.key,
        [...open.keys()].map((id) => [id]),
        { columns: ['id', 'merged_into'], where: "t.status = 'retired' AND t.merged_into IS NOT NULL" },
      );
      const next = new Map<string, string[]>();
      for (const { id, merged_into: into } of rows) {
        const origins = open.get(id) ?? [];
        for (const origin of origins) heirs.set(origin, into);
        next.set(into, [...(next.get(into) ?? []), ...origins]);
      }
      open = next;
    }
    return heirs;
  }

  transact<T>(work: (tx: InsightTx) => Promise<T>): Promise<T> {
    // The lock of rate is the lock of insight, too: a batch under way marks nobody as rated by the level before.
    return this.dialect.transaction((tx) => work(new SqlInsightTx(tx)), { lock: SqlRateTx.STAGE });
  }
}
