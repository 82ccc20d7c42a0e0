import { valueColumns, type ColumnType, type Table } from '../../schema/table';
import type { KeyType } from '../sql-dialect';
import { equal, keyTypesOf, list, type ServerSyntax } from './server-syntax';

const TYPES: Record<ColumnType['type'], string> = {
  text: 'text',
  longtext: 'text',
  json: 'text',
  date: 'text',
  instant: 'text',
  bytes: 'bytea',
  decimal: 'numeric',
  bigint: 'bigint',
  int: 'integer',
  bool: 'smallint',
};

/** PostgreSQL 13 and later. */
export const POSTGRES_SYNTAX: ServerSyntax = {
  kind: 'postgres',
  parameter: (index) => `$${index + 1}`,
  keysSource,
  select(table, by, columns, where) {
    const on = by.map((column, index) => `t."${column}" = k.c${index}`).join(' AND ');
    const from = `${keysSource(keyTypesOf(table, by))} JOIN "${table.name}" t ON ${on}`;
    return `SELECT ${list(columns, 't.')} FROM ${from}${where ? ` WHERE ${where}` : ''}`;
  },
  upsert(table, columns, newerBy) {
    const values = valueColumns(table).filter((column) => columns.includes(column));
    const set = values.map((column) => `"${column}" = excluded."${column}"`).join(', ');
    const guard = newerBy ? ` WHERE "${table.name}"."${newerBy}" < excluded."${newerBy}"` : '';
    const action = values.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${set}${guard}`;
    return `${insert(table, columns)} ON CONFLICT (${list(table.key)}) ${action}`;
  },
  insert,
  update(table, columns) {
    const set = columns.map((column) => `"${column}" = r."${column}"`).join(', ');
    const source = rowsSource(table, [...columns, ...table.key]);
    return `UPDATE "${table.name}" AS t SET ${set} FROM ${source} WHERE ${equal('t', 'r', table.key)}`;
  },
  delete(table, by) {
    const on = by.map((column, index) => `t."${column}" = k.c${index}`).join(' AND ');
    return `DELETE FROM "${table.name}" AS t USING ${keysSource(keyTypesOf(table, by))} WHERE ${on}`;
  },
  page: (limit, offset) => `LIMIT ${limit} OFFSET ${offset}`,
  decimalText: (expression) => `(${expression})::text`,
};

function insert(table: Table, columns: readonly string[]): string {
  return `INSERT INTO "${table.name}" (${list(columns)}) SELECT ${list(columns, 'r.')} FROM ${rowsSource(table, columns)}`;
}

function keysSource(types: readonly KeyType[]): string {
  const columns = types.map((type, index) => `${element(index, type === 'int' ? 'bigint' : 'text')} AS c${index}`);
  return `(SELECT ${columns.join(', ')} FROM jsonb_array_elements($1::jsonb) AS e(v)) k`;
}

function rowsSource(table: Table, columns: readonly string[]): string {
  const selected = columns.map((column, index) => {
    const type = TYPES[table.columns[column]?.type ?? 'text'];
    return `${element(index, type)} AS "${column}"`;
  });
  return `(SELECT ${selected.join(', ')} FROM jsonb_array_elements($1::jsonb) AS e(v)) r`;
}

function element(index: number, type: string): string {
  if (type === 'text') return `v ->> ${index}`;
  if (type === 'bytea') return `decode(v ->> ${index}, 'hex')`;
  return `(v ->> ${index})::${type}`;
}
