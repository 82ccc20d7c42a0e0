import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import type { CurrencyConverter, LedgerItem, OpenOrder } from '@syncline/receivables';

const PLACES = 4;
const NONE: readonly string[] = [];

export interface Converted<T> {
  rows: readonly T[];
  /** Currencies without a rate, sorted; rows in them are kept as they are, for what does not depend on amounts. */
  missing: readonly string[];
}

/** Ledger items in the policy currency, rounded half up to four decimals. Items already in it are not copied. */
export function convertItems<T extends LedgerItem & { system: string }>(
  items: readonly T[],
  currency: string,
  converter: CurrencyConverter,
): Converted<LedgerItem> {
  return convert(items, currency, converter, (item, into) => ({
    ...item,
    currency,
    amount: into(item.amount),
    openAmount: into(item.openAmount),
    settlements: item.settlements.map((settlement) => ({ ...settlement, amount: into(settlement.amount) })),
  }));
}

/** Open orders in the policy currency. */
export function convertOrders<T extends OpenOrder & { system: string }>(
  orders: readonly T[],
  currency: string,
  converter: CurrencyConverter,
): Converted<OpenOrder> {
  return convert(orders, currency, converter, (order, into) => ({
    ...order,
    currency,
    openAmount: into(order.openAmount),
    ...(order.deposit === undefined ? {} : { deposit: into(order.deposit) }),
    lines: order.lines.map((line) => ({ ...line, unitPrice: into(line.unitPrice) })),
  }));
}

function convert<R extends { currency: string }, T extends R & { system: string }>(
  rows: readonly T[],
  currency: string,
  converter: CurrencyConverter,
  converted: (row: T, into: (amount: Decimal) => Decimal) => R,
): Converted<R> {
  if (rows.every((row) => row.currency === currency)) return { rows, missing: NONE };
  const missing = new Set<string>();
  const result = rows.map((row): R => {
    if (row.currency === currency) return row;
    const factor = converter.factor(row.system, row.currency);
    if (factor !== null) return converted(row, (amount) => times(amount, factor));
    missing.add(row.currency);
    return row;
  });
  return { rows: result, missing: [...missing].sort() };
}

function times(amount: Decimal, factor: Big): Decimal {
  return amount === '0' ? '0' : canonicalDecimal(new Big(amount).times(factor).round(PLACES, Big.roundHalfUp));
}
