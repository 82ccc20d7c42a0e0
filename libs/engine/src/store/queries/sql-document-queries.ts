import type { DocumentQueries } from '@syncline/pipeline/publish';
import type { Instant } from '@syncline/model';
import type { DatedRate } from '@syncline/pipeline/rate';
import type { ReceivableItemRow, SalesOrderRow } from '@syncline/pipeline/reconcile';
import type { SqlDialect } from '../dialect/sql-dialect';
import { readExchangeRates } from '../rate/exchange-rates';

const OF_CUSTOMER = 't ON t.system = a.system AND t.account_key = a."key" WHERE a.customer_id = ?';
const ITEMS = `SELECT t.body AS body FROM account a JOIN receivable_item ${OF_CUSTOMER}`;
const ORDERS = `SELECT t.body AS body FROM account a JOIN sales_order ${OF_CUSTOMER}`;
/** The newest version of each item by then, of items that were an account's of the customer by that version. */
const KNOWN_ITEMS =
  'SELECT t.body AS body FROM account a JOIN receivable_item_version t ON t.system = a.system ' +
  'AND t.account_key = a."key" WHERE a.customer_id = ? AND t.body IS NOT NULL AND t.known_at = ' +
  '(SELECT MAX(v.known_at) FROM receivable_item_version v WHERE v.system = t.system AND v."key" = t."key" AND v.known_at <= ?)';
const TELL_DELIVERIES =
  "SELECT k.c0 AS system FROM {keys} WHERE EXISTS (SELECT 1 FROM record r WHERE r.system = k.c0 AND r.kind = 'delivery')";
const NEWEST_FIRST = 'ORDER BY t.ordered_on DESC, t.system DESC, t."key" DESC';

export class SqlDocumentQueries implements DocumentQueries {
  constructor(private readonly dialect: SqlDialect) {}

  items(customerId: string, openOnly: boolean): Promise<ReceivableItemRow[]> {
    return this.bodies(openOnly ? `${ITEMS} AND t.is_open = 1` : ITEMS, customerId);
  }

  async itemsKnownAt(customerId: string, knownAt: Instant): Promise<ReceivableItemRow[]> {
    const rows = await this.dialect.reader.query<{ body: string }>(KNOWN_ITEMS, [customerId, knownAt]);
    return rows.map(({ body }) => JSON.parse(body) as ReceivableItemRow);
  }

  async knownSince(): Promise<Instant | null> {
    const [row] = await this.dialect.reader.query<{ since: Instant | null }>(
      'SELECT MIN(known_at) AS since FROM receivable_item_version',
    );
    return row?.since ?? null;
  }

  orders(customerId: string, openOnly: boolean): Promise<SalesOrderRow[]> {
    return this.bodies(`${ORDERS} ${openOnly ? 'AND t.is_open = 1 ' : ''}${NEWEST_FIRST}`, customerId);
  }

  async tellDeliveries(systems: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = [...new Set(systems)].map((system) => [system]);
    const rows =
      keys.length > 0 ? await this.dialect.reader.queryByKeys<{ system: string }>(TELL_DELIVERIES, keys) : [];
    return new Set(rows.map(({ system }) => system));
  }

  exchangeRates(): Promise<DatedRate[]> {
    return readExchangeRates(this.dialect.reader);
  }

  private async bodies<T>(sql: string, customerId: string): Promise<T[]> {
    const rows = await this.dialect.reader.query<{ body: string }>(sql, [customerId]);
    return rows.map(({ body }) => JSON.parse(body) as T);
  }
}
