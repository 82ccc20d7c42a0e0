import type { Instant } from '@syncline/model';
import type { Delivery, DeliveryAttempt, DeliveryState } from '@syncline/pipeline/deliver';
import type { DeliveryCount, DeliveryFilter, DeliveryQueries } from '@syncline/pipeline/publish';
import { deliveryOf, type DeliveryRow } from '../deliver/delivery-row';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { DELIVERY, DELIVERY_ATTEMPT } from '../schema/tables';

/** A delivery that is not confirmed waits since its rating was decided. */
const COUNTS =
  'SELECT d.target AS target, d.state AS state, COUNT(*) AS n, MIN(r.decided_at) AS oldest FROM delivery d ' +
  'LEFT JOIN rating r ON r.customer_id = d.customer_id AND r.version = d.desired_version ' +
  'GROUP BY d.target, d.state ORDER BY d.target, d.state';

interface AttemptRow {
  id: number;
  target: string;
  account_key: string;
  customer_id: string;
  version: number;
  at: Instant;
  outcome: string;
  before_values: Record<string, string | null> | null;
  after_values: Record<string, string | null> | null;
}

export class SqlDeliveryQueries implements DeliveryQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async page(
    filter: DeliveryFilter,
    after: { target: string; accountKey: string } | null,
    limit: number,
  ): Promise<Delivery[]> {
    const { sql, params } = pageConditions(filter, after);
    const keys = await this.dialect.reader.query<{ target: string; account_key: string }>(
      `SELECT target, account_key FROM delivery ${sql}ORDER BY target, account_key ${this.dialect.page(limit)}`,
      params,
    );
    const rows = await this.dialect.reader.selectByKeys<DeliveryRow>(
      DELIVERY,
      DELIVERY.key,
      keys.map((row) => [row.target, row.account_key]),
    );
    const found = new Map(rows.map((row) => [`${row.target}\0${row.account_key}`, row]));
    return keys.flatMap((key) => {
      const row = found.get(`${key.target}\0${key.account_key}`);
      return row ? [deliveryOf(row)] : [];
    });
  }

  async ofCustomer(customerId: string): Promise<Delivery[]> {
    const rows = await this.dialect.reader.selectByKeys<DeliveryRow>(DELIVERY, ['customer_id'], [[customerId]]);
    const place = ({ target, account_key: key }: DeliveryRow): string => `${target}\0${key}`;
    return rows.sort((a, b) => (place(a) < place(b) ? -1 : 1)).map(deliveryOf);
  }

  async attempts(customerId: string, limit: number): Promise<DeliveryAttempt[]> {
    const ids = await this.dialect.reader.query<{ id: number }>(
      `SELECT id FROM delivery_attempt WHERE customer_id = ? ORDER BY id DESC ${this.dialect.page(limit)}`,
      [customerId],
    );
    const rows = await this.dialect.reader.selectByKeys<AttemptRow>(
      DELIVERY_ATTEMPT,
      ['customer_id'],
      ids.length === 0 ? [] : [[customerId]],
    );
    const wanted = new Set(ids.map(({ id }) => Number(id)));
    return rows
      .filter(({ id }) => wanted.has(Number(id)))
      .sort((a, b) => Number(b.id) - Number(a.id))
      .map(attemptOf);
  }

  async counts(): Promise<DeliveryCount[]> {
    const rows = await this.dialect.reader.query<{
      target: string;
      state: DeliveryState;
      n: number | string;
      oldest: Instant | null;
    }>(COUNTS);
    return rows.map(({ target, state, n, oldest }) => ({ target, state, count: Number(n), oldest }));
  }
}

function pageConditions(filter: DeliveryFilter, after: { target: string; accountKey: string } | null) {
  const conditions: [string, SqlValue[]][] = [];
  if (filter.target) conditions.push(['target = ?', [filter.target]]);
  if (filter.state) conditions.push(['state = ?', [filter.state]]);
  if (filter.customerId) conditions.push(['customer_id = ?', [filter.customerId]]);
  if (after)
    conditions.push([
      '(target > ? OR (target = ? AND account_key > ?))',
      [after.target, after.target, after.accountKey],
    ]);
  const where = conditions.map(([sql]) => sql).join(' AND ');
  return { sql: where === '' ? '' : `WHERE ${where} `, params: conditions.flatMap(([, params]) => params) };
}

function attemptOf(row: AttemptRow): DeliveryAttempt {
  return {
    target: row.target,
    customerId: row.customer_id,
    accountKey: row.account_key,
    version: row.version,
    at: row.at,
    outcome: row.outcome,
    before: row.before_values,
    after: row.after_values,
  };
}
