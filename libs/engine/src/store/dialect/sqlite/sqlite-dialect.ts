import type { LocalDatabase, LocalRow, LocalValue, LocalWriteOptions, LocalWriter } from '@syncline/pipeline/shared';
import { Mutex } from '../mutex';
import type { SqlDialect, SqlReader, SqlTransaction, TransactionOptions } from '../sql-dialect';
import { retryContention } from '../transient-retry';
import { ReadFirstSession } from './read-first-session';
import type { SqliteConnection } from './sqlite-connection';
import { SqliteSession } from './sqlite-session';
import type { SqliteFile } from './sqlite-file';
import type { WriteTurns } from './write-turns';

export interface SqliteConnections {
  writing: SqliteConnection;
  /** Sees what is committed. */
  reading: SqliteConnection;
  /** For transactions that read before they write; absent = they take the writing connection at once. */
  snapshot?: SqliteConnection;
}

/**
 * SQLite for one process: one connection writes, behind a mutex; a second one reads, so that nobody sees what a
 * running transaction has written. Threads of the process with connections of their own share `turns`.
 */
export class SqliteDialect implements SqlDialect, LocalDatabase {
  readonly kind = 'sqlite';
  readonly reader: SqlReader;
  private readonly writers = new Mutex();
  private readonly named = new Map<string, Mutex>();
  private readonly held = new Set<string>();
  private readonly session: SqliteSession;

  constructor(
    private readonly connections: SqliteConnections,
    private readonly turns: WriteTurns,
    private readonly synchronous: SqliteFile['synchronous'],
  ) {
    this.session = new SqliteSession(connections.writing);
    this.reader = new SqliteSession(connections.reading);
  }

  /**
   * There is one writer, but one that reads first lets others write meanwhile: of those with its lock, none. So every
   * lock is taken, before the turn to write.
   */
  transaction<T>(work: (tx: SqlTransaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { snapshot } = this.connections;
    const run = (): Promise<T> =>
      options.readFirst && snapshot
        ? retryContention(() => this.readingFirst(work, snapshot))
        : this.exclusive(() => work(this.session), options);
    const { lock = options.readFirst ? '' : undefined } = options;
    return lock === undefined ? run() : this.mutexOf(lock).run(run);
  }

  exclusive<T>(work: (writer: LocalWriter) => T | Promise<T>, { durable = true }: LocalWriteOptions = {}): Promise<T> {
    const attempt = (): Promise<T> => (durable ? this.committed(work) : this.withoutWaiting(work));
    return this.writers.run(() => retryContention(() => this.turns.run(attempt)));
  }

  all<R = LocalRow>(sql: string, params: readonly LocalValue[] = []): R[] {
    return this.connections.reading.all<R>(sql, params);
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
    this.connections.reading.all('SELECT 1 AS one');
    return Promise.resolve();
  }

  /** Resolves when no transaction runs or waits. */
  async idle(): Promise<void> {
    await Promise.all([...this.named.values()].map((mutex) => mutex.run(() => Promise.resolve())));
    await this.writers.run(() => Promise.resolve());
  }

  /** Commits, but does not wait for the disk. */
  private async withoutWaiting<T>(work: (writer: LocalWriter) => T | Promise<T>): Promise<T> {
    const { writing } = this.connections;
    writing.exec('PRAGMA synchronous = NORMAL');
    try {
      return await this.committed(work);
    } finally {
      writing.exec(`PRAGMA synchronous = ${this.synchronous.toUpperCase()}`);
    }
  }

  private async committed<T>(work: (writer: LocalWriter) => T | Promise<T>): Promise<T> {
    const { writing } = this.connections;
    writing.begin();
    try {
      const result = await work(writing);
      writing.commit();
      return result;
    } catch (error) {
      writing.rollBack();
      throw error;
    }
  }

  private async readingFirst<T>(work: (tx: SqlTransaction) => Promise<T>, snapshot: SqliteConnection): Promise<T> {
    const session = new ReadFirstSession(snapshot, this.connections.writing, async () => {
      const leave = await this.writers.enter();
      await this.turns.take();
      return () => {
        this.turns.give();
        leave();
      };
    });
    try {
      const result = await work(session);
      session.commit();
      return result;
    } catch (error) {
      session.rollBack();
      throw error;
    }
  }

  private mutexOf(lock: string): Mutex {
    const mutex = this.named.get(lock) ?? new Mutex();
    this.named.set(lock, mutex);
    return mutex;
  }
}
