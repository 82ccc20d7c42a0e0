import type { CustomerRow, CustomerTable } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { CUSTOMER, CUSTOMER_DUE } from '../schema/tables';
import type { RowCache } from './row-cache';

/** Customers: the published summary as JSON, with the columns that lists filter and sort by. */
export class SqlCustomerTable implements CustomerTable {
  /** @param cache absent = everything is read from the database */
  constructor(
    private readonly tx: SqlTransaction,
    private readonly page: (limit: number) => string,
    private readonly cache?: RowCache<CustomerRow>,
  ) {}

  load(ids: string[]): Promise<CustomerRow[]> {
    const read = (some: string[]) =>
      this.tx.bodies<CustomerRow>(
        CUSTOMER,
        CUSTOMER.key,
        some.map((id) => [id]),
      );
    const itself = (id: string) => id;
    return this.cache ? this.cache.through(ids, itself, ({ id }) => id, read) : read(ids);
  }

  async save(rows: CustomerRow[]): Promise<void> {
    if (rows.length > 0) await this.tx.upsert(CUSTOMER, rows.map(customerRow));
    for (const row of rows) this.cache?.write(row.id, row);
  }

  async putOff(ids: string[]): Promise<void> {
    if (ids.length > 0)
      await this.tx.upsert(
        CUSTOMER_DUE,
        ids.map((id) => ({ id })),
      );
  }

  async putOffFirst(limit: number): Promise<string[]> {
    const rows = await this.tx.query<{ id: string }>(`SELECT id FROM customer_due ORDER BY id ${this.page(limit)}`);
    return rows.map(({ id }) => id);
  }

  async caughtUp(ids: string[]): Promise<void> {
    if (ids.length > 0)
      await this.tx.deleteByKeys(
        CUSTOMER_DUE,
        CUSTOMER_DUE.key,
        ids.map((id) => [id]),
      );
  }
}

function customerRow(customer: CustomerRow): Row {
  const { accounts, isCustomer, receivables, openOrders } = customer.summary;
  const totals = receivables[0];
  const currency = totals?.currency ?? openOrders[0]?.currency ?? null;
  return {
    id: customer.id,
    version: customer.version,
    status: customer.status,
    merged_into: customer.mergedInto,
    name: customer.name,
    is_customer: isCustomer,
    account_count: accounts.length,
    currency,
    open_total: totals?.open ?? '0',
    unapplied_total: totals?.unapplied ?? '0',
    open_order_total: openOrders.find((order) => order.currency === currency)?.amount ?? '0',
    search_text: searchText(customer),
    hash: customer.hash,
    body: customer,
  };
}

function searchText({ name, summary }: CustomerRow): string {
  const words = [name, ...summary.accounts.flatMap((account) => [account.name, account.code])];
  return [...new Set(words.filter((word) => word !== null).map((word) => word.toLowerCase()))].join('\n');
}
