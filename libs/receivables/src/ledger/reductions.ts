import { Big, type LocalDate } from '@syncline/model';
import { later } from './applications';
import { isDebit, type LedgerEntry } from './ledger-entry';
import type { EventOf } from './ledger-event';
import type { KnownLedger } from './known-ledger';

export type ReductionType = 'discount' | 'write_off' | 'residual';

/** Lowers what is open of a debit without a credit standing against it. Never cash. */
export interface Reduction {
  id: string;
  type: ReductionType;
  debit: LedgerEntry;
  on: LocalDate;
  amount: Big;
}

/**
 * Discounts, write-offs and residual postings that count on `asOf`, by day and id. A discount counts only as far as
 * it was earned: within the terms' window, and up to their amount. (Method, Receivables, ledger.)
 */
export function reductionsOn(ledger: KnownLedger, asOf: LocalDate): Reduction[] {
  const taken = new Map<string, Big>();
  const reductions: Reduction[] = [];
  for (const event of ledger.events) {
    if (event.type !== 'discount' && event.type !== 'write_off' && event.type !== 'residual') continue;
    const debit = ledger.entry(event.debitKey);
    if (!debit) ledger.findings.add('UNKNOWN_REFERENCE', event.id);
    else if (!isDebit(debit)) ledger.findings.add('WRONG_SIDE', event.id);
    else {
      const on = later(event.on, debit.postedOn);
      const amount = event.type === 'discount' ? earned(event, debit, taken, ledger) : new Big(event.amount);
      if (on <= asOf && amount.gt(0)) reductions.push({ id: event.id, type: event.type, debit, on, amount });
    }
  }
  return reductions;
}

function earned(event: EventOf<'discount'>, debit: LedgerEntry, taken: Map<string, Big>, ledger: KnownLedger): Big {
  const before = taken.get(debit.key) ?? new Big(0);
  const left = new Big(debit.discount?.amount ?? 0).minus(before);
  const inWindow = debit.discount && event.on <= debit.discount.until && left.gt(0);
  const amount = !inWindow ? new Big(0) : left.lt(event.amount) ? left : new Big(event.amount);
  if (amount.lt(event.amount)) ledger.findings.add('DISCOUNT_UNEARNED', event.id);
  taken.set(debit.key, before.plus(amount));
  return amount;
}
