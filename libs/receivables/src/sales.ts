import type { Decimal, LocalDate } from '@syncline/model';
import { dayNumber, monthNumber } from './day-number';
import { ExactSum } from './exact-sum';
import type { LedgerItem } from './ledger-item';

/** Average length of a month in days, for tenure. */
const MONTH_DAYS = 365.25 / 12;

/** What a customer bought and paid, from its ledger; gross, in the items' currency. */
export interface SalesFacts {
  /** Invoiced less credited in the last 365 days. */
  sales12m: Decimal;
  /** Last 90 days against the 90 before, as a fraction; null when there were none before. */
  salesTrend: number | null;
  /** Peak month / mean month of the 12 full calendar months before this one; null without 12 months of history. */
  seasonality: number | null;
  /** Cash received in each of the last six blocks of 30 days, the latest first. */
  receipts: Decimal[];
}

/**
 * Sales and receipts of the customer before and including `asOf`. Invoices count on their posting day, credit
 * notes take off on theirs, whether settled or not; the residual of an item is no new sale. Receipts are cash settlements of invoices, and cash on
 * account that is not used yet. `firstInvoicedOn` says whether the customer has 12 months of history.
 */
export function salesFacts(
  items: Iterable<LedgerItem>,
  asOf: LocalDate,
  firstInvoicedOn: LocalDate | null,
): SalesFacts {
  const today = dayNumber(asOf);
  const thisMonth = monthNumber(asOf);
  const hadYear = firstInvoicedOn !== null && thisMonth - monthNumber(firstInvoicedOn) > MONTHS;
  const sales = { recent: new ExactSum(), before: new ExactSum(), older: new ExactSum() };
  const months = hadYear ? sums(MONTHS) : [];
  const receipts = sums(RECEIPT_BLOCKS);
  for (const item of items) {
    countReceipts(item, today, receipts);
    if (item.postedOn === null || (item.type !== 'invoice' && item.type !== 'credit_note')) continue;
    const age = today - dayNumber(item.postedOn);
    if (age < 0 || item.rootKey) continue;
    if (age < 90) sales.recent.add(item.amount);
    else if (age < 180) sales.before.add(item.amount);
    else if (age < 365) sales.older.add(item.amount);
    const month = thisMonth - monthNumber(item.postedOn) - 1;
    if (month >= 0 && month < months.length) months[month].add(item.amount);
  }
  return {
    salesTrend: trend(sales.recent, sales.before),
    sales12m: sales.older.addSum(sales.before).addSum(sales.recent).toDecimal(),
    seasonality: hadYear ? seasonality(months.map((month) => month.toNumber())) : null,
    receipts: receipts.map((receipt) => receipt.toDecimal()),
  };
}

const MONTHS = 12;
const RECEIPT_BLOCKS = 6;
const RECEIPT_DAYS = 30;

function sums(count: number): ExactSum[] {
  return Array.from({ length: count }, () => new ExactSum());
}

function countReceipts(item: LedgerItem, today: number, receipts: ExactSum[]): void {
  if (item.type === 'invoice') {
    for (const settlement of item.settlements) {
      if (settlement.cash) blockOf(settlement.paidOn ?? settlement.on, today, receipts)?.add(settlement.amount);
    }
  } else if (item.type !== 'credit_note' && item.postedOn !== null && item.openAmount.startsWith('-')) {
    blockOf(item.postedOn, today, receipts)?.add(item.openAmount, -1);
  }
}

function blockOf(on: LocalDate, today: number, receipts: ExactSum[]): ExactSum | undefined {
  return receipts[Math.floor((today - dayNumber(on)) / RECEIPT_DAYS)];
}

function trend(recent: ExactSum, before: ExactSum): number | null {
  return before.sign() > 0 ? recent.toNumber() / before.toNumber() - 1 : null;
}

/** Peak month / mean month of the given months; null when nothing was sold. */
export function seasonality(months: readonly number[]): number | null {
  const total = months.reduce((sum, month) => sum + month, 0);
  return total > 0 ? Math.max(...months) / (total / months.length) : null;
}

/** Months since the first invoice, as a fraction; null without one. */
export function tenureMonths(firstInvoicedOn: LocalDate | null, asOf: LocalDate): number | null {
  return firstInvoicedOn === null ? null : Math.max(0, dayNumber(asOf) - dayNumber(firstInvoicedOn)) / MONTH_DAYS;
}
