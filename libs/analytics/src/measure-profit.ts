import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { dayNumber, openAmountOn, type CurrencyConverter } from '@syncline/receivables';
import { PURCHASE_STATES, type CustomerHistory, type HistoryItem, type HistoryOrder } from './customer-history';
import type { InsightPolicy } from './insight-policy';
import { isLossMaking, netProfit, type NetProfit, type ProfitInput } from './net-profit';

export interface MeasuredProfit {
  /** The last 365 days. */
  year: NetProfit;
  /** Net profit of the last 182 days, the 183 before and the 182 before those; null = not known. */
  halfYears: [Decimal | null, Decimal | null, Decimal | null];
  lossMaking: boolean | null;
  missingRates: string[];
}

/** First and last age in days of the half-years; the first two are the year. */
const HALF_YEARS = [
  { from: 0, to: 181 },
  { from: 182, to: 364 },
  { from: 365, to: 546 },
] as const;
const YEAR_DAYS = 365;
const PURCHASES: ReadonlySet<string> = new Set(PURCHASE_STATES);

/** What is summed for one half-year. */
interface Period {
  from: number;
  to: number;
  sales: Big;
  returns: Big;
  /** Null once something was invoiced whose cost nobody tells. */
  costOfGoods: Big | null;
  orders: number;
  lines: number;
  invoicedLines: number;
  /** Σ open amount × days open. */
  receivableDays: Big;
}

/**
 * Net profit by half-years and year. Sales are what was invoiced of the orders of the period, without tax; where a
 * customer has no orders, they are the invoices of its ledger, as they stand there, and the cost of goods is not
 * known. Average receivables = Σ open amount × days open/days. Discounts, marketing and visits are in no record that
 * Syncline reads: they are missing. A missing exchange rate makes the cost of goods unknown, and so the profit, and so do orders of
 * which nothing is invoiced yet; half-years that ended before the first purchase have none.
 */
export function measureProfit(
  history: CustomerHistory,
  asOf: LocalDate,
  policy: InsightPolicy,
  converter: CurrencyConverter,
): MeasuredProfit {
  const today = dayNumber(asOf);
  const periods = HALF_YEARS.map(emptyPeriod);
  const missing = new Set<string>();
  const exposure = addDocuments(history, asOf, periods, converter, missing);
  const firstAge = history.purchaseDays.length > 0 ? today - dayNumber(history.purchaseDays[0]) : -1;
  const inputOf = (period: Period): ProfitInput => ({
    sales: period.sales.toString(),
    returns: period.returns.toString(),
    costOfGoods: missing.size > 0 || firstAge < period.from ? null : costOfGoods(period),
    discounts: null,
    marketing: null,
    orders: period.orders,
    lines: period.lines,
    visits: null,
    averageReceivables: averageReceivables(period),
    days: period.to - period.from + 1,
    defaultProbability: history.grade === null ? null : (policy.defaultProbability[history.grade] ?? null),
    exposure,
  });
  const year = netProfit(inputOf(together(periods[0], periods[1])), policy.cost);
  const [latest, before, first] = periods.map((period) => netProfit(inputOf(period), policy.cost).profit);
  return {
    year,
    halfYears: [latest, before, first],
    lossMaking: isLossMaking(year.profit, [latest, before]),
    missingRates: [...missing],
  };
}

/** Adds orders and items to the half-years; gives what is open on the day, at least zero. */
function addDocuments(
  history: CustomerHistory,
  asOf: LocalDate,
  periods: readonly Period[],
  converter: CurrencyConverter,
  missing: Set<string>,
): Decimal {
  const today = dayNumber(asOf);
  const factorOf = ({ system, currency }: { system: string; currency: string }): Big | null => {
    const factor = converter.factor(system, currency);
    if (factor === null) missing.add(currency);
    return factor;
  };
  const orders = history.orders.filter((order) => PURCHASES.has(order.state));
  for (const order of orders) {
    const period = order.orderedOn === null ? undefined : periodOf(periods, today - dayNumber(order.orderedOn));
    const factor = period && factorOf(order);
    if (period && factor) addOrder(period, order, factor);
  }
  let open = new Big(0);
  for (const item of history.items) {
    if (item.postedOn === null || item.postedOn > asOf) continue;
    const factor = factorOf(item);
    if (factor === null) continue;
    open = open.plus(factor.times(openAmountOn(item, asOf)));
    for (const period of periods) addReceivable(period, item, asOf, factor);
    const period = periodOf(periods, today - dayNumber(item.postedOn));
    if (period && orders.length === 0) addInvoice(period, item, factor);
  }
  return canonicalDecimal(open.lt(0) ? 0 : open);
}

