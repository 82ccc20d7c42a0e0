import { canonicalDecimal, sumDecimals, type Hold } from '@syncline/model';
import type { Stage } from '@syncline/analytics';
import type { CursorValues, CustomerListRow, CustomerPage, CustomerSort } from '@syncline/pipeline/publish';
import type { CustomerRow } from '@syncline/pipeline/reconcile';
import type { SqlDialect, SqlValue } from '../dialect/sql-dialect';

/** A row of the list query, as the driver gives it. */
export interface CustomerPageRow {
  id: string;
  body: string;
  grade: string | null;
  hold: Hold | null;
  limit_amount: string | null;
  limit_currency: string | null;
  term_days: number | null;
  score: string | null;
  rating_version: number | null;
  value_level: string | null;
  stage: Stage | null;
  alerts: string | null;
  currency: string | null;
  open_total: string;
  open_order_total: string;
  sort_value: string | number | null;
}

interface Fragment {
  sql: string;
  params: SqlValue[];
}

/** One page of the customer list as one statement: rows after a place, in the order of (sort value, id). */
export function customerPageSql(page: CustomerPage, dialect: SqlDialect): Fragment {
  const sort = sortValue(page, dialect);
  const where = conditions(page, dialect);
  const after = placeCondition(page, dialect);
  const direction = page.descending ? 'DESC' : 'ASC';
  const sql =
    `SELECT x.* FROM (SELECT c.id AS id, c.body AS body, r.grade AS grade, r.hold AS hold, ` +
    `${dialect.decimalText('r.limit_amount')} AS limit_amount, r.currency AS limit_currency, r.term_days AS term_days, ` +
    `${dialect.decimalText('r.score')} AS score, r.version AS rating_version, c.currency AS currency, ` +
    `v.value_level AS value_level, v.stage AS stage, v.alerts AS alerts, ` +
    `${dialect.decimalText('c.open_total')} AS open_total, ` +
    `${dialect.decimalText('c.open_order_total')} AS open_order_total, ${sort.sql} AS sort_value ` +
    `FROM customer c LEFT JOIN rating r ON r.customer_id = c.id AND r.is_current = 1 ` +
    `LEFT JOIN customer_insight v ON v.customer_id = c.id ` +
    `WHERE ${where.map((condition) => condition.sql).join(' AND ')}) x ${after.sql} ` +
    `ORDER BY CASE WHEN x.sort_value IS NULL THEN 1 ELSE 0 END, x.sort_value ${direction}, x.id ${dialect.page(page.limit)}`;
  return { sql, params: [...sort.params, ...where.flatMap(({ params }) => params), ...after.params] };
}

function sortValue({ sort, grades }: CustomerPage, dialect: SqlDialect): Fragment {
  switch (sort) {
    case 'name':
      return { sql: 'c.name', params: [] };
    case 'open_total':
      return { sql: dialect.decimalOrder('c.open_total'), params: [] };
    case 'exposure':
      return {
        sql: `(${dialect.decimalOrder('c.open_total')} + ${dialect.decimalOrder('c.open_order_total')})`,
        params: [],
      };
    case 'score':
      return { sql: dialect.decimalOrder('r.score'), params: [] };
    case 'grade':
      return grades.length === 0
        ? { sql: 'r.grade', params: [] }
        : { sql: `CASE r.grade ${grades.map((_, rank) => `WHEN ? THEN ${rank}`).join(' ')} END`, params: [...grades] };
  }
}

/** What follows a place: greater (or less) sort values, equal ones with a greater id, and at last those without. */
function placeCondition({ after, sort, descending }: CustomerPage, dialect: SqlDialect): Fragment {
  if (after === null) return { sql: '', params: [] };
  const [first, second, id] = [value(after[0]), value(after[1]), value(after[2])];
  if (first === null) return { sql: 'WHERE x.sort_value IS NULL AND x.id > ?', params: [id] };
  const place = placeValue(sort, dialect);
  const values = sort === 'exposure' ? [first, second] : [first];
  const beyond = descending ? '<' : '>';
  return {
    sql: `WHERE (x.sort_value ${beyond} ${place} OR (x.sort_value = ${place} AND x.id > ?) OR x.sort_value IS NULL)`,
    params: [...values, ...values, id],
  };
}

/** The place's value computed just as the column's, so that equal ones compare equal. */
function placeValue(sort: CustomerSort, dialect: SqlDialect): string {
  const decimal = decimalParameter(dialect);
  if (sort === 'exposure') return `(${decimal} + ${decimal})`;
  return sort === 'name' || sort === 'grade' ? '?' : decimal;
}

