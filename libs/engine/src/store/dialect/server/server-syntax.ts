import type { Table } from '../../schema/table';
import type { DatabaseKind, KeyType } from '../sql-dialect';

/** The SQL of one database server, as text. Rows and keys come as the first parameter: JSON, an array of arrays. */
export interface ServerSyntax {
  readonly kind: Exclude<DatabaseKind, 'sqlite'>;
  /** The nth parameter, counted from 0. */
  parameter(index: number): string;
  keysSource(types: readonly KeyType[]): string;
  select(table: Table, by: readonly string[], columns: readonly string[], where?: string): string;
  upsert(table: Table, columns: readonly string[], newerBy?: string): string;
  insert(table: Table, columns: readonly string[]): string;
  /** Rows hold the key columns too. */
  update(table: Table, columns: readonly string[]): string;
  delete(table: Table, by: readonly string[]): string;
  page(limit: number, offset: number): string;
  decimalText(expression: string): string;
}

/** `t."a" = r."a" AND …` */
export function equal(left: string, right: string, columns: readonly string[]): string {
  return columns.map((column) => `${left}."${column}" = ${right}."${column}"`).join(' AND ');
}

export function list(columns: readonly string[], prefix = ''): string {
  return columns.map((column) => `${prefix}"${column}"`).join(', ');
}

/** The types that key columns are compared as. */
export function keyTypesOf(table: Table, by: readonly string[]): KeyType[] {
  return by.map((column) => {
    const type = table.columns[column]?.type;
    return type === 'int' || type === 'bigint' || type === 'bool' ? 'int' : 'text';
  });
}
