import type { Decimal, LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import { receivablesError } from './errors';
import { ExactSum } from './exact-sum';
import type { LedgerItem } from './ledger-item';
import { openAmountOn } from './open-amount';

/** Last day of each bucket: 1–30, 31–60, 61–90, 91–180, 181–365, and what is older. */
export const DEFAULT_BUCKET_EDGES: readonly number[] = [30, 60, 90, 180, 365];

export interface AgingOptions {
  asOf: LocalDate;
  /** Counts from the due date (default) or from the posting day, which is the invoice date. */
  basis?: 'due' | 'posted';
  /** Last day of each bucket, rising. */
  edges?: readonly number[];
}

/** A ledger by age, in one currency. Σ buckets + unapplied = total. */
export interface Aging {
  currency: string;
  /** Bucket name → amount, in rising order: `current`, `1-30`, … `>365`. Every bucket is there. */
  buckets: Record<string, Decimal>;
  /** Credits that are set against nothing yet; 0 or negative. */
  unapplied: Decimal;
  /** Everything owed past its due date: all buckets but the first; by due date only. */
  overdue: Decimal;
  total: Decimal;
}

/**
 * The names of the buckets: `current`, `1-30`, `31-60`, …, `>365`.
 * @throws SynclineError RECEIVABLES_BUCKETS_INVALID
 */
export function bucketNames(edges: readonly number[] = DEFAULT_BUCKET_EDGES): string[] {
  let from = 1;
  const names = ['current'];
  for (const edge of edges) {
    if (!Number.isInteger(edge) || edge < from) throw receivablesError('RECEIVABLES_BUCKETS_INVALID');
    names.push(`${from}-${edge}`);
    from = edge + 1;
  }
  return [...names, `>${from - 1}`];
}

/** The bucket of `days` past due: index into `bucketNames`. */
export function bucketIndex(days: number, edges: readonly number[] = DEFAULT_BUCKET_EDGES): number {
  if (days <= 0) return 0;
  let index = 0;
  while (index < edges.length && days > edges[index]) index += 1;
  return index + 1;
}

/**
 * Open amounts by age as of a day, one result per currency, sorted by currency. Credits are never hidden in a
 * bucket. An item without the basis date ages from its posting day, without that it is current.
 * (Method, Receivables, aging.)
 */
export function agingOf(items: Iterable<LedgerItem>, options: AgingOptions): Aging[] {
  const edges = options.edges ?? DEFAULT_BUCKET_EDGES;
  const names = bucketNames(edges);
  const today = dayNumber(options.asOf);
  const columns = new Map<string, { buckets: ExactSum[]; unapplied: ExactSum }>();
  for (const item of items) {
    const open = openAmountOn(item, options.asOf);
    if (open === '0') continue;
    let column = columns.get(item.currency);
    if (!column)
      columns.set(item.currency, (column = { buckets: names.map(() => new ExactSum()), unapplied: new ExactSum() }));
    if (open.startsWith('-')) column.unapplied.add(open);
    else column.buckets[bucketIndex(age(item, today, options.basis), edges)].add(open);
  }
  return [...columns]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { buckets, unapplied }]) => agingRow(currency, names, buckets, unapplied));
}

function age(item: LedgerItem, today: number, basis: 'due' | 'posted' = 'due'): number {
  const from = basis === 'due' ? (item.dueOn ?? item.postedOn) : item.postedOn;
  return from === null ? 0 : today - dayNumber(from);
}

function agingRow(currency: string, names: string[], buckets: ExactSum[], unapplied: ExactSum): Aging {
  const amounts = buckets.map((bucket) => bucket.toDecimal());
  const overdue = new ExactSum();
  for (const amount of amounts.slice(1)) overdue.add(amount);
  const total = new ExactSum().add(amounts[0]).add(overdue.toDecimal()).add(unapplied.toDecimal());
  return {
    currency,
    buckets: Object.fromEntries(names.map((name, index) => [name, amounts[index]])),
    unapplied: unapplied.toDecimal(),
    overdue: overdue.toDecimal(),
    total: total.toDecimal(),
  };
}
