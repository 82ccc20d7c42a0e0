import type { CustomerHistory } from '@syncline/analytics';
import type { DatedRate } from '@syncline/pipeline/rate';
import type { InsightExtent, InsightRun, InsightStore, InsightTx } from '@syncline/pipeline/insight';
import type { SqlDialect } from '../dialect/sql-dialect';
import { readExchangeRates } from '../rate/exchange-rates';
import { SqlRateTx } from '../rate/sql-rate-tx';
import { readCustomerHistories, type HistoryDays } from './customer-histories';
import { lastInsightRun } from './last-insight-run';
import { SqlInsightTx } from './sql-insight-tx';

const RATED = "status = 'active' AND is_customer = 1";
const EXTENT =
  `SELECT (SELECT COUNT(*) FROM customer WHERE ${RATED}) AS customers, ` +
  '(SELECT COUNT(*) FROM receivable_item) AS items, (SELECT COUNT(*) FROM sales_order) AS orders';

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

  async gone(limit: number): Promise<string[]> {
    const rows = await this.dialect.reader.query<{ id: string }>(
      'SELECT i.customer_id AS id FROM customer_insight i WHERE NOT EXISTS ' +
        `(SELECT 1 FROM customer WHERE id = i.customer_id AND ${RATED}) ` +
        `ORDER BY i.customer_id ${this.dialect.page(limit)}`,
    );
    return rows.map(({ id }) => id);
  }

  transact<T>(work: (tx: InsightTx) => Promise<T>): Promise<T> {
    // The lock of rate is the lock of insight, too: a batch under way marks nobody as rated by the level before.
    return this.dialect.transaction((tx) => work(new SqlInsightTx(tx)), { lock: SqlRateTx.STAGE });
  }
}
