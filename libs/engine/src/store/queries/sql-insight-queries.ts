import type { CustomerInsight } from '@syncline/analytics';
import type { ClassOverride, InsightRun } from '@syncline/pipeline/insight';
import type { InsightQueries } from '@syncline/pipeline/publish';
import type { SqlDialect } from '../dialect/sql-dialect';
import { lastInsightRun } from '../insight/last-insight-run';
import { CUSTOMER_CLASS, CUSTOMER_INSIGHT } from '../schema/tables';

export class SqlInsightQueries implements InsightQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async current(customerId: string): Promise<CustomerInsight | undefined> {
    const { reader } = this.dialect;
    const [found] = await reader.bodies<CustomerInsight>(CUSTOMER_INSIGHT, CUSTOMER_INSIGHT.key, [[customerId]]);
    return found;
  }

  lastRun(): Promise<InsightRun | undefined> {
    return lastInsightRun(this.dialect);
  }

  async classOverride(customerId: string): Promise<ClassOverride | undefined> {
    const { reader } = this.dialect;
    const [found] = await reader.bodies<ClassOverride>(CUSTOMER_CLASS, CUSTOMER_CLASS.key, [[customerId]]);
    return found;
  }

  async saveClassOverride(override: ClassOverride): Promise<void> {
    const row = {
      customer_id: override.customerId,
      class: override.class,
      decided_at: override.decidedAt,
      body: override,
    };
    await this.dialect.transaction((tx) => tx.upsert(CUSTOMER_CLASS, [row]));
  }

  async removeClassOverride(customerId: string): Promise<boolean> {
    const removed = await this.dialect.transaction((tx) =>
      tx.execute('DELETE FROM customer_class WHERE customer_id = ?', [customerId]),
    );
    return removed > 0;
  }
}
