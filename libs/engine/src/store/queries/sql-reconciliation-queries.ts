import { canonicalDecimal } from '@syncline/model';
import type { BalanceFilter, BalanceHolder, BalanceRow, ReconciliationQueries } from '@syncline/pipeline/publish';
import type { AccountRef, ReceivableItemRow, StoredRecord } from '@syncline/pipeline/reconcile';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { RECEIVABLE_ITEM } from '../schema/tables';

/** The balances `t` that refer to an account `a`. */
const OF_ACCOUNT =
  "r.system = a.system AND r.target_kind = 'account' AND r.target_key = a.\"key\" AND r.kind = 'balance' " +
  'AND t.system = r.system AND t.kind = r.kind AND t."key" = r."key" AND t.deleted = 0';

// From the accounts to what refers to them: SQLite, which has no statistics here, would scan all references first.
// It takes cross joins in the order in which they stand; to the others they are joins like any.
const BALANCES =
  'SELECT a.customer_id AS customer_id, a.system AS system, a."key" AS account_key, t.body AS body FROM {keys} ' +
  'CROSS JOIN account a CROSS JOIN record_ref r CROSS JOIN record t ' +
  `WHERE a.customer_id = k.c0 AND a.system = k.c1 AND ${OF_ACCOUNT}`;

const HOLDERS =
  'SELECT DISTINCT a.customer_id AS customer_id, a.system AS system FROM account a WHERE EXISTS ' +
  `(SELECT 1 FROM record_ref r CROSS JOIN record t WHERE ${OF_ACCOUNT})`;

const COUNT =
  'SELECT k.c0 AS system, COUNT(t."key") AS n FROM {keys} LEFT JOIN record t ON t.system = k.c0 ' +
  "AND t.kind = 'balance' AND t.deleted = 0 GROUP BY k.c0";

interface BalanceBody {
  customer_id: string;
  system: string;
  account_key: string;
  body: string;
}

export class SqlReconciliationQueries implements ReconciliationQueries {
  constructor(private readonly dialect: SqlDialect) {}

  async holders(filter: BalanceFilter, from: BalanceHolder | null, limit: number): Promise<BalanceHolder[]> {
    const { sql, params } = conditions(filter, from);
    const rows = await this.dialect.reader.query<{ customer_id: string; system: string }>(
      `${HOLDERS}${sql} ORDER BY a.customer_id, a.system ${this.dialect.page(limit)}`,
      params,
    );
    return rows.map(({ customer_id, system }) => ({ customerId: customer_id, system }));
  }

  async balances(holders: readonly BalanceHolder[]): Promise<BalanceRow[]> {
    const keys = holders.map(({ customerId, system }) => [customerId, system]);
    const rows = await this.dialect.reader.queryByKeys<BalanceBody>(BALANCES, keys);
    return rows.flatMap(balanceRow);
  }

  items(accounts: readonly AccountRef[]): Promise<ReceivableItemRow[]> {
    const distinct = new Map(accounts.map(({ system, key }) => [`${system}\n${key}`, [system, key]]));
    return this.dialect.reader.bodies(RECEIVABLE_ITEM, ['system', 'account_key'], [...distinct.values()]);
  }

  async counts(systems: readonly string[]): Promise<{ system: string; balances: number }[]> {
    const keys = systems.map((system) => [system]);
    const rows = await this.dialect.reader.queryByKeys<{ system: string; n: number | string }>(COUNT, keys);
    const counted = new Map(rows.map(({ system, n }) => [system, Number(n)]));
    return systems.map((system) => ({ system, balances: counted.get(system) ?? 0 }));
  }
}

/** A balance without amount or day is left out: its record stands in the store and can be looked at. */
function balanceRow({ customer_id, system, account_key, body }: BalanceBody): BalanceRow[] {
  const { amount, currency, as_of: asOf } = (JSON.parse(body) as StoredRecord).fields;
  if (typeof amount !== 'string' || typeof asOf !== 'string') return [];
  return [
    {
      customerId: customer_id,
      system,
      accountKey: account_key,
      currency: typeof currency === 'string' ? currency : null,
      asOf,
      amount: canonicalDecimal(amount),
    },
  ];
}

function conditions({ system, customerId }: BalanceFilter, from: BalanceHolder | null) {
  const all: [string, SqlValue[]][] = [];
  if (system !== undefined) all.push(['a.system = ?', [system]]);
  if (customerId !== undefined) all.push(['a.customer_id = ?', [customerId]]);
  if (from) {
    all.push([
      '(a.customer_id > ? OR (a.customer_id = ? AND a.system >= ?))',
      [from.customerId, from.customerId, from.system],
    ]);
  }
  return { sql: all.map(([condition]) => ` AND ${condition}`).join(''), params: all.flatMap(([, params]) => params) };
}
