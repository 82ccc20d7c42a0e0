import { addDays, type LocalDate } from '@syncline/model';
import { openAmountOn, overdueFacts } from '@syncline/receivables';
import { itemKnownOn, type HistoricItem } from './ledger-history';

/** From this day past due on an item is severely late. */
const SEVERE_DAYS = 91;
/** Of what the customer owes. */
const SEVERE_SHARE = 0.1;
/** A write-off counts against a customer for two years, as rule facts do (`write_off_24m`). */
const WRITE_OFF_DAYS = 730;

/** When a customer stood as `bad`, by days in rising order: from each day on, until the next. */
export interface SevereDelinquency {
  /** Whether it stood as bad at the end of the day, or had a write-off in the 24 months before. */
  isBadOn(day: LocalDate): boolean;
  /** Whether it stood as bad on any day after `after` up to `until`, or had a write-off then. */
  wentBad(after: LocalDate, until: LocalDate): boolean;
}

/**
 * Works out when a customer was bad: undisputed items of 91 and more days past due make 10 % or more of what it owes,
 * or something was written off. Items in one currency. Looks only at days on which that can change. An item in dispute
 * is left out for `maxShieldDays` from the dispute's first day; where only the fact of a dispute is known, for good.
 * (Policy, validation.bad; insolvency is not in a ledger.)
 */
export function severeDelinquency(items: readonly HistoricItem[], maxShieldDays: number): SevereDelinquency {
  const writeOffs = items.flatMap(({ writtenOffOn }) => (writtenOffOn ? [writtenOffOn] : [])).sort();
  const days = daysToLookAt(items, maxShieldDays);
  const standing = days.map((day) => isSevere(items, day, maxShieldDays));
  return {
    isBadOn(day) {
      const last = lastAtMost(days, day);
      if (last >= 0 && standing[last]) return true;
      if (writeOffs.length === 0) return false;
      const since = addDays(day, -WRITE_OFF_DAYS);
      return writeOffs.some((on) => on <= day && on > since);
    },
    wentBad(after, until) {
      if (writeOffs.some((on) => on > after && on <= until)) return true;
      for (let index = lastAtMost(days, after) + 1; index < days.length && days[index] <= until; index += 1)
        if (standing[index]) return true;
      return false;
    },
  };
}

/** Days on which an item becomes severely late, and, while any is, those on which anything else happens. */
function daysToLookAt(items: readonly HistoricItem[], maxShieldDays: number): LocalDate[] {
  const severe = items.flatMap((item) => {
    const due = item.dueOn ?? item.postedOn;
    if (due === null || item.amount.startsWith('-')) return [];
    const from = addDays(due, SEVERE_DAYS);
    return openAmountOn(item, from) === '0' ? [] : [from];
  });
  if (severe.length === 0) return [];
  const first = severe.reduce((least, day) => (day < least ? day : least));
  const days = new Set(severe);
  for (const item of items) {
    const shieldEnds = item.disputedOn ? addDays(item.disputedOn, maxShieldDays + 1) : null;
    for (const day of [item.postedOn, item.settledOn, item.disputedOn, shieldEnds])
      if (day && day >= first) days.add(day);
    for (const { on } of item.settlements) if (on >= first) days.add(on);
  }
  return [...days].sort();
}

function isSevere(items: readonly HistoricItem[], day: LocalDate, maxShieldDays: number): boolean {
  const known = items.flatMap((item) => {
    const view = itemKnownOn(item, day);
    if (view === null) return [];
    return [view.disputed && !view.disputedOn ? { ...view, disputedOn: day } : view];
  });
  const { overdue90Ratio } = overdueFacts(known, day, maxShieldDays);
  return overdue90Ratio >= SEVERE_SHARE;
}

/** The place of the last day at most `day`; -1 = none. */
function lastAtMost(days: readonly LocalDate[], day: LocalDate): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
