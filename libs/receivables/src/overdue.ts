import type { Decimal, LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import { ExactSum } from './exact-sum';
import type { LedgerItem } from './ledger-item';
import { openAmountOn } from './open-amount';

export interface OverdueItem {
  /** Open amount less the part payments set against it: a weight, hence a number. */
  open: number;
  /** Days past due, 1 or more. */
  days: number;
}

/** What is late today, in the items' currency. */
export interface OverdueFacts {
  /** Days past due of the oldest overdue item; 0 when nothing is overdue. */
  maxDaysPastDue: number;
  overdue: Decimal;
  /** Overdue by more than 90 days. */
  overdue90: Decimal;
  /** Everything owed, part payments taken off. */
  open: Decimal;
  /** overdue / open, 0 to 1; 0 when nothing is open. */
  overdueRatio: number;
  /** overdue90 / open, 0 to 1; 0 when nothing is open. */
  overdue90Ratio: number;
  /** What is overdue, the oldest first. */
  items: OverdueItem[];
}

/** An item owed: what is left of it after the part payments, and its days past due (null without a date). */
interface Owed {
  open: ExactSum;
  days: number | null;
  shielded: boolean;
}

/**
 * What is late on `asOf`. Part payments reduce the items of their invoice, the earliest due first, as a
 * collector would count; the aging keeps both sides apart. A disputed item stays in `open` and is left out of
 * overdue for at most `maxShieldDays` from the dispute's first day, or from the due date where that isn't known.
 * (Method, Payment behaviour; Receivables, disputes.)
 */
export function overdueFacts(items: Iterable<LedgerItem>, asOf: LocalDate, maxShieldDays: number): OverdueFacts {
  const total = new ExactSum();
  const late = new ExactSum();
  const veryLate = new ExactSum();
  const found: OverdueItem[] = [];
  for (const { open, days, shielded } of owedItems(items, asOf, maxShieldDays)) {
    if (open.sign() <= 0) continue;
    total.addSum(open);
    if (days === null || days <= 0 || shielded) continue;
    late.addSum(open);
    if (days > VERY_LATE) veryLate.addSum(open);
    found.push({ open: open.toNumber(), days });
  }
  const share = (part: ExactSum) => (total.sign() > 0 ? part.toNumber() / total.toNumber() : 0);
  found.sort((a, b) => b.days - a.days || a.open - b.open);
  return {
    maxDaysPastDue: found[0]?.days ?? 0,
    overdue: late.toDecimal(),
    overdue90: veryLate.toDecimal(),
    open: total.toDecimal(),
    overdueRatio: share(late),
    overdue90Ratio: share(veryLate),
    items: found,
  };
}

const VERY_LATE = 90;

function owedItems(items: Iterable<LedgerItem>, asOf: LocalDate, maxShieldDays: number): Owed[] {
  const today = dayNumber(asOf);
  const owed: Owed[] = [];
  const byInvoice = new Map<string, Owed[]>();
  const payments: { invoiceKey: string; amount: Decimal }[] = [];
  for (const item of items) {
    const open = openAmountOn(item, asOf);
    if (open === '0') continue;
    if (open.startsWith('-')) {
      if (item.type === 'part_payment' && item.invoiceKey)
        payments.push({ invoiceKey: item.invoiceKey, amount: open.slice(1) });
      continue;
    }
    const due = item.dueOn ?? item.postedOn;
    const days = due === null ? null : today - dayNumber(due);
    const entry = {
      open: new ExactSum().add(open),
      days,
      shielded: item.disputed && shieldLasts(item, today, days, maxShieldDays),
    };
    owed.push(entry);
    if (item.invoiceKey) byInvoice.set(item.invoiceKey, [...(byInvoice.get(item.invoiceKey) ?? []), entry]);
  }
  for (const { invoiceKey, amount } of payments) takeOff(byInvoice.get(invoiceKey) ?? [], amount);
  return owed;
}

function shieldLasts(item: LedgerItem, today: number, days: number | null, maxShieldDays: number): boolean {
  const disputedFor = item.disputedOn ? today - dayNumber(item.disputedOn) : (days ?? 0);
  return disputedFor <= maxShieldDays;
}

/** Takes a part payment off its invoice's lines, the earliest due first. */
function takeOff(lines: Owed[], amount: Decimal): void {
  const earliestFirst = [...lines].sort((a, b) => (b.days ?? -Infinity) - (a.days ?? -Infinity));
  let left = amount;
  for (const line of earliestFirst) {
    if (left === '0' || line.open.sign() <= 0) continue;
    const after = new ExactSum().add(line.open.toDecimal()).add(left, -1);
    if (after.sign() >= 0) {
      line.open = after;
      return;
    }
    line.open = new ExactSum();
    left = after.toDecimal().slice(1);
  }
}
