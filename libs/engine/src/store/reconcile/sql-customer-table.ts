import type { CustomerRow, CustomerTable } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { CUSTOMER } from '../schema/tables';

/** Customers: the published summary as JSON, with the columns that lists filter and sort by. */
export class SqlCustomerTable implements CustomerTable {
  constructor(private readonly tx: SqlTransaction) {}

  load(ids: string[]): Promise<CustomerRow[]> {
    return this.tx.bodies(
      CUSTOMER,
      CUSTOMER.key,
      ids.map((id) => [id]),
    );
  }

  async save(rows: CustomerRow[]): Promise<void> {
    if (rows.length > 0) await this.tx.upsert(CUSTOMER, rows.map(customerRow));
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
