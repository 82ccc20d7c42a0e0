/** What SQLite stores and gives back. Booleans travel as 0/1; integers come back as numbers. */
export type LocalValue = string | number | bigint | Buffer | null;

export type LocalRow = Record<string, LocalValue>;

/**
 * The one local SQLite database of the embedded profile, for parts that keep their own tables in it (log, job
 * queue) without knowing the store. Statements are prepared once per SQL text and kept.
 *
 * Reads see what is committed plus, inside `exclusive`, what this work has written. Call `run` and `exec` only
 * inside `exclusive`: there is one connection, and a write between another's BEGIN and COMMIT would share its fate.
 */
export interface LocalDatabase {
  /** All rows, with positional parameters (`?`). Synchronous. */
  all<R = LocalRow>(sql: string, params?: readonly LocalValue[]): R[];
  /** One write statement. Synchronous. `lastId` is the rowid of the last inserted row. */
  run(sql: string, params?: readonly LocalValue[]): { changes: number; lastId: number };
  /** Statements without parameters, separated by `;`: creating tables. */
  exec(sql: string): void;
  /**
   * Runs `work` as the only writer, in one transaction that is durable when the promise resolves and leaves nothing
   * when it rejects. Not re-entrant: calling it inside `work` waits for ever. Keep `work` short and wait in it for
   * nothing but this database.
   */
  exclusive<T>(work: () => T | Promise<T>): Promise<T>;
}

export const LOCAL_DATABASE = Symbol('LocalDatabase');
