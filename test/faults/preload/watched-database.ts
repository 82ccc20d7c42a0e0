import { createRequire } from 'node:module';
import type { Moments } from './moments';
import type { Point } from './control';

interface Statement {
  run(...params: unknown[]): unknown;
}

interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
}

type DatabaseClass = new (path: string, options?: object) => Database;

const load = createRequire(__filename);

/** What a statement is the moment of, by its text. The log keeps its tables in a file of its own. */
export function momentOf(sql: string, isLog: boolean): Point | null {
  if (sql === 'COMMIT') return isLog ? 'log_commit' : 'store_commit';
  if (sql.startsWith('insert into event_log_chunk')) return 'log_append';
  if (/^DELETE FROM "?outbox"?/i.test(sql)) return 'outbox_remove';
  if (/^(CREATE|ALTER) /i.test(sql) && !isLog) return 'migration';
  return null;
}

/** Puts itself in the place of the SQLite driver, before anybody has loaded it. */
export function watchDatabases(moments: Moments): void {
  const path = load.resolve('libsql');
  const Original = load(path) as DatabaseClass;
  class WatchedDatabase extends Original {
    private readonly isLog: boolean;
    private isLimited = false;

    constructor(file: string, options?: object) {
      super(file, options);
      this.isLog = !file.endsWith('syncline.db');
    }

    override prepare(sql: string): Statement {
      const statement = super.prepare(sql);
      const point = momentOf(sql, this.isLog);
      if (sql === 'BEGIN IMMEDIATE') return this.before(statement, () => this.limit());
      if (point === null) return statement;
      const run = statement.run.bind(statement);
      const all = (statement as unknown as { all(...params: unknown[]): unknown }).all.bind(statement);
      return Object.assign(statement, {
        run: (...params: unknown[]) => moments.around(point, () => run(...params)),
        all: (...params: unknown[]) => moments.around(point, () => all(...params)),
      });
    }

    override exec(sql: string): unknown {
      const point = momentOf(sql, this.isLog);
      return point === null ? super.exec(sql) : moments.around(point, () => super.exec(sql));
    }

    private before(statement: Statement, work: () => void): Statement {
      const run = statement.run.bind(statement);
      return Object.assign(statement, {
        run: (...params: unknown[]) => {
          work();
          return run(...params);
        },
      });
    }

    /** SQLite says the same of a file that may not grow as of a disk that is full. */
    private limit(): void {
      const isFull = moments.control().diskFull === true;
      if (isFull === this.isLimited) return;
      this.isLimited = isFull;
      const pages = isFull ? Number(super.pragma('page_count', { simple: true })) : 1_073_741_823;
      super.pragma(`max_page_count = ${pages}`);
    }
  }
  load.cache[path]!.exports = Object.assign(WatchedDatabase, Original);
}
