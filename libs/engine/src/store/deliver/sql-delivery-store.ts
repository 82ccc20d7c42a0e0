import { instantOfEpochMs, type CreditRating, type Instant } from '@syncline/model';
import {
  FURTHEST_AHEAD_MS,
  type Delivery,
  type DeliveryAttempt,
  type DeliveryStore,
  type DeliveryTx,
} from '@syncline/pipeline/deliver';
import type { InputPosition, OutboxWriter } from '@syncline/pipeline/shared';
import type { SqlDialect, SqlReader, SqlTransaction } from '../dialect/sql-dialect';
import { SqlOutboxWriter } from '../outbox/sql-outbox';
import { DELIVERY, DELIVERY_ATTEMPT } from '../schema/tables';
import { transactStage } from '../unit-of-work';
import { attemptRow, completedRow, deliveryOf, DUE, isHeld, supersededRow, type DeliveryRow } from './delivery-row';
import { SqlDeliveryTx } from './sql-delivery-tx';

const { STAGE } = SqlDeliveryTx;

const RATINGS = 'SELECT r.body AS body FROM {keys} JOIN rating r ON r.customer_id = k.c0 AND r.version = k.c1';

const IS_DUE = '(ready_at <= ? OR ready_at > ?)';

const TO_BEGIN =
  'SELECT DISTINCT a.customer_id FROM account a JOIN rating r ON r.customer_id = a.customer_id AND r.is_current = 1 ' +
  'WHERE a.system = ? AND a.is_live = 1 AND a.is_customer = 1 ' +
  'AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.target = ? AND d.account_key = a."key")';

/**
 * Deliveries by target and account. Claims and outcomes take the stage's lock too: they are short, a row can not be
 * handed out twice, and the outbox keeps the order of the outcomes.
 */
export class SqlDeliveryStore implements DeliveryStore {
  constructor(private readonly dialect: SqlDialect) {}

  async transact(position: InputPosition | null, work: (tx: DeliveryTx) => Promise<void>): Promise<void> {
    await transactStage(this.dialect, STAGE, position, (tx) => work(new SqlDeliveryTx(tx)));
  }

  claim(
    target: string,
    limit: number,
    at: Instant,
    leaseUntil: Instant,
  ): Promise<{ delivery: Delivery; rating: CreditRating }[]> {
    return this.alone(async (tx) => {
      const keys = await this.ready(tx, target, limit, at);
      const rows = await tx.selectByKeys<DeliveryRow>(DELIVERY, DELIVERY.key, keys);
      const ratings = await ratingsOf(tx, rows);
      const leased = rows.map((row) => lease(row, at, leaseUntil));
      if (leased.length > 0)
        await tx.upsert(
          DELIVERY,
          leased.map((row) => ({ ...row })),
        );
      const order = new Map(keys.map(([, accountKey], index) => [accountKey, index]));
      return leased
        .sort((a, b) => (order.get(a.account_key) ?? 0) - (order.get(b.account_key) ?? 0))
        .flatMap((row) => {
          const rating = ratings.get(`${row.customer_id}\0${row.desired_version}`);
          return rating ? [{ delivery: deliveryOf(row), rating }] : [];
        });
    });
  }

  async held(deliveries: Delivery[]): Promise<Delivery[]> {
    const rows = await rowsOf(this.dialect.reader, deliveries);
    return deliveries.filter((delivery) => {
      const row = rows.get(nameOf(delivery));
      return row !== undefined && isHeld(delivery, row);
    });
  }

