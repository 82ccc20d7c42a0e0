import type { DeliveryFailure } from '@syncline/pipeline/deliver';
import type { Placeholder } from './named-parameters';

export type SqlRow = Record<string, unknown>;

/** Runs one statement with positional values. `affected` counts the rows that it changed. */
export interface SqlRunner {
  run(text: string, values: readonly (string | null)[]): Promise<{ rows: SqlRow[]; affected: number }>;
}

/** Thrown inside `transaction` to leave nothing behind; the transaction then rejects with it. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack';
}

/** One kind of database. Values travel as text, so that no amount becomes a floating point number. */
export interface SqlDriver {
  readonly placeholder: Placeholder;
  /** A statement of its own, seeing what is committed. Rejects when the signal aborts. */
  query(text: string, values: readonly (string | null)[], signal: AbortSignal): Promise<SqlRow[]>;
  /** Commits when `work` resolves, rolls back when it rejects. An abort breaks the connection: nothing stays open. */
  transaction<T>(work: (runner: SqlRunner) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** What a rejection means. */
  classify(error: unknown): DeliveryFailure;
  close(): Promise<void>;
}

/** Opens a driver; connects at the first statement. Secrets in `connection` are resolved already. */
export type OpenSqlDriver = (connection: Readonly<Record<string, string | number | boolean>>) => SqlDriver;
