import type { Instant } from '@syncline/model';
import type { DeliveryTx, DesiredDelivery } from '@syncline/pipeline/deliver';
import type { SqlTransaction } from '../dialect/sql-dialect';
import { SqlOutboxWriter } from '../outbox/sql-outbox';
import { ACCOUNT, DELIVERY, RATING } from '../schema/tables';
import { DUE, newRow, type DeliveryRow } from './delivery-row';

const CUSTOMER_TARGETS = ['target', 'customer_id'];

export class SqlDeliveryTx implements DeliveryTx {
  static readonly STAGE = 'deliver';
  readonly outbox: SqlOutboxWriter;

  constructor(private readonly tx: SqlTransaction) {
    this.outbox = new SqlOutboxWriter(tx, SqlDeliveryTx.STAGE);
  }

  async accountsOf(
    customerIds: string[],
    system: string,
  ): Promise<{ customerId: string; key: string; code: string | null }[]> {
    const rows = await this.tx.selectByKeys<{ system: string; customer_id: string; key: string; code: string | null }>(
      ACCOUNT,
      ['customer_id', 'system'],
      customerIds.map((id) => [id, system]),
      { columns: ['customer_id', 'key', 'code'], where: 't.is_live = 1 AND t.is_customer = 1' },
    );
    return rows.map(({ customer_id: customerId, key, code }) => ({ customerId, key, code }));
  }

  async ratingVersions(customerIds: string[]): Promise<{ customerId: string; version: number }[]> {
    const rows = await this.tx.selectByKeys<{ customer_id: string; version: number }>(
      RATING,
      ['customer_id'],
      customerIds.map((id) => [id]),
      { columns: ['customer_id', 'version'], where: 't.is_current = 1' },
    );
    return rows.map(({ customer_id: customerId, version }) => ({ customerId, version }));
  }

  async desire(
    deliveries: DesiredDelivery[],
    at: Instant,
    scope: { targets: string[]; customerIds: string[] },
  ): Promise<void> {
    const keys = deliveries.map(({ target, accountKey }) => [target, accountKey]);
    const existing = await this.tx.selectByKeys<DeliveryRow>(DELIVERY, DELIVERY.key, keys);
    const known = new Map(existing.map((row) => [nameOf(row.target, row.account_key), row]));
    const changed = deliveries.flatMap((desired) => {
      const row = wanted(desired, known.get(nameOf(desired.target, desired.accountKey)), at);
      return row ? [row] : [];
    });
    if (changed.length > 0)
      await this.tx.upsert(
        DELIVERY,
        changed.map((row) => ({ ...row })),
      );
    await this.removeLeft(deliveries, scope);
  }

  /** Removes what no longer belongs to the customers of the scope. */
  private async removeLeft(
    deliveries: DesiredDelivery[],
    { targets, customerIds }: { targets: string[]; customerIds: string[] },
  ): Promise<void> {
    const keys = targets.flatMap((target) => customerIds.map((id) => [target, id]));
    const rows = await this.tx.selectByKeys<{ target: string; account_key: string }>(DELIVERY, CUSTOMER_TARGETS, keys, {
      columns: DELIVERY.key,
    });
    const named = new Set(deliveries.map(({ target, accountKey }) => nameOf(target, accountKey)));
    const left = rows.filter((row) => !named.has(nameOf(row.target, row.account_key)));
    if (left.length > 0) {
      await this.tx.deleteByKeys(
        DELIVERY,
        DELIVERY.key,
        left.map((row) => [row.target, row.account_key]),
      );
    }
  }
}

function nameOf(target: string, accountKey: string): string {
  return `${target}\0${accountKey}`;
}

/** The row as it must become; undefined when it is as it should be. A running one keeps its lease and stays. */
function wanted(desired: DesiredDelivery, row: DeliveryRow | undefined, at: Instant): DeliveryRow | undefined {
  if (!row) return newRow(desired, at);
  if (row.customer_id !== desired.customerId) return moved(desired, row, at);
  const codeChanged = row.account_code !== desired.accountCode;
  if (desired.desiredVersion <= row.desired_version) {
    return codeChanged ? { ...row, account_code: desired.accountCode } : undefined;
  }
  const raised = { ...row, desired_version: desired.desiredVersion, account_code: desired.accountCode, updated_at: at };
  return row.state === 'running' ? raised : { ...raised, ...DUE, ready_at: at };
}

function moved(desired: DesiredDelivery, row: DeliveryRow, at: Instant): DeliveryRow {
  const fresh = newRow(desired, at);
  if (row.state !== 'running') return fresh;
  // The worker that has it finishes first: two writers of one account would race in the target.
  return { ...fresh, state: 'running', leased_until: row.leased_until, ready_at: row.leased_until };
}
