import type { Decimal, LocalDate } from '@syncline/model';
import { later, type FailedCredits } from './applications';
import { isAcceptance, type LedgerEntry } from './ledger-entry';
import type { KnownLedger } from './known-ledger';

/** A bank or commercial acceptance (承兑汇票) as it stands on a day. */
export interface Acceptance {
  key: string;
  type: 'bank_acceptance' | 'commercial_acceptance';
  currency: string;
  amount: Decimal;
  receivedOn: LocalDate;
  maturesOn: LocalDate | null;
  /** Held until an event says that it was paid or dishonoured; the maturity date alone says nothing. */
  status: 'held' | 'matured' | 'dishonoured';
  /** Day of the event that ended it. */
  endedOn: LocalDate | null;
}

/** Days on which acceptances were paid, up to `asOf`; of several such events the first counts. */
export function maturities(ledger: KnownLedger, asOf: LocalDate): Map<string, LocalDate> {
  const matured = new Map<string, LocalDate>();
  for (const event of ledger.events) {
    if (event.type !== 'acceptance_matured') continue;
    const entry = ledger.entry(event.creditKey);
    if (!entry) ledger.findings.add('UNKNOWN_REFERENCE', event.id);
    else if (!isAcceptance(entry)) ledger.findings.add('WRONG_SIDE', event.id);
    else {
      const on = later(event.on, entry.postedOn);
      if (on <= asOf && !matured.has(entry.key)) matured.set(entry.key, on);
    }
  }
  return matured;
}

/** The acceptances received up to `asOf`. One that was dishonoured is not matured, whatever else is said of it. */
export function acceptancesOn(
  ledger: KnownLedger,
  asOf: LocalDate,
  matured: ReadonlyMap<string, LocalDate>,
  failed: FailedCredits,
): Acceptance[] {
  const entries = [...ledger.entries.values()].filter((entry) => isAcceptance(entry) && entry.postedOn <= asOf);
  return entries.map((entry) => {
    const dishonouredOn = failed.get(entry.key);
    const maturedOn = matured.get(entry.key);
    const status = dishonouredOn !== undefined ? 'dishonoured' : maturedOn !== undefined ? 'matured' : 'held';
    return {
      key: entry.key,
      type: entry.type as Acceptance['type'],
      currency: entry.currency,
      amount: entry.amount,
      receivedOn: entry.postedOn,
      maturesOn: entry.dueOn ?? null,
      status,
      endedOn: dishonouredOn ?? maturedOn ?? null,
    };
  });
}

/**
 * When the money of a credit came, or null while it has not or never will. A receipt is money on its day, a bank
 * acceptance too: the bank owes it. A commercial one is a promise of the customer until it is paid. Credit memos and
 * netting are not cash. (Method, Receivables, ledger.)
 */
export function paidOn(credit: LedgerEntry, matured: ReadonlyMap<string, LocalDate>): LocalDate | null {
  if (credit.type === 'receipt' || credit.type === 'bank_acceptance') return credit.postedOn;
  return credit.type === 'commercial_acceptance' ? (matured.get(credit.key) ?? null) : null;
}
