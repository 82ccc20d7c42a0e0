import type { DocumentQueries } from '@syncline/pipeline/publish';
import type { DatedRate } from '@syncline/pipeline/rate';
import type { ReceivableItemRow, SalesOrderRow } from '@syncline/pipeline/reconcile';
import type { SqlDialect } from '../dialect/sql-dialect';
import { readExchangeRates } from '../rate/exchange-rates';

const OF_CUSTOMER = 't ON t.system = a.system AND t.account_key = a."key" WHERE a.customer_id = ?';
const ITEMS = `SELECT t.body AS body FROM account a JOIN receivable_item ${OF_CUSTOMER}`;
const ORDERS = `SELECT t.body AS body FROM account a JOIN sales_order ${OF_CUSTOMER}`;
const NEWEST_FIRST = 'ORDER BY t.ordered_on DESC, t.system DESC, t."key" DESC';

export class SqlDocumentQueries implements DocumentQueries {
  constructor(private readonly dialect: SqlDialect) {}

  items(customerId: string, openOnly: boolean): Promise<ReceivableItemRow[]> {
    return this.bodies(openOnly ? `${ITEMS} AND t.is_open = 1` : ITEMS, customerId);
  }

  orders(customerId: string, openOnly: boolean): Promise<SalesOrderRow[]> {
    return this.bodies(`${ORDERS} ${openOnly ? 'AND t.is_open = 1 ' : ''}${NEWEST_FIRST}`, customerId);
  }

  exchangeRates(): Promise<DatedRate[]> {
    return readExchangeRates(this.dialect.reader);
  }

  private async bodies<T>(sql: string, customerId: string): Promise<T[]> {
    const rows = await this.dialect.reader.query<{ body: string }>(sql, [customerId]);
    return rows.map(({ body }) => JSON.parse(body) as T);
  }
}
