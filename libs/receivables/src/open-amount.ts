import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import type { LedgerItem } from './ledger-item';

/**
 * What was open of a ledger item at the end of the day `asOf`, signed like the item, in its currency. An item
 * posted later was not there (0); what was settled later was still open, whatever the row says today. The
 * ledger's own word on today's open amount wins over the sum of the settlements that it happens to show.
 *
 * This reads one item that was already folded, from its settlements, and agrees with `ledgerAsOf` of that day by the
 * same knowledge as long as nothing was taken back since: an item does not say what was unapplied or reversed.
 */
export function openAmountOn(item: LedgerItem, asOf: LocalDate): Decimal {
  if (item.postedOn !== null && item.postedOn > asOf) return '0';
  if (item.settledOn !== null) return item.settledOn <= asOf ? item.openAmount : remaining(item, asOf);
  return item.settlements.some((settlement) => settlement.on > asOf) ? reopened(item, asOf) : item.openAmount;
}

/** The part of a document amount that is open, in proportion to the open part of the ledger amount. */
export function openShare(open: Decimal, amount: Decimal, documentAmount: Decimal): Decimal {
  if (open === '0' || amount === '0') return '0';
  if (open === amount) return documentAmount;
  return canonicalDecimal(new Big(documentAmount).times(open).div(amount).round(2));
}

/** Original less all that was settled by then. */
function remaining(item: LedgerItem, asOf: LocalDate): Decimal {
  let settled = new Big(0);
  for (const settlement of item.settlements) if (settlement.on <= asOf) settled = settled.plus(settlement.amount);
  const amount = new Big(item.amount);
  const left = amount.abs().minus(settled);
  return left.lte(0) ? '0' : canonicalDecimal(amount.lt(0) ? left.neg() : left);
}

/** Today's open amount plus all that was settled since. */
function reopened(item: LedgerItem, asOf: LocalDate): Decimal {
  let later = new Big(0);
  for (const settlement of item.settlements) if (settlement.on > asOf) later = later.plus(settlement.amount);
  const amount = new Big(item.amount);
  const open = new Big(item.openAmount).abs().plus(later);
  const capped = open.gt(amount.abs()) ? amount.abs() : open;
  return canonicalDecimal(amount.lt(0) ? capped.neg() : capped);
}

/** Days past due on `asOf`: positive when late, 0 on the due date. */
export function daysPastDue(dueOn: LocalDate, asOf: LocalDate): number {
  return dayNumber(asOf) - dayNumber(dueOn);
}
