import { valueColumns, type ColumnType, type Table } from '../../schema/table';
import type { KeyType } from '../sql-dialect';
import { equal, keyTypesOf, list, type ServerSyntax } from './server-syntax';

/** Keys compare by code unit, as in the other databases; JSON text has the database's collation otherwise. */
const COLLATION = 'Latin1_General_100_BIN2';

/**
 * SQL Server 2016 and later. No MERGE: it needs HOLDLOCK against duplicate keys and has a long list of defects.
 * Rows are updated first, then what is missing is inserted under a range lock, in the caller's transaction.
 */
export const MSSQL_SYNTAX: ServerSyntax = {
  kind: 'mssql',
  parameter: (index) => `@${index}`,
  keysSource,
  select(table, by, columns, where) {
    const from = `${keysSource(keyTypesOf(table, by))} JOIN "${table.name}" t ON ${onKeys(by)}`;
    const selected = columns.map((column) => selectedColumn(table, column)).join(', ');
    return `SELECT ${selected} FROM ${from}${where ? ` WHERE ${where}` : ''}`;
  },
  upsert(table, columns, newerBy) {
    const values = valueColumns(table).filter((column) => columns.includes(column));
    const missing = `${insert(table, columns)} WHERE NOT EXISTS (SELECT 1 FROM "${table.name}" t WITH (UPDLOCK, HOLDLOCK) WHERE ${equal('t', 'r', table.key)})`;
    if (values.length === 0) return missing;
    const set = values.map((column) => `"${column}" = r."${column}"`).join(', ');
    const guard = newerBy ? ` WHERE t."${newerBy}" < r."${newerBy}"` : '';
    const source = rowsSource(table, columns);
    return `UPDATE t SET ${set} FROM "${table.name}" t JOIN ${source} ON ${equal('t', 'r', table.key)}${guard}; ${missing}`;
  },
  insert,
  update(table, columns) {
    const set = columns.map((column) => `"${column}" = r."${column}"`).join(', ');
    const source = rowsSource(table, [...columns, ...table.key]);
    return `UPDATE t SET ${set} FROM "${table.name}" t JOIN ${source} ON ${equal('t', 'r', table.key)}`;
  },
  delete(table, by) {
    return `DELETE t FROM "${table.name}" t JOIN ${keysSource(keyTypesOf(table, by))} ON ${onKeys(by)}`;
  },
  page: (limit, offset) => `OFFSET ${offset} ROWS FETCH NEXT ${limit} ROWS ONLY`,
  decimalText: (expression) => `CONVERT(varchar(40), ${expression})`,
};

function insert(table: Table, columns: readonly string[]): string {
  return `INSERT INTO "${table.name}" (${list(columns)}) SELECT ${list(columns, 'r.')} FROM ${rowsSource(table, columns)}`;
}

function onKeys(by: readonly string[]): string {
  return by.map((column, index) => `t."${column}" = k.c${index}`).join(' AND ');
}

/** The driver reads decimals as floating point, so they leave the server as text. */
function selectedColumn(table: Table, column: string): string {
  return table.columns[column]?.type === 'decimal'
    ? `CONVERT(varchar(40), t."${column}") AS "${column}"`
    : `t."${column}"`;
}

function keysSource(types: readonly KeyType[]): string {
  const selected = types.map((type, index) =>
    type === 'int' ? `c${index}` : `c${index} COLLATE ${COLLATION} AS c${index}`,
  );
  const declared = types.map((type, index) => `c${index} ${type === 'int' ? 'bigint' : 'nvarchar(400)'} '$[${index}]'`);
  return `(SELECT ${selected.join(', ')} FROM OPENJSON(@0) WITH (${declared.join(', ')})) k`;
}

function rowsSource(table: Table, columns: readonly string[]): string {
  const types = columns.map((column) => table.columns[column] ?? ({ type: 'longtext' } as const));
  const selected = columns.map((column, index) => converted(column, types[index]));
  const declared = columns.map((column, index) => `"${column}" ${jsonType(types[index])} '$[${index}]'`);
  return `(SELECT ${selected.join(', ')} FROM OPENJSON(@0) WITH (${declared.join(', ')})) r`;
}

function converted(column: string, type: ColumnType | undefined): string {
  switch (type?.type) {
    case 'text':
    case 'date':
    case 'instant':
      return `"${column}" COLLATE ${COLLATION} AS "${column}"`;
    case 'bytes':
      return `CONVERT(varbinary(max), "${column}", 2) AS "${column}"`;
    default:
      return `"${column}"`;
  }
}

/** The type as which a JSON element is read; amounts come as text and are converted exactly. */
function jsonType(type: ColumnType | undefined): string {
  switch (type?.type) {
    case 'text':
      return `nvarchar(${type.length})`;
    case 'date':
      return 'varchar(10)';
    case 'instant':
      return 'varchar(30)';
    case 'decimal':
      return 'decimal(28,10)';
    case 'bigint':
      return 'bigint';
    case 'int':
      return 'int';
    case 'bool':
      return 'tinyint';
    default:
      return 'nvarchar(max)';
  }
}
