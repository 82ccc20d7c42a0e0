import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import { acceptancesOn, maturities, type Acceptance } from './acceptances';
import { applicationsOn, failedCredits, later, type Application, type FailedCredits } from './applications';
import { disputesOn, type Dispute } from './disputes';
import { GroupedBy } from './grouped-by';
import { isKnown, knownLedger, type KnownLedger } from './known-ledger';
import type { KnownTime, LedgerEntry } from './ledger-entry';
import type { LedgerEvent } from './ledger-event';
import type { LedgerFinding } from './ledger-finding';
import { ledgerLines, type LedgerLine } from './ledger-line';
import { reductionsOn, type Reduction } from './reductions';

/** A period of the books that was closed: what becomes known of it later is told, and counts. */
export interface PeriodClosing {
  /** Last day of what is closed. */
  through: LocalDate;
  /** When it was closed. */
  at: KnownTime;
}

export interface LedgerQuestion {
  /** End of this day in the business. */
  asOf: LocalDate;
  /** By what was known at this time (inclusive; a day means its end). */
  knownAt: KnownTime;
  closings?: readonly PeriodClosing[];
}

/** Something that speaks against a customer by itself. */
export interface AdverseEvent {
  id: string;
  type: 'write_off' | 'bounced' | 'dishonoured';
  on: LocalDate;
  /** The debit written off, or the credit that came to nothing. */
  key: string;
  currency: string;
  amount: Decimal;
}

/** What we owe the customer ourselves and could net. */
export interface Payable {
  key: string;
  currency: string;
  amount: Decimal;
  openAmount: Decimal;
  dueOn: LocalDate | null;
}

/** An exchange difference that the ERP posted. */
export interface PostedDifference {
  id: string;
  key: string;
  kind: 'realised' | 'unrealised';
  on: LocalDate;
  amount: Decimal;
}

/** A ledger as of a day, by what was known at a time. Lists are in a canonical order. */
export interface Ledger {
  asOf: LocalDate;
  /** All receivables and credits posted by then, open or not; Σ openAmount is what the customer owes on balance. */
  lines: LedgerLine[];
  /** Held, matured and dishonoured. */
  acceptances: Acceptance[];
  disputes: Dispute[];
  payables: Payable[];
  adverse: AdverseEvent[];
  exchangeDifferences: PostedDifference[];
  findings: LedgerFinding[];
}

/**
 * The ledger as of a day by what was known at a time: a pure fold over entries and events. Neither the order in which
 * they are given nor repetition changes it; what becomes known later never changes an earlier answer; what happens
 * later in the business changes the past only as a correction or a rejected dispute does. Amounts are in the
 * currencies of the entries and not clamped: an over-application shows, with a finding. (Method, Receivables, ledger.)
 */
export function ledgerAsOf(
  entries: Iterable<LedgerEntry>,
  events: Iterable<LedgerEvent>,
  { asOf, knownAt, closings = [] }: LedgerQuestion,
): Ledger {
  const known = knownLedger(entries, events, knownAt);
  const failed = failedCredits(known, asOf);
  const matured = maturities(known, asOf);
  const applications = applicationsOn(known, asOf, failed);
  const reductions = reductionsOn(known, asOf);
  const disputes = disputesOn(known, asOf);
  const lines = ledgerLines(known, asOf, { applications, reductions, disputes, matured, failed });
  tellClosedPeriods(known, closings);
  return {
    asOf,
    lines,
    acceptances: acceptancesOn(known, asOf, matured, failed),
    disputes,
    payables: payablesOn(known, asOf, applications),
    adverse: adverseEvents(known, asOf, reductions, failed),
    exchangeDifferences: differencesOn(known, asOf),
    findings: known.findings.list(),
  };
}

/** The lines with something open. */
export function openLines({ lines }: Ledger): LedgerLine[] {
  return lines.filter(({ openAmount }) => openAmount !== '0');
}

/** Credits set against nothing yet, deposits among them. */
export function unappliedCredits({ lines }: Ledger): LedgerLine[] {
  return lines.filter(({ openAmount }) => openAmount.startsWith('-'));
}

function payablesOn(known: KnownLedger, asOf: LocalDate, applications: readonly Application[]): Payable[] {
  const bills = [...known.entries.values()].filter(
    ({ type, postedOn }) => type === 'supplier_bill' && postedOn <= asOf,
  );
  const ofBill = new GroupedBy(applications, ({ credit }) => credit.key);
  return bills.map(({ key, currency, amount, dueOn }) => {
    const open = ofBill.of(key).reduce((left, { creditAmount }) => left.minus(creditAmount), new Big(amount));
    if (open.lt(0)) known.findings.add('OVER_APPLIED', key);
    return {
      key,
      currency,
      amount: canonicalDecimal(amount),
      openAmount: canonicalDecimal(open),
      dueOn: dueOn ?? null,
    };
  });
}

function adverseEvents(
  known: KnownLedger,
  asOf: LocalDate,
  reductions: readonly Reduction[],
  failed: FailedCredits,
): AdverseEvent[] {
  const adverse: AdverseEvent[] = reductions
    .filter(({ type }) => type === 'write_off')
    .map(({ id, on, debit, amount }) => ({
      id,
      type: 'write_off',
      on,
      key: debit.key,
      currency: debit.currency,
      amount: canonicalDecimal(amount),
    }));
  const told = new Set<string>();
  for (const event of known.events) {
    const isBounce = event.type === 'reversal' && event.bounced;
    if (!isBounce && event.type !== 'acceptance_dishonoured') continue;
    const credit = known.entry(event.creditKey);
    const on = credit && failed.get(credit.key);
    if (!credit || !on || event.on > asOf || told.has(credit.key)) continue;
    told.add(credit.key);
    const { key, currency, amount } = credit;
    adverse.push({ id: event.id, type: isBounce ? 'bounced' : 'dishonoured', on, key, currency, amount });
  }
  return adverse.sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
}

function differencesOn(known: KnownLedger, asOf: LocalDate): PostedDifference[] {
  const found: PostedDifference[] = [];
  for (const event of known.events) {
    if (event.type !== 'exchange_difference') continue;
    const entry = known.entry(event.entryKey);
    if (!entry) known.findings.add('UNKNOWN_REFERENCE', event.id);
    else if (later(event.on, entry.postedOn) <= asOf) {
      const { id, kind, on } = event;
      found.push({ id, key: entry.key, kind, on, amount: canonicalDecimal(event.amount) });
    }
  }
  return found;
}

function tellClosedPeriods(known: KnownLedger, closings: readonly PeriodClosing[]): void {
  const tell = (id: string, on: LocalDate, knownAt: KnownTime): void => {
    const late = closings.some(({ through, at }) => on <= through && !isKnown(knownAt, at));
    if (late) known.findings.add('CLOSED_PERIOD', id);
  };
  for (const entry of known.entries.values()) tell(entry.key, entry.postedOn, entry.knownAt);
  for (const event of known.events) tell(event.id, event.on, event.knownAt);
}
