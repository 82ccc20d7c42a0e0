import type { CustomerInsight } from '@syncline/analytics';
import type { InsightRun, InsightTx } from '@syncline/pipeline/insight';
import type { SqlTransaction } from '../dialect/sql-dialect';
import { SqlOutboxWriter } from '../outbox/sql-outbox';
import { CUSTOMER_INSIGHT, INSIGHT_RUN } from '../schema/tables';
import { insightRow, insightRunRow } from './insight-row';

const RATE_AGAIN = 'UPDATE customer SET evaluated_on = NULL WHERE id IN (SELECT k.c0 FROM {keys})';

/** What one transaction of the evaluation reads and writes. */
export class SqlInsightTx implements InsightTx {
  static readonly STAGE = 'insight';
  readonly outbox: SqlOutboxWriter;

  constructor(private readonly tx: SqlTransaction) {
    this.outbox = new SqlOutboxWriter(tx, SqlInsightTx.STAGE);
  }

  load(customerIds: string[]): Promise<CustomerInsight[]> {
    return this.tx.bodies(
      CUSTOMER_INSIGHT,
      CUSTOMER_INSIGHT.key,
      customerIds.map((id) => [id]),
    );
  }

  async save(insights: CustomerInsight[]): Promise<void> {
    if (insights.length > 0) await this.tx.upsert(CUSTOMER_INSIGHT, insights.map(insightRow));
  }

  async remove(customerIds: string[]): Promise<void> {
    if (customerIds.length === 0) return;
    await this.tx.deleteByKeys(
      CUSTOMER_INSIGHT,
      CUSTOMER_INSIGHT.key,
      customerIds.map((id) => [id]),
    );
  }

  async rateAgain(customerIds: string[]): Promise<void> {
    if (customerIds.length === 0) return;
    await this.tx.executeByKeys(
      RATE_AGAIN,
      customerIds.map((id) => [id]),
    );
  }

  async saveRun(run: InsightRun): Promise<void> {
    await this.tx.upsert(INSIGHT_RUN, [insightRunRow(run)]);
  }
}
