import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import * as store from '@syncline/engine/store';
import type { SqlTransaction, SqlValue, Row, Table } from '@syncline/engine/store';
import { pack, unpack } from 'msgpackr';

/** One call of a transaction that writes; tables by the name of their declaration. */
export type RecordedWrite =
  | ['upsert' | 'insert', string, Row[]]
  | ['update', string, Row[], string[]]
  | ['deleteByKeys', string, string[], SqlValue[][]]
  | ['execute', string, SqlValue[]]
  | ['executeByKeys', string, SqlValue[][]];

/** Writes of transactions, one after the other, in a file: as large as the input, so never whole in memory. */
export class WriteSpool {
  private readonly file: number;

  constructor(path: string, mode: 'r' | 'w') {
    this.file = openSync(path, mode);
  }

  add(writes: readonly Buffer[]): void {
    this.frame(pack(writes));
  }

  *transactions(): Generator<RecordedWrite[]> {
    const header = Buffer.alloc(4);
    while (readSync(this.file, header) === 4) {
      const frame = Buffer.alloc(header.readUInt32LE());
      readSync(this.file, frame);
      yield (unpack(frame) as Buffer[]).map((write) => unpack(write) as RecordedWrite);
    }
  }

  close(): void {
    closeSync(this.file);
  }

  private frame(bytes: Buffer): void {
    const header = Buffer.alloc(4);
    header.writeUInt32LE(bytes.length);
    writeSync(this.file, header);
    writeSync(this.file, bytes);
  }
}

const TABLES = new Map<string, Table>(
  Object.entries(store).flatMap(([name, value]): [string, Table][] =>
    typeof value === 'object' && 'columns' in value && 'key' in value ? [[name, value as Table]] : [],
  ),
);
const NAMES = new Map([...TABLES].map(([name, table]) => [table, name]));

function nameOf(table: Table): string {
  const name = NAMES.get(table);
  if (name === undefined) throw new Error(`the table ${table.name} is not declared with the others`);
  return name;
}

/** The transaction, with what it writes packed into `writes` at the moment of the call. */
export function recording(tx: SqlTransaction, writes: Buffer[]): SqlTransaction {
  const note = (write: RecordedWrite): void => void writes.push(Buffer.from(pack(write)));
  const recorder: Partial<SqlTransaction> = {
    upsert: (table, rows, options) => {
      if (options?.newerBy) throw new Error('guarded upserts are not replayed');
      note(['upsert', nameOf(table), [...rows]]);
      return tx.upsert(table, rows);
    },
    insert: (table, rows) => {
      note(['insert', nameOf(table), [...rows]]);
      return tx.insert(table, rows);
    },
    update: (table, rows, columns) => {
      const named = [...(columns ?? store.valueColumns(table))];
      note(['update', nameOf(table), [...rows], named]);
      return tx.update(table, rows, named);
    },
    deleteByKeys: (table, by, keys) => {
      note(['deleteByKeys', nameOf(table), [...by], keys.map((key) => [...key])]);
      return tx.deleteByKeys(table, by, keys);
    },
    execute: (sql, params = []) => {
      note(['execute', sql, [...params]]);
      return tx.execute(sql, params);
    },
    executeByKeys: (sql, keys, options) => {
      if (options) throw new Error('options of keyed writes are not replayed');
      note(['executeByKeys', sql, keys.map((key) => [...key])]);
      return tx.executeByKeys(sql, keys);
    },
  };
  return Object.assign(Object.create(tx) as SqlTransaction, recorder);
}

/** Does a recorded write again. */
export async function replay(tx: SqlTransaction, write: RecordedWrite): Promise<void> {
  switch (write[0]) {
    case 'upsert':
    case 'insert':
      return tx[write[0]](TABLES.get(write[1])!, write[2]);
    case 'update':
      return tx.update(TABLES.get(write[1])!, write[2], write[3]);
    case 'deleteByKeys':
      return tx.deleteByKeys(TABLES.get(write[1])!, write[2], write[3]);
    case 'execute':
      return void (await tx.execute(write[1], write[2]));
    case 'executeByKeys':
      return tx.executeByKeys(write[1], write[2]);
  }
}