function decimalParameter({ kind }: SqlDialect): string {
  return kind === 'sqlite' ? 'CAST(? AS REAL)' : 'CAST(? AS decimal(28,10))';
}

function value(of: CursorValues[number] | undefined): string | number | null {
  return of ?? null;
}

function conditions({ filter, asOf }: CustomerPage, dialect: SqlDialect): Fragment[] {
  const all: Fragment[] = [{ sql: "c.status = 'active' AND c.is_customer = 1", params: [] }];
  const add = (sql: string, ...params: SqlValue[]): void => void all.push({ sql, params });
  if (filter.q) add("c.search_text LIKE ? ESCAPE '!'", `%${filter.q.toLowerCase().replace(/[!%_[]/g, '!$&')}%`);
  if (filter.grades?.length) add(`r.grade IN (${filter.grades.map(() => '?').join(', ')})`, ...filter.grades);
  if (filter.hold) add('r.hold = ?', filter.hold);
  if (filter.system) add('EXISTS (SELECT 1 FROM account a WHERE a.customer_id = c.id AND a.system = ?)', filter.system);
  const open = dialect.decimalOrder('c.open_total');
  if (filter.minOpen !== undefined) add(`${open} >= ${decimalParameter(dialect)}`, filter.minOpen);
  if (filter.maxOpen !== undefined) add(`${open} <= ${decimalParameter(dialect)}`, filter.maxOpen);
  if (filter.isOverdue !== undefined) add(`${filter.isOverdue ? '' : 'NOT '}EXISTS (${overdue(dialect)})`, asOf);
  if (filter.hasRating !== undefined) add(`r.customer_id IS ${filter.hasRating ? 'NOT ' : ''}NULL`);
  if (filter.level) add('v.value_level = ?', filter.level);
  if (filter.stage) add('v.stage = ?', filter.stage);
  if (filter.alarm) add("v.alerts LIKE ? ESCAPE '!'", `% ${filter.alarm.replaceAll('_', '!_')} %`);
  if (filter.isKeyAccount !== undefined) add('v.key_account = ?', filter.isKeyAccount ? 1 : 0);
  if (filter.customerClass) add(`COALESCE((${DECIDED_CLASS}), v.class) = ?`, filter.customerClass);
  if (filter.isLossMaking !== undefined) add('v.loss_making = ?', filter.isLossMaking ? 1 : 0);
  const pAlive = dialect.decimalOrder('v.p_alive');
  if (filter.maxPAlive !== undefined) add(`${pAlive} <= ${decimalParameter(dialect)}`, filter.maxPAlive);
  return all;
}

// The evaluation takes up what people decided, of merged customers too: until then their own word counts at once.
const DECIDED_CLASS = 'SELECT d.class FROM customer_class d WHERE d.customer_id = c.id';

function overdue(dialect: SqlDialect): string {
  return (
    'SELECT 1 FROM account a JOIN receivable_item i ON i.system = a.system AND i.account_key = a."key" ' +
    `WHERE a.customer_id = c.id AND i.is_open = 1 AND i.due_on < ? AND ${dialect.decimalOrder('i.open_amount')} > 0`
  );
}

/** A row of the list as the API's port gives it, with its place in the chosen order. */
export function customerListRow(row: CustomerPageRow, sort: CustomerSort): CustomerListRow {
  return {
    customer: JSON.parse(row.body) as CustomerRow,
    grade: row.grade,
    hold: row.hold,
    limit: row.limit_amount === null ? null : canonicalDecimal(row.limit_amount),
    limitCurrency: row.limit_currency,
    termDays: row.term_days,
    score: row.score === null ? null : canonicalDecimal(row.score),
    exposure: sumDecimals([row.open_total, row.open_order_total]),
    exposureCurrency: row.currency,
    ratingVersion: row.rating_version,
    valueLevel: row.value_level,
    stage: row.stage,
    alerts: row.alerts?.split(' ').filter((rule) => rule !== '') ?? [],
    place: [...placeOf(row, sort), row.id],
  };
}

function placeOf(row: CustomerPageRow, sort: CustomerSort): [string | number | null, string | null] {
  switch (sort) {
    case 'open_total':
      return [row.open_total, null];
    case 'exposure':
      return [row.open_total, row.open_order_total];
    case 'score':
      return [row.score, null];
    default:
      return [row.sort_value, null];
  }
}
