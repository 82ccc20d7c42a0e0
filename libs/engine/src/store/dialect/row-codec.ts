import { canonicalDecimal } from '@syncline/model';
import { storeError } from '../errors';
import type { ColumnType, Row, Table } from '../schema/table';
import type { SqlValue } from './sql-dialect';

type Encode = (value: unknown) => SqlValue;
type Decode = (value: unknown) => unknown;

const encoders = new WeakMap<Table, { column: string; encode: Encode }[]>();
const decoders = new WeakMap<Table, Map<string, Decode>>();

/** A function that gives the values of `columns` of a row as any driver takes them (bytes stay a Buffer). */
export function rowEncoder(table: Table, columns: readonly string[]): (row: Row) => SqlValue[] {
  const all = encodersOf(table).filter(({ column }) => columns.includes(column));
  const ordered = columns.map((name) => all.find(({ column }) => column === name));
  const chosen = ordered.map((entry, index) => {
    if (!entry) throw new RangeError(`table ${table.name} has no column ${columns[index]}`);
    return entry;
  });
  return (row) => chosen.map(({ column, encode }) => encode(row[column]));
}

/** Decodes a row of a declared table in place of what the driver gave: JSON, decimals, integers, bytes. */
export function decodeRow(table: Table, row: Record<string, unknown>): Row {
  const map = decodersOf(table);
  for (const column of Object.keys(row)) {
    const decode = map.get(column);
    const value = row[column];
    if (decode && value !== null) row[column] = decode(value);
  }
  return row;
}

function encodersOf(table: Table): { column: string; encode: Encode }[] {
  let found = encoders.get(table);
  if (!found) {
    found = Object.entries(table.columns).map(([column, type]) => ({
      column,
      encode: encoder(table, column, type),
    }));
    encoders.set(table, found);
  }
  return found;
}

function encoder(table: Table, column: string, type: ColumnType): Encode {
  switch (type.type) {
    case 'json':
      return (value) => (value === null || value === undefined ? null : JSON.stringify(value));
    case 'bool':
      return (value) => (value === null || value === undefined ? null : value ? 1 : 0);
    case 'text':
      return textEncoder(table, column, type.length);
    default:
      return (value) => (value === undefined ? null : (value as SqlValue));
  }
}

function textEncoder(table: Table, column: string, length: number): Encode {
  const isKey = table.key.includes(column) || column.endsWith('_key');
  return (value) => {
    if (value === null || value === undefined) return null;
    const plain = value as string;
    if (plain.length <= length) return plain;
    if (isKey) throw storeError('STORE_KEY_TOO_LONG', `${table.name}.${column} takes at most ${length} characters`);
    return cut(plain, length);
  };
}

/** The first `length` code units, never half of a surrogate pair. */
function cut(value: string, length: number): string {
  const last = value.charCodeAt(length - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function decodersOf(table: Table): Map<string, Decode> {
  let found = decoders.get(table);
  if (!found) {
    found = new Map();
    for (const [column, type] of Object.entries(table.columns)) {
      const decode = decoder(type);
      if (decode) found.set(column, decode);
    }
    decoders.set(table, found);
  }
  return found;
}

function decoder(type: ColumnType): Decode | undefined {
  switch (type.type) {
    case 'json':
      return (value) => JSON.parse(value as string) as unknown;
    case 'bool':
      return (value) => Number(value) === 1;
    case 'int':
    case 'bigint':
      return (value) => Number(value);
    case 'decimal':
      return (value) => canonicalDecimal(value as string);
    case 'bytes':
      return (value) => (Buffer.isBuffer(value) ? value : Buffer.from(value as Uint8Array));
    default:
      return undefined;
  }
}
