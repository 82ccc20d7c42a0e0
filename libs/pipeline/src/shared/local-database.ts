/** What SQLite stores and gives back. Booleans travel as 0/1; integers come back as numbers. */
export type LocalValue = string | number | bigint | Buffer | null;

export type LocalRow = Record<string, LocalValue>;

export interface LocalReader {
  /** All rows, with positional parameters (`?`). Synchronous; statements are prepared once per SQL text and kept. */
  all<R = LocalRow>(sql: string, params?: readonly LocalValue[]): R[];
}

/** Writing inside one `exclusive` work; useless after it. Its `all` sees what the work has written. */
export interface LocalWriter extends LocalReader {
  /** One write statement. Synchronous. `lastId` is the rowid of the last inserted row. */
  run(sql: string, params?: readonly LocalValue[]): { changes: number; lastId: number };
  /** Statements without parameters, separated by `;`: creating tables. */
  exec(sql: string): void;
}

/**
 * The one local SQLite database of the embedded profile, for parts that keep their own tables in it (log, job
 * queue) without knowing the store. Its own `all` sees what is committed.
 */
export interface LocalDatabase extends LocalReader {
  /**
   * Runs `work` as the only writer, in one transaction that is durable when the promise resolves and leaves nothing
   * when it rejects. Not re-entrant: calling it inside `work` waits for ever. Keep `work` short and wait in it for
   * nothing but this database.
   */
  exclusive<T>(work: (writer: LocalWriter) => T | Promise<T>, options?: LocalWriteOptions): Promise<T>;
}

export interface LocalWriteOptions {
  /**
   * False: whatever the process comes to, the write stays, but a loss of power may take it as long as no later one was
   * durable. For what is only written to save work. Default true.
   */
  durable?: boolean;
}

export const LOCAL_DATABASE = Symbol('LocalDatabase');
