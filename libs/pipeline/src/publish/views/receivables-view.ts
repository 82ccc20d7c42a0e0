import { fixedDecimal, sumDecimals, type LocalDate } from '@syncline/model';
import { agingOf, bucketIndex, bucketNames, daysPastDue, openAmountOn } from '@syncline/receivables';
import type { ReceivableItemRow } from '../../reconcile/reconcile-store.port';

const BUCKETS = bucketNames();

/** One item as of a day. */
export function itemView(item: ReceivableItemRow, asOf: LocalDate) {
  const open = openAmountOn(item, asOf);
  return {
    system: item.system,
    key: item.key,
    account: item.accountKey,
    type: item.type,
    number: item.number,
    currency: item.currency,
    amount: fixedDecimal(item.amount),
    open_amount: fixedDecimal(open),
    document_currency: item.documentCurrency,
    document_amount: fixedDecimal(item.documentAmount),
    posted_on: item.postedOn,
    due_on: item.dueOn,
    settled_on: item.settledOn,
    days_overdue: open === '0' || item.dueOn === null ? null : Math.max(0, daysPastDue(item.dueOn, asOf)),
    bucket: bucketOf(item, asOf),
    disputed: item.disputed,
    settlements: item.settlements.map(({ on, amount, cash }) => ({ on, amount: fixedDecimal(amount), cash })),
  };
}

/** The aging bucket of an item as of a day; null for credits and for what is not open then. */
export function bucketOf(item: ReceivableItemRow, asOf: LocalDate): string | null {
  const open = openAmountOn(item, asOf);
  if (open === '0' || open.startsWith('-')) return null;
  const from = item.dueOn ?? item.postedOn;
  return BUCKETS[from === null ? 0 : bucketIndex(daysPastDue(from, asOf))];
}

/** Whether anything of an item is open on a day. */
export function isOpenOn(item: ReceivableItemRow, asOf: LocalDate): boolean {
  return openAmountOn(item, asOf) !== '0';
}

/** Totals with aging as of a day, by currency. */
export function agingView(items: readonly ReceivableItemRow[], asOf: LocalDate) {
  return agingOf(items, { asOf }).map(({ currency, buckets, unapplied, overdue, total }) => {
    const open = items.filter((item) => item.currency === currency && isOpenOn(item, asOf));
    const disputed = open.filter((item) => item.disputed).map((item) => openAmountOn(item, asOf));
    return {
      currency,
      open_total: fixedDecimal(total),
      unapplied_credit: fixedDecimal(unapplied).replace('-', ''),
      overdue: fixedDecimal(overdue),
      disputed: fixedDecimal(sumDecimals(disputed)),
      items: open.length,
      aging: Object.fromEntries(Object.entries(buckets).map(([bucket, amount]) => [bucket, fixedDecimal(amount)])),
    };
  });
}

/** Order of items in lists: the longest due first, those without a due date last. */
export function byDueDate(a: ReceivableItemRow, b: ReceivableItemRow): number {
  const [x, y] = [placeOf(a), placeOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Sorts like `byDueDate` as text; unique among a customer's items. */
export function placeOf(item: ReceivableItemRow): string {
  return `${item.dueOn ?? '9999-12-31'} ${item.system}/${item.key}`;
}
