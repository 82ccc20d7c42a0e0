import { Big, canonicalDecimal, sumDecimals, type Decimal } from '@syncline/model';
import { amountField, flagField, textField } from './field-access';
import { invoicedLines, invoicePrice, uninvoicedSince } from './invoiced-lines';
import type { RecordIndex } from './record-index';
import type { OrderLineProgress, SalesOrderRow, StoredRecord } from './reconcile-store.port';

const OPEN_STATES: ReadonlySet<string> = new Set(['confirmed', 'processing']);
const ZERO = new Big(0);

/**
 * Joins orders from their records: ordered from the lines, delivered from deliveries that are done, invoiced from
 * lines of invoices that are posted. Open is what is ordered and not yet invoiced, untaxed, in the order's currency.
 *
 * `index` must hold the orders of `keys`, their lines, the lines' deliveries and invoice lines, and those' invoices.
 */
export function joinOrders(
  system: string,
  currency: string,
  keys: Iterable<string>,
  index: RecordIndex,
): SalesOrderRow[] {
  const rows: SalesOrderRow[] = [];
  for (const key of keys) {
    const order = index.get(system, 'order', key);
    if (order && typeof order.refs['account'] === 'string')
      rows.push(joinOrder(order, order.refs['account'], currency, index));
  }
  return rows;
}

function joinOrder(order: StoredRecord, accountKey: string, currency: string, index: RecordIndex): SalesOrderRow {
  const invoiceKeys = new Set<string>();
  const currencies = { own: textField(order, 'currency') ?? currency, ledger: currency };
  const lines = index
    .referring(order.system, 'order_line', 'order', order.key)
    .map((line) => joinLine(line, index, invoiceKeys, currencies));
  const state = textField(order, 'state') ?? 'draft';
  const untaxed = textField(order, 'untaxed_amount');
  const total = textField(order, 'total_amount');
  return {
    system: order.system,
    key: order.key,
    accountKey,
    number: textField(order, 'number'),
    state,
    orderedOn: textField(order, 'ordered_on'),
    currency: currencies.own,
    orderedAmount: valueOf(lines, (line) => line.quantity),
    deliveredAmount: valueOf(lines, (line) => line.delivered),
    invoicedAmount: valueOf(lines, (line) => line.invoiced),
    openAmount: OPEN_STATES.has(state) ? valueOf(lines, openQuantity) : '0',
    grossFactor: untaxed && total && !new Big(untaxed).eq(0) ? canonicalDecimal(new Big(total).div(untaxed)) : '1',
    lines,
    ...(flagField(order, 'billed_ahead', false) ? { billedAhead: true as const } : {}),
    invoiceKeys: [...invoiceKeys].sort(),
  };
}

interface OrderCurrencies {
  own: string;
  ledger: string;
}

function joinLine(
  line: StoredRecord,
  index: RecordIndex,
  invoiceKeys: Set<string>,
  { own, ledger }: OrderCurrencies,
): OrderLineProgress {
  const billed = invoicedLines(line, index);
  for (const { invoice } of billed) invoiceKeys.add(invoice.key);
  const deliveries = index
    .referring(line.system, 'delivery', 'order_line', line.key)
    .filter((delivery) => (textField(delivery, 'state') ?? 'done') === 'done');
  const invoiced = sumDecimals(billed.map((each) => amountField(each.line, 'quantity')));
  return {
    key: line.key,
    product: textField(line, 'product'),
    quantity: amountField(line, 'quantity'),
    unitPrice: amountField(line, 'unit_price'),
    delivered: sumDecimals(deliveries.map((delivery) => amountField(delivery, 'quantity'))),
    invoiced,
    ...known({
      unitCost: textField(line, 'unit_cost'),
      invoicePrice: invoicePrice(billed, own, ledger),
      uninvoicedSince: uninvoicedSince(deliveries, invoiced),
    }),
  };
}

/** Without what is not known. */
function known<T extends Record<string, string | null>>(values: T): { [Name in keyof T]?: string } {
  const present = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as { [Name in keyof T]?: string };
}

/** Never negative on an order, nor positive on a return: more invoiced than ordered is a finding, not an exposure. */
function openQuantity(line: OrderLineProgress): Decimal {
  const open = new Big(line.quantity).minus(line.invoiced);
  return new Big(line.quantity).gte(0) ? (open.lt(0) ? '0' : open.toString()) : open.gt(0) ? '0' : open.toString();
}

/** Σ quantity × price, rounded to two places as the documents show it. */
function valueOf(lines: OrderLineProgress[], quantity: (line: OrderLineProgress) => Decimal): Decimal {
  const total = lines.reduce((sum, line) => sum.plus(new Big(quantity(line)).times(line.unitPrice)), ZERO);
  return canonicalDecimal(total.round(2));
}
