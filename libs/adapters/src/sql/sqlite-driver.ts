import { existsSync } from 'node:fs';
import Database from 'libsql';
import { failure } from '../kit';
import type { OpenSqlDriver, SqlRow, SqlRunner } from './sql-driver';
import { property, sqliteFailure } from './sql-errors';

type Value = string | null;

const BUSY_TIMEOUT_MS = 5_000;

/** A SQLite file. Transactions take the write lock at once, so that two writers wait instead of failing half-way. */
export const openSqlite: OpenSqlDriver = ({ path }) => {
  let database: Database.Database | null = null;
  const open = (): Database.Database => {
    if (database) return database;
    // A missing file is a wrong path, not a wish for a new database.
    if (!existsSync(String(path))) throw Object.assign(new Error('no such file'), { code: 'SQLITE_CANTOPEN' });
    database = new Database(String(path));
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return database;
  };
  const run = (text: string, values: readonly Value[]): { rows: SqlRow[]; affected: number } => {
    const statement = open().prepare<Value[]>(text);
    if (statement.reader) {
      const rows = statement.all(...values) as SqlRow[];
      return { rows, affected: rows.length };
    }
    return { rows: [], affected: statement.run(...values).changes };
  };
  // One connection: the transactions of concurrent batches take turns.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    placeholder: () => '?',
    query: (text, values, signal) =>
      inTurn(async () => {
        signal.throwIfAborted();
        return run(text, values).rows;
      }),
    transaction: (work, signal) =>
      inTurn(async () => {
        signal.throwIfAborted();
        open().exec('BEGIN IMMEDIATE');
        try {
          const runner: SqlRunner = { run: async (text, values) => run(text, values) };
          const result = await work(runner);
          signal.throwIfAborted();
          open().exec('COMMIT');
          return result;
        } catch (error) {
          if (open().inTransaction) open().exec('ROLLBACK');
          throw error;
        }
      }),
    classify: (error) => {
      const code = property(error, 'code');
      if (code.startsWith('SQLITE_')) return sqliteFailure(code);
      return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true });
    },
    close: async () => {
      database?.close();
      database = null;
    },
  };
};
