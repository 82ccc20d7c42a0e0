import type { DataSource, QueryRunner } from 'typeorm';
import { Mutex } from '../mutex';
import type { DatabaseKind, SqlDialect, SqlReader, SqlTransaction, TransactionOptions } from '../sql-dialect';
import { retryContention } from '../transient-retry';
import { serverError } from './server-errors';
import { ServerSession } from './server-session';
import type { ServerSyntax } from './server-syntax';

/** Locks of a database server, held by name. */
export interface ServerLocks {
  /** Waits for the lock and keeps it until the transaction ends. */
  waitInTransaction(tx: ServerSession, lock: string): Promise<void>;
  /** Runs `work` under the lock on a connection of its own; null when it is taken. */
  tryExclusively<T>(dataSource: DataSource, lock: string, work: () => Promise<T>): Promise<T | null>;
}

/** PostgreSQL or SQL Server through TypeORM's pool. */
export class ServerDialect implements SqlDialect {
  readonly kind: DatabaseKind;
  readonly reader: SqlReader;
  private readonly queues = new Map<string, Mutex>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly syntax: ServerSyntax,
    private readonly locks: ServerLocks,
  ) {
    this.kind = syntax.kind;
    this.reader = new ServerSession(syntax, (sql, params) => this.onPool(sql, params));
  }

  transaction<T>(work: (tx: SqlTransaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { lock } = options;
    const run = (): Promise<T> => retryContention(() => this.committed(work, lock));
    // Waiting here keeps the pool's connections for others: a process waits in the database once per lock.
    return lock === undefined ? run() : this.queueOf(lock).run(run);
  }

  async exclusively<T>(lock: string, work: () => Promise<T>): Promise<T | null> {
    return this.locks.tryExclusively(this.dataSource, lock, work);
  }

  page(limit: number, offset = 0): string {
    return this.syntax.page(Math.trunc(limit), Math.trunc(offset));
  }

  decimalText(expression: string): string {
    return this.syntax.decimalText(expression);
  }

  decimalOrder(expression: string): string {
    return expression;
  }

  async ping(): Promise<void> {
    await this.reader.query('SELECT 1 AS one');
  }

  private queueOf(lock: string): Mutex {
    const found = this.queues.get(lock) ?? new Mutex();
    this.queues.set(lock, found);
    return found;
  }

  private async onPool(sql: string, params: readonly unknown[]): Promise<{ rows: unknown[]; affected: number }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await send(runner, sql, params);
    } finally {
      await runner.release();
    }
  }

  private async committed<T>(work: (tx: SqlTransaction) => Promise<T>, lock: string | undefined): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const tx = new ServerSession(this.syntax, (sql, params) => send(runner, sql, params));
    try {
      await guarded('beginning a transaction', () => runner.startTransaction());
      if (lock !== undefined) await this.locks.waitInTransaction(tx, lock);
      const result = await work(tx);
      await guarded('committing', () => runner.commitTransaction());
      return result;
    } catch (error) {
      // The connection may be gone or the transaction rolled back by the server: the first error is the one to tell.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release().catch(() => undefined);
    }
  }
}

export async function send(
  runner: QueryRunner,
  sql: string,
  params: readonly unknown[],
): Promise<{ rows: unknown[]; affected: number }> {
  const result = await runner.query(sql, [...params], true);
  return { rows: (result.records ?? []) as unknown[], affected: result.affected ?? 0 };
}

async function guarded(doing: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw serverError(error, doing);
  }
}
