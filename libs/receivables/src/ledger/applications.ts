import { Big, type LocalDate } from '@syncline/model';
import { isDebit, type LedgerEntry } from './ledger-entry';
import type { ApplyEvent } from './ledger-event';
import type { KnownLedger } from './known-ledger';

/** A credit set against a debit, as it stands on a day. */
export interface Application {
  id: string;
  debit: LedgerEntry;
  credit: LedgerEntry;
  /** From when it counts: not before both sides are posted. */
  on: LocalDate;
  /** What is left of it, in the debit's currency. */
  amount: Big;
  /** The same in the credit's currency. */
  creditAmount: Big;
}

/** Credits that came to nothing by a day: key → the day. */
export type FailedCredits = ReadonlyMap<string, LocalDate>;

/** Receipts reversed and acceptances dishonoured up to `asOf`; of several such events the first counts. */
export function failedCredits(ledger: KnownLedger, asOf: LocalDate): FailedCredits {
  const failed = new Map<string, LocalDate>();
  for (const event of ledger.events) {
    if (event.type !== 'reversal' && event.type !== 'acceptance_dishonoured') continue;
    const credit = ledger.entry(event.creditKey);
    if (!credit) ledger.findings.add('UNKNOWN_REFERENCE', event.id);
    else if (isDebit(credit)) ledger.findings.add('WRONG_SIDE', event.id);
    else {
      const on = later(event.on, credit.postedOn);
      if (on <= asOf && !failed.has(credit.key)) failed.set(credit.key, on);
    }
  }
  return failed;
}

/** The applications that count on `asOf`, in the order of their days and ids; those without a rest are left out. */
export function applicationsOn(ledger: KnownLedger, asOf: LocalDate, failed: FailedCredits): Application[] {
  const applications = new Map<string, Application>();
  for (const event of ledger.events) {
    if (event.type !== 'apply') continue;
    const application = applicationOf(event, ledger, failed);
    if (application && application.on <= asOf) applications.set(event.id, application);
  }
  takeBack(applications, ledger, asOf);
  return [...applications.values()]
    .filter(({ amount, credit }) => amount.gt(0) && !failed.has(credit.key))
    .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
}

function applicationOf(event: ApplyEvent, ledger: KnownLedger, failed: FailedCredits): Application | null {
  const debit = ledger.entry(event.debitKey);
  const credit = ledger.entry(event.creditKey);
  const { findings } = ledger;
  if (!debit || !credit) findings.add('UNKNOWN_REFERENCE', event.id);
  else if (!isDebit(debit) || isDebit(credit)) findings.add('WRONG_SIDE', event.id);
  else if (debit.currency !== credit.currency && !event.creditAmount) findings.add('CURRENCY_MISMATCH', event.id);
  else {
    if (event.on < debit.postedOn) findings.add('SETTLED_BEFORE_INVOICE', event.id);
    const on = later(event.on, later(debit.postedOn, credit.postedOn));
    if (on > (failed.get(credit.key) ?? on)) findings.add('APPLIED_AFTER_REVERSAL', event.id);
    const amount = new Big(event.amount);
    const creditAmount = debit.currency === credit.currency ? amount : new Big(event.creditAmount!);
    return { id: event.id, debit, credit, on, amount, creditAmount };
  }
  return null;
}

/** Lowers applications by what was unapplied up to `asOf`, at most to nothing; the credit's side in proportion. */
function takeBack(applications: Map<string, Application>, ledger: KnownLedger, asOf: LocalDate): void {
  const known = new Set(ledger.events.flatMap((event) => (event.type === 'apply' ? [event.id] : [])));
  for (const event of ledger.events) {
    if (event.type !== 'unapply') continue;
    const id = ledger.eventId(event.applicationId);
    if (!known.has(id)) ledger.findings.add('UNKNOWN_REFERENCE', event.id);
    const application = applications.get(id);
    if (!application || event.on > asOf) continue;
    const { amount, creditAmount } = application;
    const back = event.amount && amount.gt(event.amount) ? new Big(event.amount) : amount;
    application.amount = amount.minus(back);
    application.creditAmount = application.amount.eq(0)
      ? new Big(0)
      : amount.eq(creditAmount)
        ? application.amount
        : creditAmount.times(application.amount).div(amount).round(4, Big.roundHalfUp);
  }
}

export function later(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? b : a;
}
