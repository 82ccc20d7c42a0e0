import type { LocalRow, LocalValue, LocalWriter } from '@syncline/pipeline/shared';
import type { SqliteHandle, SqliteStatement } from './sqlite-driver';
import { sqliteError } from './sqlite-errors';

/** Statements kept per connection. Texts are constant; the bound only guards against a caller that makes them up. */
const KEPT = 500;

/** One SQLite handle and its prepared statements. Everything is synchronous: a call is no round trip. */
export class SqliteConnection implements LocalWriter {
  private readonly statements = new Map<string, SqliteStatement>();

  constructor(private readonly handle: SqliteHandle) {}

  all<R = LocalRow>(sql: string, params: readonly LocalValue[] = []): R[] {
    try {
      return this.prepared(sql).all(params) as R[];
    } catch (error) {
      throw sqliteError(error, headOf(sql));
    }
  }

  run(sql: string, params: readonly LocalValue[] = []): { changes: number; lastId: number } {
    try {
      const result = this.prepared(sql).run(params);
      return { changes: result.changes, lastId: Number(result.lastInsertRowid) };
    } catch (error) {
      throw sqliteError(error, headOf(sql));
    }
  }

  /** The statement once for each row of parameters: on a synchronous driver the fastest way to write many rows. */
  runEach(sql: string, rows: Iterable<readonly LocalValue[]>): void {
    try {
      const statement = this.prepared(sql);
      for (const row of rows) statement.run(row);
    } catch (error) {
      throw sqliteError(error, headOf(sql));
    }
  }

  /** Takes the file for writing. */
  begin(): void {
    this.run('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.run('COMMIT');
  }

  rollBack(): void {
    try {
      this.run('ROLLBACK');
    } catch {
      // SQLite rolls back by itself on a full disk and the like; the first error is the one to tell.
    }
  }

  /** All reads up to `endReading` see one state, that of the first of them. */
  beginReading(): void {
    this.run('BEGIN');
  }

  endReading(): void {
    this.run('COMMIT');
  }

  exec(sql: string): void {
    try {
      this.handle.exec(sql);
    } catch (error) {
      throw sqliteError(error, headOf(sql));
    }
  }

  private prepared(sql: string): SqliteStatement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.handle.prepare(sql);
      if (this.statements.size >= KEPT) this.statements.clear();
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

function headOf(sql: string): string {
  return sql.trimStart().slice(0, 60).replace(/\s+/g, ' ');
}
