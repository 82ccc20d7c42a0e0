import { valueColumns, type Table } from '../../schema/table';

const quoted = (column: string): string => `"${column}"`;
const list = (columns: readonly string[]): string => columns.map(quoted).join(', ');

export function upsertSql(table: Table, columns: readonly string[], newerBy?: string): string {
  const values = valueColumns(table).filter((column) => columns.includes(column));
  const action =
    values.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${values.map((column) => `"${column}" = excluded."${column}"`).join(', ')}` +
        (newerBy ? ` WHERE excluded."${newerBy}" > ${quoted(table.name)}."${newerBy}"` : '');
  return `${insertSql(table, columns)} ON CONFLICT (${list(table.key)}) ${action}`;
}

export function insertSql(table: Table, columns: readonly string[]): string {
  return `INSERT INTO "${table.name}" (${list(columns)}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/** Parameters: the columns to set, then the key. */
export function updateSql(table: Table, columns: readonly string[]): string {
  const set = columns.map((column) => `"${column}" = ?`).join(', ');
  return `UPDATE "${table.name}" SET ${set} WHERE ${table.key.map((column) => `"${column}" = ?`).join(' AND ')}`;
}

export function deleteSql(table: Table, by: readonly string[]): string {
  return `DELETE FROM "${table.name}" WHERE ${by.map((column) => `"${column}" = ?`).join(' AND ')}`;
}

export function selectByKeysSql(
  table: Table,
  by: readonly string[],
  columns: readonly string[],
  where?: string,
): string {
  const select = columns.map((column) => `t."${column}"`).join(', ');
  const on = by.map((column, index) => `t."${column}" = k.c${index}`).join(' AND ');
  // CROSS JOIN keeps SQLite from scanning the table when it underestimates it: keys first, then the index.
  return `SELECT ${select} FROM ${keysSource(by.length)} CROSS JOIN "${table.name}" t ON ${on}${where ? ` WHERE ${where}` : ''}`;
}

/** The table `k` of c0, c1 … read from one JSON parameter, an array of arrays. */
export function keysSource(width: number): string {
  const columns = Array.from({ length: width }, (_, index) => `value ->> ${index} AS c${index}`).join(', ');
  return `(SELECT ${columns} FROM json_each(?)) k`;
}
