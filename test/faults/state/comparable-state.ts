import type { StateReader, StoredRow } from './state-reader';

/** `table key` → the row's content in canonical JSON. */
export type ComparableState = Map<string, string>;

interface Compared {
  table: string;
  sql: string;
  key: string[];
  /** Members that tell how and when a row came about, not what it says. */
  without?: string[];
  /** Members of the body that count; absent = all. */
  only?: string[];
}

const TABLES: Compared[] = [
  {
    table: 'record',
    sql: 'SELECT system, kind, key, body FROM record',
    key: ['system', 'kind', 'key'],
    without: ['origin'],
  },
  {
    table: 'record_ref',
    sql: 'SELECT * FROM record_ref',
    key: ['system', 'target_kind', 'target_key', 'kind', 'key', 'name'],
  },
  { table: 'receivable_item', sql: 'SELECT system, key, body FROM receivable_item', key: ['system', 'key'] },
  { table: 'sales_order', sql: 'SELECT system, key, body FROM sales_order', key: ['system', 'key'] },
  { table: 'account', sql: 'SELECT system, key, customer_id, body FROM account', key: ['system', 'key'] },
  {
    table: 'account_identity_key',
    sql: 'SELECT * FROM account_identity_key',
    key: ['identity_key', 'system', 'key'],
  },
  {
    // Which customers there were for a moment depends on how messages fall into batches.
    table: 'customer',
    sql: `SELECT id, body FROM customer WHERE status = 'active'`,
    key: ['id'],
    without: ['version', 'hash'],
  },
  {
    // What a rating was worked out from is kept as it was when the decision last changed: the decision itself counts.
    // Who is no customer any more keeps the rating that it had, if it had one.
    table: 'rating',
    sql: `SELECT r.customer_id, r.body FROM rating r JOIN customer c ON c.id = r.customer_id
          WHERE r.is_current = 1 AND c.status = 'active' AND c.is_customer = 1`,
    only: ['customerId', 'grade', 'termDays', 'limit', 'currency', 'hold', 'policy', 'policyVersion', 'asOf'],
    key: ['customer_id'],
  },
  {
    table: 'delivery',
    sql: 'SELECT target, account_key, customer_id, account_code, state, observed FROM delivery',
    key: ['target', 'account_key'],
  },
];

/** Everything that does not depend on when and how often something was handled. */
export async function comparableState(state: StateReader): Promise<ComparableState> {
  const comparable: ComparableState = new Map();
  for (const { table, sql, key, without = [], only } of TABLES) {
    for (const row of await state.rows(sql)) {
      const name = `${table} ${key.map((column) => String(row[column])).join('/')}`;
      comparable.set(name, JSON.stringify(canonical(picked(parsed(row), only), new Set(without))));
    }
  }
  return comparable;
}

/** What two states differ in, one line each. */
export function differences(expected: ComparableState, found: ComparableState): string[] {
  const names = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return names
    .filter((name) => expected.get(name) !== found.get(name))
    .map((name) => `state: ${name}: ${firstDifference(expected.get(name), found.get(name))}`);
}

function parsed(row: StoredRow): StoredRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const isJson = (column === 'body' || column === 'observed') && typeof value === 'string';
      return [column, isJson ? (JSON.parse(value) as unknown) : value];
    }),
  );
}

function picked(row: StoredRow, only: string[] | undefined): StoredRow {
  if (!only) return row;
  const members = Object.entries(row['body'] as object).filter(([name]) => only.includes(name));
  return { ...row, body: Object.fromEntries(members) };
}

function canonical(value: unknown, without: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item, without));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !without.has(name));
  return Object.fromEntries(
    members.sort(([x], [y]) => (x < y ? -1 : 1)).map(([name, member]) => [name, canonical(member, without)]),
  );
}

const SHOWN = 160;

function firstDifference(expected: string | undefined, found: string | undefined): string {
  if (expected === undefined) return 'is there and should not be';
  if (found === undefined) return 'is missing';
  let at = 0;
  while (expected[at] === found[at]) at += 1;
  const from = Math.max(0, at - 40);
  return `expected …${expected.slice(from, from + SHOWN)}, found …${found.slice(from, from + SHOWN)}`;
}
