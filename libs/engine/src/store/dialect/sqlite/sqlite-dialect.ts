import type { LocalDatabase, LocalRow, LocalValue, LocalWriter } from '@syncline/pipeline/shared';
import { Mutex } from '../mutex';
import type { SqlDialect, SqlReader, SqlTransaction } from '../sql-dialect';
import { retryContention } from '../transient-retry';
import type { SqliteConnection } from './sqlite-connection';
import { SqliteSession } from './sqlite-session';

/**
 * SQLite for one process: one connection writes, behind a mutex; a second one reads, so that nobody sees what a
 * running transaction has written.
 */
export class SqliteDialect implements SqlDialect, LocalDatabase {
  readonly kind = 'sqlite';
  readonly reader: SqlReader;
  private readonly writers = new Mutex();
  private readonly held = new Set<string>();
  private readonly session: SqliteSession;

  constructor(
    private readonly writing: SqliteConnection,
    private readonly reading: SqliteConnection,
  ) {
    this.session = new SqliteSession(writing);
    this.reader = new SqliteSession(reading);
  }

  /** The mutex is the lock of every name: there is one writer. */
  transaction<T>(work: (tx: SqlTransaction) => Promise<T>): Promise<T> {
    return this.exclusive(() => work(this.session));
  }

  exclusive<T>(work: (writer: LocalWriter) => T | Promise<T>): Promise<T> {
    return this.writers.run(() => retryContention(() => this.committed(work)));
  }

  all<R = LocalRow>(sql: string, params: readonly LocalValue[] = []): R[] {
    return this.reading.all<R>(sql, params);
  }

  async exclusively<T>(lock: string, work: () => Promise<T>): Promise<T | null> {
    if (this.held.has(lock)) return null;
    this.held.add(lock);
    try {
      return await work();
    } finally {
      this.held.delete(lock);
    }
  }

  page(limit: number, offset = 0): string {
    return `LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(offset)}`;
  }

  decimalText(expression: string): string {
    return expression;
  }

  decimalOrder(expression: string): string {
    return `CAST(${expression} AS REAL)`;
  }

  ping(): Promise<void> {
    this.reading.all('SELECT 1 AS one');
    return Promise.resolve();
  }

  /** Resolves when no transaction runs or waits. */
  idle(): Promise<void> {
    return this.writers.run(() => Promise.resolve());
  }

  private async committed<T>(work: (writer: LocalWriter) => T | Promise<T>): Promise<T> {
    this.writing.run('BEGIN IMMEDIATE');
    try {
      const result = await work(this.writing);
      this.writing.run('COMMIT');
      return result;
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  private rollBack(): void {
    try {
      this.writing.run('ROLLBACK');
    } catch {
      // SQLite rolls back by itself on a full disk and the like; the first error is the one to tell.
    }
  }
}
