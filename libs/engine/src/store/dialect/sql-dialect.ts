import type { Row, Table } from '../schema/table';

export type SqlValue = string | number | bigint | boolean | Buffer | null;
export type DatabaseKind = 'sqlite' | 'postgres' | 'mssql';

/** The type that a key column of `queryByKeys` is compared as. */
export type KeyType = 'text' | 'int';

export interface KeyOptions {
  /** Types of c0, c1 …; absent = text. */
  types?: readonly KeyType[];
  params?: readonly SqlValue[];
}

export interface SelectOptions {
  /** Columns to read; absent = all that the table declares. */
  columns?: readonly string[];
  /** More conditions on the table, named `t`, in the SQL that all dialects share: `t.is_open = 1`. */
  where?: string;
}

/**
 * Reads. SQL texts use `?` for parameters and double quotes for names that are key words (`"key"`), in every
 * dialect; no `?` may stand in a literal. Texts should be constant: statements are cached by their text.
 */
export interface SqlReader {
  /** Rows as the driver gives them: counts and integers as numbers; select decimals through `decimalText`. */
  query<R = Row>(sql: string, params?: readonly SqlValue[]): Promise<R[]>;
  /**
   * One statement for many keys. `sql` holds `{keys}` where a table named `k` with columns c0, c1 … is read from:
   * `SELECT t."key" FROM {keys} JOIN record t ON t.system = k.c0 AND …`. Further `?` come after it. Each
   * key counts once. Large sets are cut into several statements, so GROUP BY only what a key determines.
   */
  queryByKeys<R = Row>(sql: string, keys: readonly (readonly SqlValue[])[], options?: KeyOptions): Promise<R[]>;
  /** Rows of a declared table whose columns `by` have any of the given values, decoded by column type. */
  selectByKeys<R = Row>(
    table: Table,
    by: readonly string[],
    keys: readonly (readonly SqlValue[])[],
    options?: SelectOptions,
  ): Promise<R[]>;
  /** The `body` of those rows, parsed: the pipeline's way of reading. */
  bodies<T>(table: Table, by: readonly string[], keys: readonly (readonly SqlValue[])[], where?: string): Promise<T[]>;
}

export interface UpsertOptions {
  /** Overwrite only rows whose value of this column is less than the new one. */
  newerBy?: string;
}

/** Writes of one transaction. Rows of one call have distinct keys. */
export interface SqlTransaction extends SqlReader {
  /** One write statement; gives the number of rows that it changed. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** Like `queryByKeys` for a write: `… WHERE EXISTS (SELECT 1 FROM {keys} WHERE k.c0 = …)`. */
  executeByKeys(sql: string, keys: readonly (readonly SqlValue[])[], options?: KeyOptions): Promise<void>;
  upsert(table: Table, rows: readonly Row[], options?: UpsertOptions): Promise<void>;
  /** Fails when a key exists. `id` of counted tables is left out. */
  insert(table: Table, rows: readonly Row[]): Promise<void>;
  /** Changes existing rows by primary key, the given columns only (absent = all that are no key). */
  update(table: Table, rows: readonly Row[], columns?: readonly string[]): Promise<void>;
  deleteByKeys(table: Table, by: readonly string[], keys: readonly (readonly SqlValue[])[]): Promise<void>;
}

export interface TransactionOptions {
  /** Alone among all transactions with this lock name on this database. */
  lock?: string;
  /**
   * The transaction reads much before it writes, and nobody else writes what it writes: where there is one writer
   * (SQLite), others may write until its first write, and what it read by then is one committed state.
   */
  readFirst?: boolean;
  /** False: a loss of power may take it (SQLite only, see LocalWriteOptions). */
  durable?: boolean;
}

export interface SqlDialect {
  readonly kind: DatabaseKind;
  /** Reads what is committed. */
  readonly reader: SqlReader;
  /** Runs `work` in one transaction. Deadlocks and serialization failures run `work` again, a few times. */
  transaction<T>(work: (tx: SqlTransaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Runs `work` while holding a lock of the database, without a transaction; null when another has it. */
  exclusively<T>(lock: string, work: () => Promise<T>): Promise<T | null>;
  /** The clause for a page of an ordered query: comes after ORDER BY. Whole numbers. */
  page(limit: number, offset?: number): string;
  /** An expression that gives a decimal column as exact text; pass the result through `canonicalDecimal`. */
  decimalText(expression: string): string;
  /** An expression to sort and compare a decimal column by. */
  decimalOrder(expression: string): string;
  ping(): Promise<void>;
}
