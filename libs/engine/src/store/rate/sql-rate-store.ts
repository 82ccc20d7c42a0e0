import type { LocalDate } from '@syncline/model';
import type { RateReads, RateStore, RateTx } from '@syncline/pipeline/rate';
import type { InputPosition } from '@syncline/pipeline/shared';
import type { SqlDialect } from '../dialect/sql-dialect';
import { transactStage } from '../unit-of-work';
import { SqlRateTx } from './sql-rate-tx';

export class SqlRateStore implements RateStore {
  constructor(private readonly dialect: SqlDialect) {}

  transact<T>(position: InputPosition | null, work: (tx: RateTx) => Promise<T>): Promise<T | undefined> {
    // Rating is mostly reading and working out; reconcile goes on meanwhile, and tells rate of what it changed.
    return transactStage(this.dialect, SqlRateTx.STAGE, position, (tx) => work(new SqlRateTx(tx)), { readFirst: true });
  }

  read<T>(work: (tx: RateReads) => Promise<T>): Promise<T> {
    return this.dialect.transaction((tx) => work(new SqlRateTx(tx)));
  }

  async ratedCustomers(limit: number, after = ''): Promise<string[]> {
    const rows = await this.dialect.reader.query<{ id: string }>(
      `SELECT id FROM customer WHERE status = 'active' AND is_customer = 1 AND id > ? ` +
        `ORDER BY id ${this.dialect.page(limit)}`,
      [after],
    );
    return rows.map(({ id }) => id);
  }

  async dueForEvaluation(asOf: LocalDate, limit: number, after = ''): Promise<string[]> {
    const rows = await this.dialect.reader.query<{ id: string }>(
      `SELECT id FROM customer WHERE status = 'active' AND is_customer = 1 ` +
        `AND (evaluated_on IS NULL OR evaluated_on <> ?) AND id > ? ORDER BY id ${this.dialect.page(limit)}`,
      [asOf, after],
    );
    return rows.map(({ id }) => id);
  }
}
