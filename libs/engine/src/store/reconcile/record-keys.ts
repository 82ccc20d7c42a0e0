import type { SqlTransaction, SqlValue } from '../dialect/sql-dialect';
import { KnownKeys } from './known-keys';

/** Keys of one statement, which come as one value. */
const PAGE = 20_000;

const COUNT = 'SELECT COALESCE(MAX(rowid), 0) AS n FROM record';

/** Pages of the primary keys, in their order; the row is not read. */
const RECORDS = pageOf('record', ['system', 'kind', '"key"']);
const REFERRERS = pageOf('record_ref', ['system', 'target_kind', 'target_key', 'kind']);

/**
 * Which records and references may be in the store. Most of what a load brings is new, and most of what is asked for
 * has not come yet: these are answered without asking SQLite. Whoever writes records on this store tells it.
 */
export class RecordKeys {
  readonly records = new KnownKeys();
  /** By system, target's kind and key, and the referring kind. */
  readonly referrers = new KnownKeys();

  /** Null for a store with more records than can be told apart; a million keys take about a second. */
  static async read(tx: SqlTransaction, page = PAGE): Promise<RecordKeys | null> {
    const [row] = await tx.query<{ n: number }>(COUNT);
    if (Number(row?.n) > KnownKeys.CAPACITY) return null;
    const keys = new RecordKeys();
    await addAll(tx, { sql: RECORDS, width: 3, page }, keys.records);
    await addAll(tx, { sql: REFERRERS, width: 4, page }, keys.referrers);
    return keys;
  }
}

interface KeyPages {
  sql: string;
  width: number;
  page: number;
}

async function addAll(tx: SqlTransaction, { sql, width, page }: KeyPages, known: KnownKeys): Promise<void> {
  let last: SqlValue[] = Array.from({ length: width }, () => '');
  for (;;) {
    const [row] = await tx.query<{ keys: string }>(sql, [...last, page]);
    const keys = JSON.parse(row?.keys ?? '[]') as string[][];
    for (const key of keys) known.add(key);
    const end = keys.at(-1);
    if (!end || keys.length < page) return;
    last = end;
  }
}

function pageOf(table: string, columns: string[]): string {
  const list = columns.join(', ');
  const after = columns.map(() => '?').join(', ');
  return (
    `SELECT json_group_array(json_array(${list})) AS keys FROM (SELECT DISTINCT ${list} FROM ${table} ` +
    `WHERE (${list}) > (${after}) ORDER BY ${list} LIMIT ?)`
  );
}
