import { Big, canonicalDecimal, sumDecimals, type Decimal } from '@syncline/model';
import { amountField, textField } from './field-access';
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
  const lines = index
    .referring(order.system, 'order_line', 'order', order.key)
    .map((line) => joinLine(line, index, invoiceKeys));
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
    currency: textField(order, 'currency') ?? currency,
    orderedAmount: valueOf(lines, (line) => line.quantity),
    deliveredAmount: valueOf(lines, (line) => line.delivered),
    invoicedAmount: valueOf(lines, (line) => line.invoiced),
    openAmount: OPEN_STATES.has(state) ? valueOf(lines, openQuantity) : '0',
    grossFactor: untaxed && total && !new Big(untaxed).eq(0) ? canonicalDecimal(new Big(total).div(untaxed)) : '1',
    lines,
    invoiceKeys: [...invoiceKeys].sort(),
  };
}

function joinLine(line: StoredRecord, index: RecordIndex, invoiceKeys: Set<string>): OrderLineProgress {
  const { system } = line;
  const invoiced: Decimal[] = [];
  for (const invoiceLine of index.referring(system, 'invoice_line', 'order_line', line.key)) {
    const invoice = index.get(system, 'invoice', invoiceLine.refs['invoice']);
    if (typeof invoice?.refs['posting'] !== 'string') continue;
    invoiced.push(amountField(invoiceLine, 'quantity'));
    invoiceKeys.add(invoice.key);
  }
  const delivered = index
    .referring(system, 'delivery', 'order_line', line.key)
    .filter((delivery) => (textField(delivery, 'state') ?? 'done') === 'done')
    .map((delivery) => amountField(delivery, 'quantity'));
  const unitCost = textField(line, 'unit_cost');
  return {
    key: line.key,
    product: textField(line, 'product'),
    quantity: amountField(line, 'quantity'),
    unitPrice: amountField(line, 'unit_price'),
    ...(unitCost === null ? {} : { unitCost }),
    delivered: sumDecimals(delivered),
    invoiced: sumDecimals(invoiced),
  };
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
