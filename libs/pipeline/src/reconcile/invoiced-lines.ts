import { Big, canonicalDecimal, sumDecimals, type Decimal, type LocalDate } from '@syncline/model';
import { amountField, textField } from './field-access';
import type { RecordIndex } from './record-index';
import type { StoredRecord } from './reconcile-store.port';

/** Prices that are no equal ones have no end otherwise. */
const PRICE_DECIMALS = 6;

/** A line of a posted invoice that bills an order line, and its invoice. */
export interface InvoicedLine {
  line: StoredRecord;
  invoice: StoredRecord;
}

/** What bills an order line; invoices that are not posted count for nothing. */
export function invoicedLines(line: StoredRecord, index: RecordIndex): InvoicedLine[] {
  return index.referring(line.system, 'invoice_line', 'order_line', line.key).flatMap((billed) => {
    const invoice = index.get(line.system, 'invoice', billed.refs['invoice']);
    return typeof invoice?.refs['posting'] === 'string' ? [{ line: billed, invoice }] : [];
  });
}

/**
 * The price of one unit on the invoices, weighted by quantity, in the order's currency. Null = nothing is invoiced, an
 * invoice is in another currency, or does not say its price.
 */
export function invoicePrice(lines: readonly InvoicedLine[], currency: string, ledger: string): Decimal | null {
  let [quantity, value] = [new Big(0), new Big(0)];
  for (const { line, invoice } of lines) {
    const price = textField(line, 'unit_price');
    if (price === null || (textField(invoice, 'currency') ?? ledger) !== currency) return null;
    quantity = quantity.plus(amountField(line, 'quantity'));
    value = value.plus(new Big(amountField(line, 'quantity')).times(price));
  }
  return quantity.eq(0) ? null : canonicalDecimal(value.div(quantity).round(PRICE_DECIMALS, Big.roundHalfUp));
}

/** The day of the first delivery that the invoices do not reach, the oldest delivery being invoiced first. */
export function uninvoicedSince(deliveries: readonly StoredRecord[], invoiced: Decimal): LocalDate | null {
  const total = sumDecimals(deliveries.map((delivery) => amountField(delivery, 'quantity')));
  if (new Big(total).lte(invoiced)) return null;
  const byDay = deliveries
    .map((delivery) => ({ on: textField(delivery, 'delivered_on'), quantity: amountField(delivery, 'quantity') }))
    .sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1));
  let left = new Big(invoiced);
  for (const { on, quantity } of byDay) {
    left = left.minus(quantity);
    if (left.lt(0)) return on;
  }
  return null;
}
