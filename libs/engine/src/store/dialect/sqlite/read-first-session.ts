import type { Row, Table } from '../../schema/table';
import type { KeyOptions, SelectOptions, SqlTransaction, SqlValue, UpsertOptions } from '../sql-dialect';
import type { SqliteConnection } from './sqlite-connection';
import { SqliteSession } from './sqlite-session';

type Keys = readonly (readonly SqlValue[])[];

/**
 * A transaction that takes the database for writing only when it first writes. Until then it reads one snapshot of
 * what is committed, while others write; from then on it reads and writes like any other transaction.
 */
export class ReadFirstSession implements SqlTransaction {
  private readonly reads: SqliteSession;
  private readonly writes: SqliteSession;
  private leave: (() => void) | null = null;
  private entering: Promise<SqliteSession> | null = null;

  constructor(
    private readonly snapshot: SqliteConnection,
    private readonly writing: SqliteConnection,
    /** Waits for the turn to write; what it gives ends the turn. */
    private readonly enter: () => Promise<() => void>,
  ) {
    this.reads = new SqliteSession(snapshot);
    this.writes = new SqliteSession(writing);
    snapshot.beginReading();
  }

  query<R = Row>(sql: string, params?: readonly SqlValue[]): Promise<R[]> {
    return this.current().query<R>(sql, params);
  }

  queryByKeys<R = Row>(sql: string, keys: Keys, options?: KeyOptions): Promise<R[]> {
    return this.current().queryByKeys<R>(sql, keys, options);
  }

  selectByKeys<R = Row>(table: Table, by: readonly string[], keys: Keys, options?: SelectOptions): Promise<R[]> {
    return this.current().selectByKeys<R>(table, by, keys, options);
  }

  bodies<T>(table: Table, by: readonly string[], keys: Keys, where?: string): Promise<T[]> {
    return this.current().bodies<T>(table, by, keys, where);
  }

  async execute(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return (await this.writer()).execute(sql, params);
  }

  async executeByKeys(sql: string, keys: Keys, options?: KeyOptions): Promise<void> {
    return (await this.writer()).executeByKeys(sql, keys, options);
  }

  async upsert(table: Table, rows: readonly Row[], options?: UpsertOptions): Promise<void> {
    return (await this.writer()).upsert(table, rows, options);
  }

  async insert(table: Table, rows: readonly Row[]): Promise<void> {
    return (await this.writer()).insert(table, rows);
  }

  async update(table: Table, rows: readonly Row[], columns?: readonly string[]): Promise<void> {
    return (await this.writer()).update(table, rows, columns);
  }

  async deleteByKeys(table: Table, by: readonly string[], keys: Keys): Promise<void> {
    return (await this.writer()).deleteByKeys(table, by, keys);
  }

  commit(): void {
    this.end(() => this.writing.commit());
  }

  rollBack(): void {
    this.end(() => this.writing.rollBack());
  }

  private current(): SqliteSession {
    return this.leave ? this.writes : this.reads;
  }

  private writer(): Promise<SqliteSession> {
    this.entering ??= this.beginWriting();
    return this.entering;
  }

  private async beginWriting(): Promise<SqliteSession> {
    const leave = await this.enter();
    this.snapshot.endReading();
    this.leave = leave;
    this.writing.begin();
    return this.writes;
  }

  private end(how: () => void): void {
    const { leave } = this;
    if (!leave) return this.snapshot.endReading();
    try {
      how();
    } finally {
      this.leave = null;
      leave();
    }
  }
}
