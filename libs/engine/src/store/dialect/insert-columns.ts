import type { Row, Table } from '../schema/table';

/** The columns that an insert names: a counted `id` is left to the database unless the rows bring one. */
export function insertColumns(table: Table, rows: readonly Row[]): string[] {
  const first = rows[0];
  return Object.keys(table.columns).filter((column) => column !== 'id' || (first !== undefined && 'id' in first));
}
