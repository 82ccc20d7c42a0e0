import type { Decimal, LocalDate } from '@syncline/model';
import { bucketNames, bucketSince, type AgeUnit } from './aging-buckets';
import { dayNumber } from './day-number';
import { ExactSum } from './exact-sum';
import { invoiceDate, type LedgerItem } from './ledger-item';
import { openAmountOn } from './open-amount';

export interface AgingOptions {
  asOf: LocalDate;
  /** Counts from the due date (default) or from the invoice date. */
  basis?: 'due' | 'invoiced';
  /** Buckets in days (default) or bands in years; see `bucketNames`. */
  unit?: AgeUnit;
  /** Last day or year of each bucket, rising. */
  edges?: readonly number[];
}

/** A ledger by age, in one currency. Σ buckets + unapplied = total. */
export interface Aging {
  currency: string;
  /** Bucket name → amount, from the youngest: `current`, `1-30`, … `>365`. Every bucket is there. */
  buckets: Record<string, Decimal>;
  /** Credits that are set against nothing yet; 0 or negative. */
  unapplied: Decimal;
  /** Everything owed past its due date, disputed or not, on either basis. */
  overdue: Decimal;
  total: Decimal;
}

interface Column {
  buckets: ExactSum[];
  unapplied: ExactSum;
  overdue: ExactSum;
}

/**
 * Open amounts by age as of a day, one result per currency, sorted by currency. Credits are never hidden in a
 * bucket. An item without the basis date ages from its posting day, without that it is in the youngest bucket. A due
 * date before the invoice date counts as it stands. (Method, Receivables, aging.)
 * @throws SynclineError RECEIVABLES_BUCKETS_INVALID
 */
export function agingOf(items: Iterable<LedgerItem>, options: AgingOptions): Aging[] {
  const names = bucketNames(options.edges, options.unit);
  const columns = new Map<string, Column>();
  for (const item of items) {
    const open = openAmountOn(item, options.asOf);
    if (open === '0') continue;
    let column = columns.get(item.currency);
    if (!column) columns.set(item.currency, (column = emptyColumn(names.length)));
    if (open.startsWith('-')) column.unapplied.add(open);
    else addOwed(column, item, open, options);
  }
  return [...columns]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, column]) => agingRow(currency, names, column));
}

function addOwed(column: Column, item: LedgerItem, open: Decimal, { asOf, basis, unit, edges }: AgingOptions): void {
  const due = item.dueOn ?? item.postedOn;
  column.buckets[bucketSince(basis === 'invoiced' ? invoiceDate(item) : due, asOf, unit, edges)].add(open);
  if (due !== null && dayNumber(due) < dayNumber(asOf)) column.overdue.add(open);
}

function emptyColumn(buckets: number): Column {
  return {
    buckets: Array.from({ length: buckets }, () => new ExactSum()),
    unapplied: new ExactSum(),
    overdue: new ExactSum(),
  };
}

function agingRow(currency: string, names: string[], { buckets, unapplied, overdue }: Column): Aging {
  const amounts = buckets.map((bucket) => bucket.toDecimal());
  const total = new ExactSum().addSum(unapplied);
  for (const bucket of buckets) total.addSum(bucket);
  return {
    currency,
    buckets: Object.fromEntries(names.map((name, index) => [name, amounts[index]])),
    unapplied: unapplied.toDecimal(),
    overdue: overdue.toDecimal(),
    total: total.toDecimal(),
  };
}
