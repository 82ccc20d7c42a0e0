import { rowsOf, type Fold } from './fold';
import { add, cents } from './money';

const OPEN_STATES = ['confirmed', 'processing'];

export interface ExpectedOrder {
  /** `system/key` of its account. */
  account: string;
  /** What is ordered and not invoiced yet, in cents. */
  open: bigint;
}

/** `system/key` of an order → whose it is and what of it is open. */
export function openOrders(fold: Fold, system: string): Map<string, ExpectedOrder> {
  const invoiced = invoicedQuantities(fold, system);
  const open = new Map<number, bigint>();
  for (const [id, { sale, type, quantity, unit_price: price }] of rowsOf(fold, system, 'sale_line')) {
    if (type !== 'line') continue;
    const rest = BigInt(quantity as number) - (invoiced.get(id) ?? 0n);
    if (rest > 0n) add(open, sale as number, rest * cents(price));
  }
  const orders = new Map<string, ExpectedOrder>();
  for (const [id, { party, state }] of rowsOf(fold, system, 'sale_sale')) {
    const isOpen = OPEN_STATES.includes(String(state));
    orders.set(`${system}/${id}`, {
      account: `${system}/${String(party)}`,
      open: isOpen ? (open.get(id) ?? 0n) : 0n,
    });
  }
  return orders;
}

/** Line of an order → how much of it stands on invoices that are in the ledger. */
function invoicedQuantities(fold: Fold, system: string): Map<number, bigint> {
  const invoices = rowsOf(fold, system, 'account_invoice');
  const quantities = new Map<number, bigint>();
  for (const { invoice, type, origin, quantity } of rowsOf(fold, system, 'account_invoice_line').values()) {
    const line = /^sale\.line,(\d+)$/.exec(String(origin))?.[1];
    const isPosted = (invoices.get(invoice as number)?.['move'] ?? null) !== null;
    if (type === 'line' && line && isPosted) add(quantities, Number(line), BigInt(quantity as number));
  }
  return quantities;
}
