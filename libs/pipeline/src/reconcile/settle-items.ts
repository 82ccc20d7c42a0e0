import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { openShare } from '@syncline/receivables';
import { laterDay, textField } from './field-access';
import type { RecordIndex } from './record-index';
import type { ItemSettlement, ReceivableItemRow } from './reconcile-store.port';

/**
 * Spreads the credits of a group that cleared each other over its debits, earliest credit first, earliest due debit
 * first: a debit's settlements then tell when which part of it was paid, and a credit's what it was used for.
 */
export function settleGroup(members: ReceivableItemRow[], fallback: LocalDate | null): void {
  const debits = members.filter((each) => !isCredit(each)).sort(byDay((each) => each.dueOn ?? each.postedOn));
  const credits = members.filter(isCredit).sort(byDay((each) => each.postedOn));
  const left = credits.map((credit) => new Big(credit.amount).abs());
  let next = 0;
  for (const debit of debits) {
    let wanted = new Big(debit.amount);
    while (wanted.gt(0) && next < credits.length) {
      const part = smaller(left[next]!, wanted);
      settle(debit, credits[next]!, canonicalDecimal(part), fallback);
      wanted = wanted.minus(part);
      left[next] = left[next]!.minus(part);
      if (left[next]!.eq(0)) next += 1;
    }
  }
  for (const member of members) {
    const latest = member.settlements.reduce<LocalDate | null>((day, each) => laterDay(day, each.on), null);
    member.settledOn ??= latest ?? fallback;
  }
}

/**
 * An open receipt or credit that is applied to an invoice without clearing it yet lowers what is open of both: the
 * invoice is open with the rest and stays as old as it is, and nothing of the credit is left unapplied.
 */
export function applyOpenCredits(
  system: string,
  rows: ReadonlyMap<string, ReceivableItemRow>,
  index: RecordIndex,
): void {
  const credits = [...rows.values()].filter((row) => row.openAmount.startsWith('-')).sort(byDay((row) => row.postedOn));
  if (credits.length === 0) return;
  const debits = openDebitsByInvoice(rows);
  for (const credit of credits) {
    for (const application of index.referring(system, 'application', 'item', credit.key)) {
      const invoice = application.refs['invoice'];
      const amount = new Big(textField(application, 'amount') ?? credit.openAmount).abs();
      if (typeof invoice === 'string')
        applyTo(debits.get(invoice) ?? [], credit, amount, textField(application, 'applied_on'));
    }
  }
}

function openDebitsByInvoice(rows: ReadonlyMap<string, ReceivableItemRow>): Map<string, ReceivableItemRow[]> {
  const debits = new Map<string, ReceivableItemRow[]>();
  for (const row of rows.values()) {
    if (row.invoiceKey === null || row.openAmount === '0' || row.openAmount.startsWith('-')) continue;
    const known = debits.get(row.invoiceKey);
    if (known) known.push(row);
    else debits.set(row.invoiceKey, [row]);
  }
  for (const list of debits.values()) list.sort(byDay((row) => row.dueOn ?? row.postedOn));
  return debits;
}

function applyTo(debits: ReceivableItemRow[], credit: ReceivableItemRow, amount: Big, on: LocalDate | null): void {
  let left = smaller(amount, new Big(credit.openAmount).abs());
  for (const debit of debits) {
    const part = smaller(left, new Big(debit.openAmount));
    if (part.lte(0)) continue;
    lowerOpen(debit, part.neg());
    lowerOpen(credit, part);
    settle(debit, credit, canonicalDecimal(part), on);
    left = left.minus(part);
  }
}

function lowerOpen(row: ReceivableItemRow, by: Big): void {
  row.openAmount = canonicalDecimal(new Big(row.openAmount).plus(by));
  row.documentOpenAmount = openShare(row.openAmount, row.amount, row.documentAmount);
}

function settle(
  debit: ReceivableItemRow,
  credit: ReceivableItemRow,
  amount: Decimal,
  fallback: LocalDate | null,
): void {
  const cash = credit.type === 'part_payment' || credit.type === 'on_account';
  add(debit.settlements, credit.postedOn ?? fallback, amount, cash);
  add(credit.settlements, debit.postedOn ?? fallback, amount, cash);
}

/** A settlement without any known day is left out: it says nothing about behaviour until its posting comes. */
function add(settlements: ItemSettlement[], on: LocalDate | null, amount: Decimal, cash: boolean): void {
  if (on !== null) settlements.push({ on, amount, cash });
}

function isCredit(row: ReceivableItemRow): boolean {
  return row.amount.startsWith('-');
}

function smaller(a: Big, b: Big): Big {
  return a.lt(b) ? a : b;
}

/** By day, then by key, so that equal days fall the same way in any order of arrival. */
function byDay(
  day: (row: ReceivableItemRow) => LocalDate | null,
): (x: ReceivableItemRow, y: ReceivableItemRow) => number {
  return (x, y) => {
    const [a, b] = [day(x) ?? '', day(y) ?? ''];
    if (a !== b) return a < b ? -1 : 1;
    return x.key < y.key ? -1 : 1;
  };
}
