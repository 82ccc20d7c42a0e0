import type { CustomerInsight } from '@syncline/analytics';
import type { ClassOverride, InsightRun } from '@syncline/pipeline/insight';
import type { InsightQueries } from '@syncline/pipeline/publish';
import type { SqlDialect } from '../dialect/sql-dialect';
import { readClassDecisions } from '../insight/class-decisions';
import { lastInsightRun } from '../insight/insight-runs';
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
    return (await readClassDecisions(this.dialect.reader, [[customerId]])).get(customerId);
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
    return this.dialect.transaction(async (tx) => {
      const decision = (await readClassDecisions(tx, [[customerId]])).get(customerId);
      if (!decision) return false;
      await tx.deleteByKeys(CUSTOMER_CLASS, CUSTOMER_CLASS.key, [[decision.customerId]]);
      return true;
    });
  }
}
