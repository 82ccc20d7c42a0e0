import { Big, canonicalDecimal, fixedDecimal, sumDecimals, type Decimal, type LocalDate } from '@syncline/model';
import { converterInto, type CurrencyRate } from '@syncline/receivables';
import type { OrderLineProgress, ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import { lineMatchView, type OrderMatching } from './order-match';

/** Items of a customer by the invoice that they belong to or are set against. */
export type ItemsOfInvoices = ReadonlyMap<string, readonly ReceivableItemRow[]>;

export function itemsOfInvoices(items: readonly ReceivableItemRow[]): ItemsOfInvoices {
  const byInvoice = new Map<string, ReceivableItemRow[]>();
  for (const item of items) {
    if (item.invoiceKey === null) continue;
    const key = `${item.system}/${item.invoiceKey}`;
    const list = byInvoice.get(key);
    if (list) list.push(item);
    else byInvoice.set(key, [item]);
  }
  return byInvoice;
}

/**
 * The settled share of an order's invoices, 0 to 1: what their items were for, less what is open of them,
 * where part payments that are set against them count as settled.
 */
export function settledShare(order: SalesOrderRow, items: ItemsOfInvoices): Big {
  const own = order.invoiceKeys.flatMap((key) => items.get(`${order.system}/${key}`) ?? []);
  const billed = new Big(
    sumDecimals(own.filter(({ type }) => type === 'invoice' || type === 'credit_note').map(({ amount }) => amount)),
  );
  if (billed.lte(0)) return new Big(0);
  const share = billed.minus(sumDecimals(own.map(({ openAmount }) => openAmount))).div(billed);
  return share.lt(0) ? new Big(0) : share.gt(1) ? new Big(1) : share;
}

/** An order with its progress: ordered, delivered, invoiced, paid; and what does not fit together of it. */
export function orderView(order: SalesOrderRow, items: ItemsOfInvoices, matching: OrderMatching) {
  const share = settledShare(order, items);
  return {
    system: order.system,
    key: order.key,
    account: order.accountKey,
    number: order.number,
    state: order.state,
    ordered_on: order.orderedOn,
    currency: order.currency,
    ordered_amount: fixedDecimal(order.orderedAmount),
    delivered_amount: fixedDecimal(order.deliveredAmount),
    invoiced_amount: fixedDecimal(order.invoicedAmount),
    paid_amount: fixedDecimal(share.times(order.invoicedAmount)),
    open_amount: fixedDecimal(order.openAmount),
    lines: order.lines.map((line) => ({ ...lineView(line, share), match: lineMatchView(line, order, matching) })),
  };
}

function lineView(line: OrderLineProgress, share: Big) {
  return {
    key: line.key,
    product: line.product,
    unit_price: line.unitPrice,
    ordered: line.quantity,
    delivered: line.delivered,
    invoiced: line.invoiced,
    paid: canonicalDecimal(share.times(line.invoiced).round(4)),
  };
}

/** The systems' own currencies and rates, as of a day. */
export interface LedgerConversion {
  rates: readonly CurrencyRate[];
  systemCurrencies: Readonly<Record<string, string>>;
  asOf: LocalDate;
}

/** What is open of orders in the ledger currency of their system, each rounded to cents as the ledger would book it. */
export function openInLedger(orders: readonly SalesOrderRow[], { rates, systemCurrencies, asOf }: LedgerConversion) {
  const byCurrency = new Map<string, { amounts: Decimal[]; withoutRate: number }>();
  for (const order of orders) {
    if (order.openAmount === '0') continue;
    const currency = systemCurrencies[order.system] ?? order.currency;
    const factor = converterInto(currency, rates, systemCurrencies, asOf).factor(order.system, order.currency);
    const sums = byCurrency.get(currency) ?? { amounts: [], withoutRate: 0 };
    byCurrency.set(currency, sums);
    if (factor === null) sums.withoutRate += 1;
    else sums.amounts.push(fixedDecimal(new Big(order.openAmount).times(factor)));
  }
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { amounts, withoutRate }]) => ({
      currency,
      amount: fixedDecimal(sumDecimals(amounts)),
      orders: amounts.length + withoutRate,
      without_rate: withoutRate,
    }));
}

/** How many orders there are, in which states, and their progress by currency. Cancelled ones add no amounts. */
export function ordersSummary(orders: readonly SalesOrderRow[], items: ItemsOfInvoices, ledger: LedgerConversion) {
  const byState: Record<string, number> = {};
  const byCurrency = new Map<string, Record<ProgressColumn, Decimal[]>>();
  for (const order of orders) {
    byState[order.state] = (byState[order.state] ?? 0) + 1;
    if (!COUNTING_STATES.has(order.state)) continue;
    let columns = byCurrency.get(order.currency);
    if (!columns)
      byCurrency.set(order.currency, (columns = { ordered: [], delivered: [], invoiced: [], paid: [], open: [] }));
    columns.ordered.push(order.orderedAmount);
    columns.delivered.push(order.deliveredAmount);
    columns.invoiced.push(order.invoicedAmount);
    columns.paid.push(canonicalDecimal(settledShare(order, items).times(order.invoicedAmount).round(2)));
    columns.open.push(order.openAmount);
  }
  const totals = [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, columns]) => totalsView(currency, columns));
  return { count: orders.length, by_state: byState, totals, open: openInLedger(orders, ledger) };
}

type ProgressColumn = 'ordered' | 'delivered' | 'invoiced' | 'paid' | 'open';

/** Drafts, quotations and cancelled orders are nothing that was ordered. */
const COUNTING_STATES: ReadonlySet<string> = new Set(['confirmed', 'processing', 'done']);

function totalsView(currency: string, columns: Record<ProgressColumn, Decimal[]>) {
  const total = (column: ProgressColumn): string => fixedDecimal(sumDecimals(columns[column]));
  return {
    currency,
    ordered_amount: total('ordered'),
    delivered_amount: total('delivered'),
    invoiced_amount: total('invoiced'),
    paid_amount: total('paid'),
    open_amount: total('open'),
  };
}