function addOrder(period: Period, { lines }: HistoryOrder, factor: Big): void {
  period.orders += 1;
  period.lines += lines.length;
  for (const { invoiced, unitPrice, unitCost } of lines) {
    const quantity = factor.times(invoiced);
    if (quantity.eq(0)) continue;
    period.invoicedLines += 1;
    const value = quantity.times(unitPrice);
    if (value.lt(0)) period.returns = period.returns.minus(value);
    else period.sales = period.sales.plus(value);
    const cost = unitCost === undefined || unitCost === null ? null : quantity.times(unitCost);
    period.costOfGoods = cost && period.costOfGoods && period.costOfGoods.plus(cost);
  }
}

function addInvoice(period: Period, { type, amount }: HistoryItem, factor: Big): void {
  if (type !== 'invoice' && type !== 'credit_note') return;
  const value = factor.times(amount);
  if (value.lt(0)) period.returns = period.returns.minus(value);
  else period.sales = period.sales.plus(value);
  period.costOfGoods = null;
}

/**
 * Adds amount × days within the period: each settled part until its settlement, what is open today until the end,
 * and what else was settled until the day on which nothing was left; without that day it counts for none.
 */
function addReceivable(period: Period, item: HistoryItem, asOf: LocalDate, factor: Big): void {
  const end = dayNumber(asOf) - period.from;
  const begin = dayNumber(asOf) - period.to;
  const posted = dayNumber(item.postedOn ?? asOf);
  const isOver = item.settledOn !== null && item.openAmount === '0' && dayNumber(item.settledOn) <= begin;
  if (posted > end || isOver) return;
  const sign = item.amount.startsWith('-') ? -1 : 1;
  let rest = new Big(item.amount).abs();
  let days = new Big(0);
  const add = (amount: Big, until: number): void => {
    const count = Math.min(until, end + 1) - Math.max(posted, begin);
    if (count > 0) days = days.plus(amount.times(count));
  };
  for (const { on, amount } of item.settlements) {
    const part = rest.lt(amount) ? rest : new Big(amount);
    add(part, dayNumber(on));
    rest = rest.minus(part);
  }
  const open = new Big(item.openAmount).abs();
  const still = rest.lt(open) ? rest : open;
  add(still, end + 1);
  if (item.settledOn !== null) add(rest.minus(still), dayNumber(item.settledOn));
  period.receivableDays = period.receivableDays.plus(factor.times(days).times(sign));
}

function averageReceivables({ receivableDays, from, to }: Period): Decimal {
  return receivableDays.lt(0) ? '0' : canonicalDecimal(receivableDays.div(to - from + 1));
}

/** Of orders of which nothing is invoiced yet, nobody knows what they bring: their handling alone is no loss. */
function costOfGoods({ orders, invoicedLines, costOfGoods: cost }: Period): Decimal | null {
  return cost === null || (orders > 0 && invoicedLines === 0) ? null : cost.toString();
}

function periodOf(periods: readonly Period[], age: number): Period | undefined {
  return periods.find(({ from, to }) => age >= from && age <= to);
}

function emptyPeriod({ from, to }: { from: number; to: number }): Period {
  const zero = new Big(0);
  return {
    from,
    to,
    sales: zero,
    returns: zero,
    costOfGoods: zero,
    orders: 0,
    lines: 0,
    invoicedLines: 0,
    receivableDays: zero,
  };
}

function together(latest: Period, before: Period): Period {
  return {
    from: latest.from,
    to: latest.from + YEAR_DAYS - 1,
    sales: latest.sales.plus(before.sales),
    returns: latest.returns.plus(before.returns),
    costOfGoods: latest.costOfGoods && before.costOfGoods && latest.costOfGoods.plus(before.costOfGoods),
    orders: latest.orders + before.orders,
    lines: latest.lines + before.lines,
    invoicedLines: latest.invoicedLines + before.invoicedLines,
    receivableDays: latest.receivableDays.plus(before.receivableDays),
  };
}
