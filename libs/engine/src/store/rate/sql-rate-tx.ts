import type { CreditRating, LocalDate } from '@syncline/model';
import type {
  CreditFacts,
  CreditState,
  DatedRate,
  GroupReads,
  RateTx,
  ReconciliationReads,
  StandingRow,
} from '@syncline/pipeline/rate';
import type { AccountRow, CustomerRow, ReceivableItemRow, SalesOrderRow } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import { SqlOutboxWriter } from '../outbox/sql-outbox';
import { ACCOUNT, CUSTOMER, CUSTOMER_EVALUATION, CUSTOMER_INSIGHT, RATING } from '../schema/tables';
import { groupReads } from './credit-groups';
import { readExchangeRates } from './exchange-rates';
import { readCreditStates, saveStandings } from './credit-states';
import { ratingRow } from './rating-row';
import { readBalances, readItemsOpenSince } from './reported-balances';
import { readRecords, readReferrers } from './stored-records';

const ACCOUNTS = '{keys} JOIN account a ON a.customer_id = k.c0';
const ITEMS =
  `SELECT a.customer_id AS customer_id, t.body AS body FROM ${ACCOUNTS} ` +
  'JOIN receivable_item t ON t.system = a.system AND t.account_key = a."key" ' +
  'WHERE t.is_open = 1 OR t.posted_on >= ? OR t.settled_on >= ?';
const ORDERS =
  `SELECT a.customer_id AS customer_id, t.body AS body FROM ${ACCOUNTS} ` +
  'JOIN sales_order t ON t.system = a.system AND t.account_key = a."key" WHERE t.is_open = 1';
const FIRST_INVOICE =
  `SELECT a.customer_id AS customer_id, MIN(t.posted_on) AS first_on FROM ${ACCOUNTS} ` +
  'JOIN receivable_item t ON t.system = a.system AND t.account_key = a."key" WHERE t.type = \'invoice\' ' +
  'GROUP BY a.customer_id';
const RETIRE_RATING =
  'UPDATE rating SET is_current = 0 WHERE is_current = 1 AND customer_id IN (SELECT k.c0 FROM {keys})';

/** Most customers of a batch were evaluated for the day before, by an earlier event. */
const NOT_EVALUATED =
  'SELECT t.id AS id FROM {keys} JOIN customer t ON t.id = k.c0 WHERE t.evaluated_on IS NULL OR t.evaluated_on <> ?';

/** What one rate transaction reads and writes. Statements are per batch, whatever the number of customers. */
export class SqlRateTx implements RateTx {
  static readonly STAGE = 'rate';
  readonly outbox: SqlOutboxWriter;
  readonly reconciliation: ReconciliationReads;
  readonly groups: GroupReads;

  constructor(private readonly tx: SqlTransaction) {
    this.reconciliation = {
      balances: (customerIds) => readBalances(tx, customerIds),
      openSince: (accounts, day) => readItemsOpenSince(tx, accounts, day),
      find: (ids) => readRecords(tx, ids),
      referrers: (targets, kinds) => readReferrers(tx, targets, kinds),
    };
    this.groups = groupReads(tx);
    this.outbox = new SqlOutboxWriter(tx, SqlRateTx.STAGE);
  }

