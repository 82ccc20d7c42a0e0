import { PURCHASE_STATES, type CustomerClass, type CustomerHistory } from '@syncline/analytics';
import type { LocalDate } from '@syncline/model';
import type { ReceivableItemRow, SalesOrderRow, StoredRecord } from '@syncline/pipeline/reconcile';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';
import { RATING } from '../schema/tables';
import { readClassDecisions } from './class-decisions';

export interface HistoryDays {
  asOf: LocalDate;
  since: LocalDate;
  consultedSince: LocalDate;
}

const ACCOUNTS = '{keys} JOIN account a ON a.customer_id = k.c0';
const ORDERS = `${ACCOUNTS} JOIN sales_order t ON t.system = a.system AND t.account_key = a."key"`;
const ITEMS = `${ACCOUNTS} JOIN receivable_item t ON t.system = a.system AND t.account_key = a."key"`;
const CASES =
  `${ACCOUNTS} JOIN record_ref r ON r.system = a.system AND r.target_kind = 'account' AND r.target_key = a."key" ` +
  'JOIN record t ON t.system = r.system AND t.kind = r.kind AND t."key" = r."key"';

/**
 * What is known of customers, with a handful of statements whatever their number. Purchases are orders with an
 * amount above zero on their day; for customers without any, the days of their invoices.
 */
export async function readCustomerHistories(
  dialect: SqlDialect,
  customerIds: string[],
  days: HistoryDays,
): Promise<CustomerHistory[]> {
  const read = new HistoryReader(dialect, customerIds);
  const purchases = await read.orderDays(days.asOf);
  const invoices = await read.invoiceDays(
    customerIds.filter((id) => !purchases.has(id)),
    days.asOf,
  );
  const items = await read.items(days.since);
  const orders = await read.orders(days.since, days.asOf);
  const consultations = await read.consultations(days.consultedSince, days.asOf);
  const assessments = await read.assessments();
  const grades = await read.grades();
  const classes = await read.classes();
  return customerIds.map((customerId) => ({
    customerId,
    purchaseDays: purchases.get(customerId) ?? invoices.get(customerId) ?? [],
    items: items.get(customerId) ?? [],
    orders: orders.get(customerId) ?? [],
    consultations: consultations.get(customerId)?.length ?? 0,
    industryPosition: meanOf(assessments.get(customerId), 'industry_position'),
    satisfaction: meanOf(assessments.get(customerId), 'satisfaction'),
    grade: grades.get(customerId) ?? null,
    classOverride: classes.get(customerId) ?? null,
  }));
}

class HistoryReader {
  private readonly keys: string[][];

  constructor(
    private readonly dialect: SqlDialect,
    customerIds: string[],
  ) {
    this.keys = customerIds.map((id) => [id]);
  }

  orderDays(asOf: LocalDate): Promise<Map<string, LocalDate[]>> {
    const states = PURCHASE_STATES.map(() => '?').join(', ');
    const amount = this.dialect.decimalOrder('t.ordered_amount');
    return this.days(
      `SELECT DISTINCT a.customer_id AS customer_id, t.ordered_on AS day FROM ${ORDERS} ` +
        `WHERE t.state IN (${states}) AND t.ordered_on <= ? AND ${amount} > 0 ORDER BY day`,
      this.keys,
      [...PURCHASE_STATES, asOf],
    );
  }

  invoiceDays(customerIds: string[], asOf: LocalDate): Promise<Map<string, LocalDate[]>> {
    return this.days(
      `SELECT DISTINCT a.customer_id AS customer_id, t.posted_on AS day FROM ${ITEMS} ` +
        `WHERE t.type = 'invoice' AND t.posted_on <= ? AND ${this.dialect.decimalOrder('t.amount')} > 0 ORDER BY day`,
      customerIds.map((id) => [id]),
      [asOf],
    );
  }

  items(since: LocalDate): Promise<Map<string, ReceivableItemRow[]>> {
    const where = 't.is_open = 1 OR t.posted_on >= ? OR t.settled_on >= ?';
    return this.bodies(`${ITEMS} WHERE ${where}`, [since, since]);
  }

  orders(since: LocalDate, asOf: LocalDate): Promise<Map<string, SalesOrderRow[]>> {
    return this.bodies(`${ORDERS} WHERE t.ordered_on >= ? AND t.ordered_on <= ?`, [since, asOf]);
  }

  async consultations(since: LocalDate, asOf: LocalDate): Promise<Map<string, StoredRecord[]>> {
    const cases = await this.bodies<StoredRecord>(
      `${CASES} WHERE r.kind IN ('opportunity', 'service_case') AND t.deleted = 0`,
      [],
    );
    for (const [id, records] of cases) {
      const opened = records.map(({ fields }) => fields['opened_on']);
      cases.set(
        id,
        records.filter(
          (_, index) => typeof opened[index] === 'string' && opened[index] >= since && opened[index] <= asOf,
        ),
      );
    }
    return cases;
  }

  assessments(): Promise<Map<string, StoredRecord[]>> {
    const records = `${ACCOUNTS} JOIN record t ON t.system = a.system AND t.kind = 'account' AND t."key" = a."key"`;
    return this.bodies(`${records} WHERE t.deleted = 0`, []);
  }

  async grades(): Promise<Map<string, string>> {
    const rows = await this.dialect.reader.selectByKeys<{ customer_id: string; grade: string }>(
      RATING,
      ['customer_id'],
      this.keys,
      { columns: ['customer_id', 'grade'], where: 't.is_current = 1' },
    );
    return new Map(rows.map((row) => [row.customer_id, row.grade]));
  }

  async classes(): Promise<Map<string, CustomerClass>> {
    const decided = await readClassDecisions(this.dialect.reader, this.keys);
    return new Map([...decided].map(([id, decision]) => [id, decision.class]));
  }

  /** Days by customer, in the order of the query. */
  private async days(sql: string, keys: string[][], params: SqlValue[]): Promise<Map<string, LocalDate[]>> {
    const rows = await this.dialect.reader.queryByKeys<{ customer_id: string; day: LocalDate }>(sql, keys, { params });
    return grouped(rows, ({ day }) => day);
  }

  private async bodies<T>(from: string, params: SqlValue[]): Promise<Map<string, T[]>> {
    const rows = await this.dialect.reader.queryByKeys<{ customer_id: string; body: string }>(
      `SELECT a.customer_id AS customer_id, t.body AS body FROM ${from}`,
      this.keys,
      { params },
    );
    return grouped(rows, ({ body }) => JSON.parse(body) as T);
  }
}

function grouped<R extends { customer_id: string }, T>(rows: readonly R[], pick: (row: R) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.customer_id);
    if (group) group.push(pick(row));
    else groups.set(row.customer_id, [pick(row)]);
  }
  return groups;
}

/** Mean of what the account records say; null when none says it. */
function meanOf(records: readonly StoredRecord[] | undefined, field: string): number | null {
  const values = (records ?? []).flatMap(({ fields }) => {
    const value = fields[field];
    return typeof value === 'string' && Number.isFinite(Number(value)) ? [Number(value)] : [];
  });
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
