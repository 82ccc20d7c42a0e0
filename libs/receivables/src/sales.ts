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
 * notes take off on theirs, whether settled or not. Receipts are cash settlements of invoices, and cash on
 * account that is not used yet. `firstInvoicedOn` says whether the customer has 12 months of history.
 */
export function salesFacts(
  items: Iterable<LedgerItem>,
  asOf: LocalDate,
  firstInvoicedOn: LocalDate | null,
): SalesFacts {
  const today = dayNumber(asOf);
  const thisMonth = monthNumber(asOf);
  const sales = { year: new ExactSum(), recent: new ExactSum(), before: new ExactSum() };
  const months = Array.from({ length: 12 }, () => new ExactSum());
  const receipts = Array.from({ length: 6 }, () => new ExactSum());
  for (const item of items) {
    countReceipts(item, today, receipts);
    if (item.postedOn === null || (item.type !== 'invoice' && item.type !== 'credit_note')) continue;
    const age = today - dayNumber(item.postedOn);
    if (age < 0) continue;
    if (age < 365) sales.year.add(item.amount);
    if (age < 90) sales.recent.add(item.amount);
    else if (age < 180) sales.before.add(item.amount);
    const month = thisMonth - monthNumber(item.postedOn) - 1;
    if (month >= 0 && month < 12) months[month].add(item.amount);
  }
  const hadYear = firstInvoicedOn !== null && thisMonth - monthNumber(firstInvoicedOn) > 12;
  return {
    sales12m: sales.year.toDecimal(),
    salesTrend: trend(sales.recent, sales.before),
    seasonality: hadYear ? seasonality(months.map((month) => month.toNumber())) : null,
    receipts: receipts.map((receipt) => receipt.toDecimal()),
  };
}

function countReceipts(item: LedgerItem, today: number, receipts: ExactSum[]): void {
  const count = (on: LocalDate, amount: Decimal, sign: 1 | -1) => {
    const age = today - dayNumber(on);
    if (age >= 0 && age < 180) receipts[Math.floor(age / 30)].add(amount, sign);
  };
  if (item.type === 'invoice') {
    for (const settlement of item.settlements) if (settlement.cash) count(settlement.on, settlement.amount, 1);
  } else if (item.type !== 'credit_note' && item.postedOn !== null && item.openAmount.startsWith('-')) {
    count(item.postedOn, item.openAmount, -1);
  }
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