  async facts(customerIds: string[], since: LocalDate): Promise<CreditFacts[]> {
    const keys = [...new Set(customerIds)].map((id) => [id]);
    const customers = await this.tx.bodies<CustomerRow>(CUSTOMER, CUSTOMER.key, keys);
    const items = await this.byCustomer<ReceivableItemRow>(ITEMS, keys, [since, since]);
    const orders = await this.byCustomer<SalesOrderRow>(ORDERS, keys, []);
    const held = heldLimits(await this.tx.bodies<AccountRow>(ACCOUNT, ['customer_id'], keys, 't.is_live = 1'));
    const firsts = await this.tx.queryByKeys<{ customer_id: string; first_on: string | null }>(FIRST_INVOICE, keys);
    const firstOn = new Map(firsts.map((row) => [row.customer_id, row.first_on]));
    const levels = await this.valueLevels(keys);
    const ratings = await this.tx.bodies<CreditRating>(RATING, ['customer_id'], keys, 't.is_current = 1');
    const current = new Map(ratings.map((rating) => [rating.customerId, rating]));
    return customers.map((customer) => ({
      customer,
      items: items.get(customer.id) ?? [],
      openOrders: orders.get(customer.id) ?? [],
      heldLimits: held.get(customer.id) ?? [],
      firstInvoicedOn: firstOn.get(customer.id) ?? null,
      valueLevel: levels.get(customer.id) ?? null,
      current: current.get(customer.id) ?? null,
    }));
  }

  rates(): Promise<DatedRate[]> {
    return readExchangeRates(this.tx);
  }

  creditStates(customerIds: string[], asOf: LocalDate): Promise<CreditState[]> {
    return readCreditStates(this.tx, customerIds, asOf);
  }

  saveStandings(rows: StandingRow[]): Promise<void> {
    return saveStandings(this.tx, rows);
  }

  async saveRatings(ratings: CreditRating[]): Promise<void> {
    if (ratings.length === 0) return;
    const customers = [...new Set(ratings.map(({ customerId }) => customerId))];
    await this.tx.executeByKeys(
      RETIRE_RATING,
      customers.map((id) => [id]),
    );
    const newest = new Map<string, number>();
    for (const { customerId, version } of ratings)
      newest.set(customerId, Math.max(version, newest.get(customerId) ?? 0));
    await this.tx.insert(
      RATING,
      ratings.map((rating) => ratingRow(rating, newest.get(rating.customerId) === rating.version)),
    );
  }

  async markEvaluated(customerIds: string[], asOf: LocalDate): Promise<void> {
    if (customerIds.length === 0) return;
    const keys = [...new Set(customerIds)].map((id) => [id]);
    const unmarked = await this.tx.queryByKeys<{ id: string }>(NOT_EVALUATED, keys, { params: [asOf] });
    const rows = unmarked.map(({ id }) => ({ id, evaluated_on: asOf }));
    if (rows.length > 0) await this.tx.update(CUSTOMER_EVALUATION, rows);
  }

  private async valueLevels(keys: string[][]): Promise<Map<string, string | null>> {
    const rows = await this.tx.selectByKeys<{ customer_id: string; value_level: string | null }>(
      CUSTOMER_INSIGHT,
      CUSTOMER_INSIGHT.key,
      keys,
      { columns: ['customer_id', 'value_level'] },
    );
    return new Map(rows.map((row) => [row.customer_id, row.value_level]));
  }

  private async byCustomer<T>(sql: string, keys: string[][], params: string[]): Promise<Map<string, T[]>> {
    const rows = await this.tx.queryByKeys<{ customer_id: string; body: string }>(sql, keys, { params });
    const grouped = new Map<string, T[]>();
    for (const { customer_id: id, body } of rows) {
      const list = grouped.get(id);
      if (list) list.push(JSON.parse(body) as T);
      else grouped.set(id, [JSON.parse(body) as T]);
    }
    return grouped;
  }
}

function heldLimits(accounts: AccountRow[]): Map<string, CreditFacts['heldLimits']> {
  const sorted = accounts.toSorted((a, b) => (a.system === b.system ? order(a.key, b.key) : order(a.system, b.system)));
  const held = new Map<string, CreditFacts['heldLimits']>();
  for (const { customerId, system, profile } of sorted) {
    if (profile.creditLimit === undefined) continue;
    const limits = held.get(customerId) ?? [];
    limits.push({ system, limit: profile.creditLimit });
    held.set(customerId, limits);
  }
  return held;
}

/** By code unit, the order of keys in every database of the store. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
