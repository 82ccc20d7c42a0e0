/**
 * What a column means; each dialect chooses the SQL type. Booleans are 0/1 and days and moments are ISO text in every
 * dialect, so that the same SQL and the same order hold everywhere. `decimal` is exact; `json` is written and read
 * as a JavaScript value; a `text` has a greatest length, beyond which keys are refused and other values cut (their
 * whole form stands in the row's JSON).
 */
export type ColumnType =
  | { readonly type: 'text'; readonly length: number }
  | { readonly type: 'longtext' | 'decimal' | 'bigint' | 'int' | 'bool' | 'date' | 'instant' | 'bytes' | 'json' };

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns of the primary key. */
  readonly key: readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

export const text = (length: number): ColumnType => ({ type: 'text', length });
export const longtext: ColumnType = { type: 'longtext' };
export const decimal: ColumnType = { type: 'decimal' };
export const bigint: ColumnType = { type: 'bigint' };
export const int: ColumnType = { type: 'int' };
export const bool: ColumnType = { type: 'bool' };
export const date: ColumnType = { type: 'date' };
export const instant: ColumnType = { type: 'instant' };
export const bytes: ColumnType = { type: 'bytes' };
export const json: ColumnType = { type: 'json' };

/** Declares a table once; the migrations create it, the dialects generate all its statements from this. */
export function table(name: string, key: readonly string[], columns: Readonly<Record<string, ColumnType>>): Table {
  const missing = key.filter((column) => !(column in columns));
  if (missing.length > 0) throw new RangeError(`table ${name}: key column ${missing.join(', ')} is not declared`);
  return { name, key, columns };
}

/** The columns that are not part of the primary key. */
export function valueColumns(of: Table): string[] {
  return Object.keys(of.columns).filter((column) => !of.key.includes(column));
}