  complete(
    deliveries: Delivery[],
    attempts: DeliveryAttempt[],
    outbox: (writer: OutboxWriter, recorded: Delivery[]) => Promise<void>,
  ): Promise<Delivery[]> {
    return this.alone(async (tx) => {
      const current = await rowsOf(tx, deliveries);
      const recorded: Delivery[] = [];
      const superseded: Delivery[] = [];
      const rows = deliveries.flatMap((delivery) => {
        const row = current.get(nameOf(delivery));
        const isOwn = row !== undefined && isHeld(delivery, row);
        (isOwn ? recorded : superseded).push(delivery);
        const changed = row && (isOwn ? completedRow(delivery, row) : supersededRow(delivery, row));
        return changed ? [{ ...changed }] : [];
      });
      if (rows.length > 0) await tx.update(DELIVERY, rows);
      if (attempts.length > 0) await tx.insert(DELIVERY_ATTEMPT, attempts.map(attemptRow));
      await outbox(new SqlOutboxWriter(tx, STAGE), recorded);
      return superseded;
    });
  }

  retry(keys: { target: string; accountKey: string }[], at: Instant): Promise<number> {
    return this.alone(async (tx) => {
      const rows = await tx.selectByKeys<DeliveryRow>(
        DELIVERY,
        DELIVERY.key,
        keys.map(({ target, accountKey }) => [target, accountKey]),
      );
      const due = rows.map((row) => ({ ...row, ...DUE, ready_at: at, updated_at: at }));
      if (due.length > 0) await tx.update(DELIVERY, due);
      return due.length;
    });
  }

  async customersToBegin(target: string, system: string, limit: number): Promise<string[]> {
    const rows = await this.dialect.reader.query<{ customer_id: string }>(
      `${TO_BEGIN} ORDER BY a.customer_id ${this.dialect.page(limit)}`,
      [system, target],
    );
    return rows.map((row) => row.customer_id);
  }

  async due(at: Instant): Promise<{ target: string; count: number; oldest: Instant }[]> {
    const rows = await this.dialect.reader.query<{ target: string; n: number | string; oldest: Instant }>(
      `SELECT target, COUNT(*) AS n, MIN(ready_at) AS oldest FROM delivery WHERE ${IS_DUE} GROUP BY target ORDER BY target`,
      dueAt(at),
    );
    return rows.map(({ target, n, oldest }) => ({ target, count: Number(n), oldest }));
  }

  private alone<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    return this.dialect.transaction(work, { lock: STAGE });
  }

  private async ready(tx: SqlTransaction, target: string, limit: number, at: Instant): Promise<string[][]> {
    const rows = await tx.query<{ account_key: string }>(
      `SELECT account_key FROM delivery WHERE target = ? AND ${IS_DUE} ORDER BY ready_at, account_key ${this.dialect.page(limit)}`,
      [target, ...dueAt(at)],
    );
    return rows.map((row) => [target, row.account_key]);
  }
}

async function rowsOf(reader: SqlReader, deliveries: readonly Delivery[]): Promise<Map<string, DeliveryRow>> {
  const keys = deliveries.map(({ target, accountKey }) => [target, accountKey]);
  const rows = await reader.selectByKeys<DeliveryRow>(DELIVERY, DELIVERY.key, keys);
  return new Map(rows.map((row) => [nameOf({ target: row.target, accountKey: row.account_key }), row]));
}

function nameOf({ target, accountKey }: { target: string; accountKey: string }): string {
  return `${target}\0${accountKey}`;
}

function dueAt(at: Instant): Instant[] {
  return [at, instantOfEpochMs(Date.parse(at) + FURTHEST_AHEAD_MS)];
}

async function ratingsOf(tx: SqlTransaction, rows: readonly DeliveryRow[]): Promise<Map<string, CreditRating>> {
  const keys = rows.map((row) => [row.customer_id, row.desired_version]);
  const bodies = await tx.queryByKeys<{ body: string }>(RATINGS, keys, { types: ['text', 'int'] });
  const ratings = bodies.map(({ body }) => JSON.parse(body) as CreditRating);
  return new Map(ratings.map((rating) => [`${rating.customerId}\0${rating.version}`, rating]));
}

function lease(row: DeliveryRow, at: Instant, until: Instant): DeliveryRow {
  return { ...row, state: 'running', next_attempt_at: null, leased_until: until, ready_at: until, updated_at: at };
}
