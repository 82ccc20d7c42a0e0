import type { CreditOverride, OverrideStatus } from '@syncline/credit';
import type { OverrideStore } from '@syncline/pipeline/rate';
import type { SqlDialect, SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { CREDIT_OVERRIDE } from '../schema/tables';
import { ITS_SURVIVOR, MADE_OF } from './merged-customers';
import { SqlRateTx } from './sql-rate-tx';

const RATE_AGAIN = `UPDATE customer SET evaluated_on = NULL WHERE id IN (${ITS_SURVIVOR})`;

/**
 * People's decisions on credit. Whatever acts makes its customer due (the survivor of one that was merged), in the same transaction, alone among rate
 * transactions: no batch under way marks the customer as rated without having seen it.
 */
export class SqlOverrideStore implements OverrideStore {
  constructor(private readonly dialect: SqlDialect) {}

  async find(id: string): Promise<CreditOverride | undefined> {
    const [found] = await this.dialect.reader.bodies<CreditOverride>(CREDIT_OVERRIDE, ['id'], [[id]]);
    return found;
  }

  ofCustomer(customerId: string): Promise<CreditOverride[]> {
    return this.newestFirst(`customer_id IN (${MADE_OF})`, customerId);
  }

  withStatus(status: OverrideStatus, limit: number): Promise<CreditOverride[]> {
    return this.newestFirst('status = ?', status, this.dialect.page(limit));
  }

  add(override: CreditOverride): Promise<void> {
    return this.alone(async (tx) => {
      await tx.insert(CREDIT_OVERRIDE, [overrideRow(override)]);
      if (override.status === 'approved') await tx.execute(RATE_AGAIN, [override.customerId]);
    });
  }

  change(override: CreditOverride, from: OverrideStatus): Promise<boolean> {
    return this.alone(async (tx) => {
      // The status in the condition makes the second of two deciders come too late.
      const changed = await tx.execute('UPDATE credit_override SET status = ? WHERE id = ? AND status = ?', [
        override.status,
        override.id,
        from,
      ]);
      if (changed === 0) return false;
      await tx.update(CREDIT_OVERRIDE, [overrideRow(override)]);
      await tx.execute(RATE_AGAIN, [override.customerId]);
      return true;
    });
  }

  private alone<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    return this.dialect.transaction(work, { lock: SqlRateTx.STAGE });
  }

  private async newestFirst(condition: string, value: string, page = ''): Promise<CreditOverride[]> {
    const rows = await this.dialect.reader.query<{ body: string }>(
      `SELECT body FROM credit_override WHERE ${condition} ORDER BY proposed_at DESC, id DESC ${page}`,
      [value],
    );
    return rows.map(({ body }) => JSON.parse(body) as CreditOverride);
  }
}

function overrideRow(override: CreditOverride): Row {
  return {
    id: override.id,
    customer_id: override.customerId,
    kind: override.kind,
    status: override.status,
    valid_from: override.validFrom,
    valid_to: override.validTo,
    proposed_at: override.proposedAt,
    body: override,
  };
}
