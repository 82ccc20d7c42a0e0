import type { Instant } from '@syncline/model';
import type { AccountRef, DocumentTable, ReceivableItemRow, SalesOrderRow } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { RECEIVABLE_ITEM, RECEIVABLE_ITEM_VERSION, SALES_ORDER } from '../schema/tables';

const BY_ACCOUNT = ['system', 'account_key'];
const OPEN = 't.is_open = 1';

/** Receivable items and sales orders, joined from their records. */
export class SqlDocumentTable implements DocumentTable {
  constructor(private readonly tx: SqlTransaction) {}

  loadItems(ids: AccountRef[]): Promise<ReceivableItemRow[]> {
    return this.tx.bodies(RECEIVABLE_ITEM, RECEIVABLE_ITEM.key, ids.map(refKey));
  }

  async saveItems(rows: ReceivableItemRow[], remove: AccountRef[]): Promise<void> {
    if (remove.length > 0) await this.tx.deleteByKeys(RECEIVABLE_ITEM, RECEIVABLE_ITEM.key, remove.map(refKey));
    if (rows.length > 0) await this.tx.upsert(RECEIVABLE_ITEM, rows.map(itemRow));
  }

  async keepItemVersions(saved: ReceivableItemRow[], removed: ReceivableItemRow[], knownAt: Instant): Promise<void> {
    const version = ({ system, key, accountKey }: ReceivableItemRow, body: ReceivableItemRow | null): Row => ({
      system,
      key,
      known_at: knownAt,
      account_key: accountKey,
      body,
    });
    const rows = [...saved.map((item) => version(item, item)), ...removed.map((item) => version(item, null))];
    if (rows.length > 0) await this.tx.upsert(RECEIVABLE_ITEM_VERSION, rows);
  }

  loadOrders(ids: AccountRef[]): Promise<SalesOrderRow[]> {
    return this.tx.bodies(SALES_ORDER, SALES_ORDER.key, ids.map(refKey));
  }

  async saveOrders(rows: SalesOrderRow[], remove: AccountRef[]): Promise<void> {
    if (remove.length > 0) await this.tx.deleteByKeys(SALES_ORDER, SALES_ORDER.key, remove.map(refKey));
    if (rows.length > 0) await this.tx.upsert(SALES_ORDER, rows.map(orderRow));
  }

  openItems(accounts: AccountRef[]): Promise<ReceivableItemRow[]> {
    return this.tx.bodies(RECEIVABLE_ITEM, BY_ACCOUNT, accounts.map(refKey), OPEN);
  }

  openOrders(accounts: AccountRef[]): Promise<SalesOrderRow[]> {
    return this.tx.bodies(SALES_ORDER, BY_ACCOUNT, accounts.map(refKey), OPEN);
  }
}

export function refKey({ system, key }: AccountRef): string[] {
  return [system, key];
}

function itemRow(row: ReceivableItemRow): Row {
  return {
    system: row.system,
    key: row.key,
    account_key: row.accountKey,
    type: row.type,
    number: row.number,
    currency: row.currency,
    amount: row.amount,
    open_amount: row.openAmount,
    posted_on: row.postedOn,
    due_on: row.dueOn,
    settled_on: row.settledOn,
    is_open: row.openAmount !== '0',
    body: row,
  };
}

function orderRow(row: SalesOrderRow): Row {
  return {
    system: row.system,
    key: row.key,
    account_key: row.accountKey,
    number: row.number,
    state: row.state,
    currency: row.currency,
    ordered_amount: row.orderedAmount,
    open_amount: row.openAmount,
    ordered_on: row.orderedOn,
    is_open: row.openAmount !== '0',
    body: row,
  };
}
