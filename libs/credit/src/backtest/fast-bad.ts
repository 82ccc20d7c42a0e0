import { addDays, Big, type Decimal, type LocalDate } from '@syncline/model';
import { ExactSum } from '@syncline/receivables';
import type { HistoricItem } from './ledger-history';

/** Days after the review in which items fall due. */
export const FAST_BAD_WINDOW_DAYS = 90;
/** Paid more than so many days after the due date is late. */
export const FAST_BAD_LATE_DAYS = 7;
/** A tenth of the amount: counted in tenths to stay exact. */
const SHARE = 10;

interface DueLine {
  dueOn: LocalDate;
  /** What was to be paid in cash. */
  amount: Decimal;
  /** The part that was not paid 7 days after the due date. */
  late: Decimal;
}

/** What falls due, and how much of it came late. */
export interface FastBad {
  /** Null when nothing falls due in the 90 days after `after`: then there is nothing to see. */
  wentBad(after: LocalDate): boolean | null;
}

/**
 * Whether at least 10 % of the amount falling due in the next 90 days is paid more than 7 days late. Whatever is
 * cleared by other means than cash (credit notes, netting) is no payment and is left out on both sides, and so are
 * disputed items and items without a due date. Items in one currency. (Method, Is a rating any good, `fast_bad`.)
 */
export function fastBad(items: readonly HistoricItem[]): FastBad {
  const lines = items.flatMap(dueLine).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  return {
    wentBad(after) {
      const last = addDays(after, FAST_BAD_WINDOW_DAYS);
      const all = new ExactSum();
      const lateTenfold = new ExactSum();
      for (const { dueOn, amount, late } of lines) {
        if (dueOn <= after) continue;
        if (dueOn > last) break;
        all.add(amount);
        if (late !== '0') for (let time = 0; time < SHARE; time += 1) lateTenfold.add(late);
      }
      if (all.sign() <= 0) return null;
      return new ExactSum().addSum(lateTenfold).add(all.toDecimal(), -1).sign() >= 0;
    },
  };
}

function dueLine(item: HistoricItem): DueLine[] {
  if (item.type !== 'invoice' || item.dueOn === null || item.disputed || item.amount.startsWith('-')) return [];
  const lastOnTime = addDays(item.dueOn, FAST_BAD_LATE_DAYS);
  let amount = new Big(item.amount);
  let unseen = amount.minus(item.openAmount);
  let onTime = new Big(0);
  for (const { on, amount: settled, cash } of item.settlements) {
    unseen = unseen.minus(settled);
    // A write-off is no cash, and yet it is an amount that was to be paid and was not.
    if (!cash && on !== item.writtenOffOn) amount = amount.minus(settled);
    else if (cash && on <= lastOnTime) onTime = onTime.plus(settled);
  }
  // What is no longer open without a settlement that says when came nobody knows how: neither on time nor late.
  if (unseen.gt(0)) amount = amount.minus(unseen);
  if (amount.lte(0)) return [];
  const late = amount.minus(onTime);
  return [{ dueOn: item.dueOn, amount: amount.toString(), late: late.gt(0) ? late.toString() : '0' }];
}
