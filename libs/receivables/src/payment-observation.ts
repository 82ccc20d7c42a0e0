import type { LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import { invoiceDate, type LedgerItem } from './ledger-item';
import type { OverdueItem } from './overdue';

/**
 * One payment (or one open overdue item) as evidence of how a customer pays. The amount is a number because it is
 * only ever a weight: averages of days and shares come out of it, never an amount that is shown.
 */
export interface PaymentObservation {
  /** Amount settled, positive. */
  amount: number;
  /** Settlement day − due day: negative is early. */
  days: number;
  /** Days since the settlement. */
  age: number;
  /** Settlement day − invoice day; null when the invoice day isn't known. */
  daysToPay: number | null;
}

/**
 * Cash settlements of invoices of the last `windowDays` days before and including `asOf`. Credit memos, netting,
 * write-offs and items without a due date say nothing about paying and are left out. What counts is the day on which
 * the money came, not that of its application; money before the invoice is early, with negative days to pay. In a canonical order, so
 * that sums of weights don't depend on the order of the items. (Method, Payment behaviour.)
 */
export function paymentObservations(
  items: Iterable<LedgerItem>,
  asOf: LocalDate,
  windowDays: number,
): PaymentObservation[] {
  const today = dayNumber(asOf);
  const found: PaymentObservation[] = [];
  for (const item of items) {
    if (item.type !== 'invoice' || item.dueOn === null || item.settlements.length === 0) continue;
    const due = dayNumber(item.dueOn);
    const invoicedOn = invoiceDate(item);
    for (const settlement of item.settlements) {
      if (!settlement.cash) continue;
      const day = dayNumber(settlement.paidOn ?? settlement.on);
      const age = today - day;
      if (age < 0 || age > windowDays) continue;
      const daysToPay = invoicedOn === null ? null : day - dayNumber(invoicedOn);
      found.push({ amount: +settlement.amount, days: day - due, age, daysToPay });
    }
  }
  return found.sort(canonicalOrder);
}

/** Overdue items (see `overdueFacts`) as if paid in full today. */
export function asIfPaidToday(overdue: readonly OverdueItem[]): PaymentObservation[] {
  return overdue.map(({ open, days }) => ({ amount: open, days, age: 0, daysToPay: null }));
}

function canonicalOrder(a: PaymentObservation, b: PaymentObservation): number {
  return a.age - b.age || a.days - b.days || a.amount - b.amount || (a.daysToPay ?? 0) - (b.daysToPay ?? 0);
}
