import { valueColumns, type Row, type Table } from '../../schema/table';
import { eachChunk, inChunks } from '../key-chunks';
import { decodeRow, rowEncoder } from '../row-codec';
import { insertColumns } from '../insert-columns';
import type { KeyOptions, SelectOptions, SqlTransaction, SqlValue, UpsertOptions } from '../sql-dialect';
import { serverError } from './server-errors';
import type { ServerSyntax } from './server-syntax';

type Keys = readonly (readonly SqlValue[])[];

/** Sends one statement on a connection. */
export type SendStatement = (sql: string, params: readonly unknown[]) => Promise<{ rows: unknown[]; affected: number }>;

/** SQL on a database server: each call is one statement and one round trip, whatever the number of rows. */
export class ServerSession implements SqlTransaction {
  constructor(
    private readonly syntax: ServerSyntax,
    private readonly send: SendStatement,
  ) {}

  async query<R = Row>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    return (await this.sent(numbered(this.syntax, sql), params)).rows as R[];
  }

  queryByKeys<R = Row>(sql: string, keys: Keys, options: KeyOptions = {}): Promise<R[]> {
    return inChunks(keys, async (some) => {
      const text = this.withKeys(sql, some, options);
      return (await this.sent(text, [jsonOf(some), ...(options.params ?? [])])).rows as R[];
    });
  }

  async selectByKeys<R = Row>(
    table: Table,
    by: readonly string[],
    keys: Keys,
    options: SelectOptions = {},
  ): Promise<R[]> {
    const columns = options.columns ?? Object.keys(table.columns);
    const rows = await this.read<Record<string, unknown>>(table, by, keys, columns, options.where);
    return rows.map((row) => decodeRow(table, row) as R);
  }

  async bodies<T>(table: Table, by: readonly string[], keys: Keys, where?: string): Promise<T[]> {
    const rows = await this.read<{ body: string }>(table, by, keys, ['body'], where);
    return rows.map((row) => JSON.parse(row.body) as T);
  }

  async execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return (await this.sent(numbered(this.syntax, sql), params)).affected;
  }

  executeByKeys(sql: string, keys: Keys, options: KeyOptions = {}): Promise<void> {
    return eachChunk(keys, async (some) => {
      await this.sent(this.withKeys(sql, some, options), [jsonOf(some), ...(options.params ?? [])]);
    });
  }

  upsert(table: Table, rows: readonly Row[], options: UpsertOptions = {}): Promise<void> {
    const columns = Object.keys(table.columns);
    return this.write(this.syntax.upsert(table, columns, options.newerBy), table, columns, rows);
  }

  insert(table: Table, rows: readonly Row[]): Promise<void> {
    const columns = insertColumns(table, rows);
    return this.write(this.syntax.insert(table, columns), table, columns, rows);
  }

  update(table: Table, rows: readonly Row[], columns: readonly string[] = valueColumns(table)): Promise<void> {
    return this.write(this.syntax.update(table, columns), table, [...columns, ...table.key], rows);
  }

  deleteByKeys(table: Table, by: readonly string[], keys: Keys): Promise<void> {
    return eachChunk(keys, async (some) => {
      await this.sent(this.syntax.delete(table, by), [jsonOf(some)]);
    });
  }

  private read<R>(
    table: Table,
    by: readonly string[],
    keys: Keys,
    columns: readonly string[],
    where?: string,
  ): Promise<R[]> {
    const sql = this.syntax.select(table, by, columns, where);
    return inChunks(keys, async (some) => (await this.sent(sql, [jsonOf(some)])).rows as R[]);
  }

  private write(sql: string, table: Table, columns: readonly string[], rows: readonly Row[]): Promise<void> {
    const encode = rowEncoder(table, columns);
    return eachChunk(rows, async (some) => {
      await this.sent(sql, [jsonOf(some.map(encode))]);
    });
  }

  private withKeys(sql: string, keys: Keys, { types }: KeyOptions): string {
    const width = keys[0]?.length ?? 1;
    const source = this.syntax.keysSource(types ?? Array.from({ length: width }, () => 'text' as const));
    return numbered(this.syntax, sql, 1).replace('{keys}', () => source);
  }

  private async sent(sql: string, params: readonly unknown[]): Promise<{ rows: unknown[]; affected: number }> {
    try {
      return await this.send(sql, params);
    } catch (error) {
      throw serverError(error, sql.slice(0, 60).replace(/\s+/g, ' '));
    }
  }
}

const texts = new Map<string, string>();

/** The text with the server's parameter marks in place of `?`. */
function numbered(syntax: ServerSyntax, sql: string, first = 0): string {
  const name = `${syntax.kind}${first}${sql}`;
  let text = texts.get(name);
  if (text === undefined) {
    let next = first;
    text = sql.replace(/\?/g, () => syntax.parameter(next++));
    if (texts.size >= 1_000) texts.clear();
    texts.set(name, text);
  }
  return text;
}

/** Rows as JSON; bytes as hexadecimal text. */
function jsonOf(rows: Keys): string {
  const json = JSON.stringify(rows.map((row) => (row.some(Buffer.isBuffer) ? row.map(hexadecimal) : row)));
  // Neither server takes U+0000 or half a surrogate pair in text; only such characters are written as \u escapes.
  return /\\u(0000|d[89a-f])/.test(json) ? JSON.stringify(rows.map((row) => row.map(hexadecimal).map(storable))) : json;
}

function hexadecimal(value: SqlValue): SqlValue {
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replace(/\0/g, '').replace(/\p{Surrogate}/gu, '\ufffd') : value;
}
