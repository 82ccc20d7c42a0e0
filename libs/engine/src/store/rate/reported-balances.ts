import { canonicalDecimal, type LocalDate } from '@syncline/model';
import type { AccountRef, ReceivableItemRow, StoredRecord } from '@syncline/pipeline/reconcile';
import type { BalanceRow } from '@syncline/receivables';
import type { SqlReader } from '../dialect/sql-dialect';

/** The balances `t` that refer to an account `a`. */
export const OF_ACCOUNT =
  "r.system = a.system AND r.target_kind = 'account' AND r.target_key = a.\"key\" AND r.kind = 'balance' " +
  'AND t.system = r.system AND t.kind = r.kind AND t."key" = r."key" AND t.deleted = 0';

// From the accounts to what refers to them: SQLite, which has no statistics here, would scan all references first.
// It takes cross joins in the order in which they stand; to the others they are joins like any.
const BALANCES =
  'SELECT a.customer_id AS customer_id, a.system AS system, a."key" AS account_key, t.body AS body FROM {keys} ' +
  `CROSS JOIN account a CROSS JOIN record_ref r CROSS JOIN record t WHERE a.customer_id = k.c0 AND ${OF_ACCOUNT}`;

const OPEN_SINCE =
  'SELECT t.body AS body FROM {keys} JOIN receivable_item t ON t.system = k.c0 AND t.account_key = k.c1 ' +
  'WHERE t.is_open = 1 OR t.settled_on IS NULL OR t.settled_on >= ?';

interface BalanceBody {
  customer_id: string;
  system: string;
  account_key: string;
  body: string;
}

/** All balances that systems report of these customers. */
export async function readBalances(reader: SqlReader, customerIds: readonly string[]): Promise<BalanceRow[]> {
  const keys = [...new Set(customerIds)].map((id) => [id]);
  return (await reader.queryByKeys<BalanceBody>(BALANCES, keys)).flatMap(balanceRow);
}

/** Items of these accounts that were open on the day or later; settled ones without a day of settlement, too. */
export async function readItemsOpenSince(
  reader: SqlReader,
  accounts: readonly AccountRef[],
  day: LocalDate,
): Promise<ReceivableItemRow[]> {
  const distinct = new Map(accounts.map(({ system, key }) => [`${system}\n${key}`, [system, key]]));
  const rows = await reader.queryByKeys<{ body: string }>(OPEN_SINCE, [...distinct.values()], { params: [day] });
  return rows.map(({ body }) => JSON.parse(body) as ReceivableItemRow);
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
