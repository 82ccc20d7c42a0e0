import type { BalanceFilter, ReconciliationQueries } from '@syncline/pipeline/publish';
import type { AccountRef, ReceivableItemRow } from '@syncline/pipeline/reconcile';
import type { BalanceHolder, BalanceRow } from '@syncline/receivables';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { OF_ACCOUNT, readBalances } from '../rate/reported-balances';
import { RECEIVABLE_ITEM } from '../schema/tables';

const HOLDERS =
  'SELECT DISTINCT a.customer_id AS customer_id, a.system AS system FROM account a WHERE EXISTS ' +
  `(SELECT 1 FROM record_ref r CROSS JOIN record t WHERE ${OF_ACCOUNT})`;

const COUNT =
  'SELECT k.c0 AS system, COUNT(t."key") AS n FROM {keys} LEFT JOIN record t ON t.system = k.c0 ' +
  "AND t.kind = 'balance' AND t.deleted = 0 GROUP BY k.c0";

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
    const wanted = new Set(holders.map(({ customerId, system }) => `${customerId}\n${system}`));
    const rows = await readBalances(
      this.dialect.reader,
      holders.map(({ customerId }) => customerId),
    );
    return rows.filter(({ customerId, system }) => wanted.has(`${customerId}\n${system}`));
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
