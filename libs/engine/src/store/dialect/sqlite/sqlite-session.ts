import type { LocalValue } from '@syncline/pipeline/shared';
import type { Row, Table } from '../../schema/table';
import { valueColumns } from '../../schema/table';
import { eachChunk, inChunks } from '../key-chunks';
import { insertColumns } from '../insert-columns';
import { decodeRow, rowEncoder } from '../row-codec';
import type { KeyOptions, SelectOptions, SqlTransaction, SqlValue, UpsertOptions } from '../sql-dialect';
import type { SqliteConnection } from './sqlite-connection';
import { deleteSql, insertSql, keysSource, selectByKeysSql, updateSql, upsertSql } from './sqlite-statements';

type Keys = readonly (readonly SqlValue[])[];

/** SQL on one SQLite connection. Reads take one JSON parameter; writes run a prepared statement per row (ADR 0003). */
export class SqliteSession implements SqlTransaction {
  constructor(private readonly connection: SqliteConnection) {}

  query<R = Row>(sql: string, params: readonly SqlValue[] = []): Promise<R[]> {
    return settled(() => this.connection.all<R>(sql, params.map(localValue)));
  }

  queryByKeys<R = Row>(sql: string, keys: Keys, options: KeyOptions = {}): Promise<R[]> {
    const params = (options.params ?? []).map(localValue);
    return inChunks(keys, (some) =>
      settled(() => {
        const text = sql.replace('{keys}', keysSource(some[0]?.length ?? 1));
        return this.connection.all<R>(text, [JSON.stringify(some), ...params]);
      }),
    );
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

  execute(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return settled(() => this.connection.run(sql, params.map(localValue)).changes);
  }

  executeByKeys(sql: string, keys: Keys, options: KeyOptions = {}): Promise<void> {
    const params = (options.params ?? []).map(localValue);
    return eachChunk(keys, (some) =>
      settled(() => {
        const text = sql.replace('{keys}', keysSource(some[0]?.length ?? 1));
        this.connection.run(text, [JSON.stringify(some), ...params]);
      }),
    );
  }

  upsert(table: Table, rows: readonly Row[], options: UpsertOptions = {}): Promise<void> {
    const columns = Object.keys(table.columns);
    return this.write(upsertSql(table, columns, options.newerBy), table, columns, rows);
  }

  insert(table: Table, rows: readonly Row[]): Promise<void> {
    const columns = insertColumns(table, rows);
    return this.write(insertSql(table, columns), table, columns, rows);
  }

  update(table: Table, rows: readonly Row[], columns: readonly string[] = valueColumns(table)): Promise<void> {
    return this.write(updateSql(table, columns), table, [...columns, ...table.key], rows);
  }

  deleteByKeys(table: Table, by: readonly string[], keys: Keys): Promise<void> {
    return settled(() => this.connection.runEach(deleteSql(table, by), keys as Iterable<LocalValue[]>));
  }

  private read<R>(
    table: Table,
    by: readonly string[],
    keys: Keys,
    columns: readonly string[],
    where?: string,
  ): Promise<R[]> {
    return inChunks(keys, (some) =>
      settled(() => this.connection.all<R>(selectByKeysSql(table, by, columns, where), [JSON.stringify(some)])),
    );
  }

  private write(sql: string, table: Table, columns: readonly string[], rows: readonly Row[]): Promise<void> {
    return settled(() => {
      const encode = rowEncoder(table, columns);
      this.connection.runEach(sql, encoded(rows, encode) as Iterable<LocalValue[]>);
    });
  }
}

function* encoded(rows: readonly Row[], encode: (row: Row) => SqlValue[]): Generator<SqlValue[]> {
  for (const row of rows) yield encode(row);
}

function localValue(value: SqlValue): LocalValue {
  return typeof value === 'boolean' ? (value ? 1 : 0) : value;
}

/** Synchronous work as a promise: what it throws rejects. */
function settled<T>(work: () => T): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error as Error);
  }
}
