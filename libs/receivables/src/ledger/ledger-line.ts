import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import type { LedgerItem, LedgerItemType, LedgerSettlement } from '../ledger-item';
import { paidOn } from './acceptances';
import type { Application, FailedCredits } from './applications';
import type { Dispute } from './disputes';
import { GroupedBy } from './grouped-by';
import type { KnownLedger } from './known-ledger';
import { isDebit, type LedgerEntry } from './ledger-entry';
import type { Reduction } from './reductions';

/** An entry as it stands on a day: what every other function of this library takes, and where it came from. */
export interface LedgerLine extends LedgerItem {
  key: string;
  entryType: LedgerEntry['type'];
  /** System currency for one unit of `currency` at which it stands in the books; null = booked in the system currency. */
  carryingRate: Decimal | null;
  /** Of a debit, in `currency`, positive: what lowered it other than credits. */
  discounted: Decimal;
  writtenOff: Decimal;
  /** Carried over to a residual entry. */
  carriedOver: Decimal;
  /** Of a debit, in `currency`, positive: set off against our own debts. */
  netted: Decimal;
  /** Gain (positive) or loss on what was settled, in the system currency: settled × (settlement − carrying rate). */
  realised: Decimal;
  /** A receipt that was reversed or an acceptance that was dishonoured: nothing of it is left. */
  failedOn: LocalDate | null;
}

/** What happened to the entries of a ledger up to a day. */
export interface Happened {
  applications: readonly Application[];
  reductions: readonly Reduction[];
  disputes: readonly Dispute[];
  matured: ReadonlyMap<string, LocalDate>;
  failed: FailedCredits;
}

/** One change of what is open of an entry. */
interface Change {
  id: string;
  /** Positive, in the entry's currency. */
  amount: Big;
  settlement: LedgerSettlement;
}

/** The lines of all entries posted up to `asOf` but supplier bills, which are no receivables; in the order of keys. */
export function ledgerLines(ledger: KnownLedger, asOf: LocalDate, happened: Happened): LedgerLine[] {
  const changes = changesByEntry(happened);
  const ofDebit: OfDebit = {
    applications: new GroupedBy(happened.applications, ({ debit }) => debit.key),
    reductions: new GroupedBy(happened.reductions, ({ debit }) => debit.key),
    disputes: new GroupedBy(happened.disputes, ({ debitKey }) => debitKey),
  };
  const lines: LedgerLine[] = [];
  for (const entry of ledger.entries.values()) {
    if (entry.postedOn > asOf || entry.type === 'supplier_bill') continue;
    const own = changes.of(entry.key);
    lines.push(isDebit(entry) ? debitLine(entry, own, ledger, ofDebit) : creditLine(entry, own, ledger, happened));
  }
  return lines;
}

/** What happened, by the debit that it happened to. */
interface OfDebit {
  applications: GroupedBy<Application>;
  reductions: GroupedBy<Reduction>;
  disputes: GroupedBy<Dispute>;
}

function changesByEntry({ applications, reductions, matured }: Happened): GroupedBy<Change> {
  const changes = new GroupedBy<Change>([], ({ id }) => id);
  const add = (key: string, id: string, amount: Big, settlement: Omit<LedgerSettlement, 'amount'>): void => {
    changes.add(key, { id, amount, settlement: { ...settlement, amount: canonicalDecimal(amount) } });
  };
  for (const { id, debit, credit, on, amount, creditAmount } of applications) {
    const paid = paidOn(credit, matured);
    const settlement = { on, cash: paid !== null, ...(paid !== null && paid !== on ? { paidOn: paid } : {}) };
    add(debit.key, id, amount, settlement);
    add(credit.key, id, creditAmount, settlement);
  }
  for (const { id, debit, on, amount } of reductions) add(debit.key, id, amount, { on, cash: false });
  return changes;
}

function debitLine(entry: LedgerEntry, changes: readonly Change[], ledger: KnownLedger, ofDebit: OfDebit): LedgerLine {
  const open = new Big(entry.amount).minus(totalOf(changes));
  if (open.lt(0)) ledger.findings.add('OVER_APPLIED', entry.key);
  const root = rootOf(entry, ledger);
  const own = ofDebit.applications.of(entry.key);
  const reductions = ofDebit.reductions.of(entry.key);
  const reduced = (type: Reduction['type']): Decimal => sum(reductions.filter((each) => each.type === type));
  if (root.dueOn && root.dueOn < (root.invoicedOn ?? root.postedOn))
    ledger.findings.add('DUE_BEFORE_INVOICE', entry.key);
  return {
    ...commonParts(entry, 'debit', open, changes),
    type: entry.type as LedgerItemType,
    dueOn: root.dueOn ?? null,
    invoicedOn: root.invoicedOn ?? root.postedOn,
    rootKey: root === entry ? null : root.key,
    ...disputeState(ofDebit.disputes.of(entry.key)),
    discounted: reduced('discount'),
    writtenOff: reduced('write_off'),
    carriedOver: reduced('residual'),
    netted: sum(own.filter(({ credit }) => credit.type === 'supplier_bill')),
    realised: realisedBy(own, entry),
    failedOn: null,
  };
}

function creditLine(
  entry: LedgerEntry,
  changes: readonly Change[],
  ledger: KnownLedger,
  happened: Happened,
): LedgerLine {
  const left = new Big(entry.amount).minus(totalOf(changes));
  if (left.lt(0)) ledger.findings.add('OVER_APPLIED', entry.key);
  const failedOn = happened.failed.get(entry.key) ?? null;
  const failure: Change[] =
    failedOn === null
      ? []
      : [{ id: '', amount: left, settlement: { on: failedOn, amount: canonicalDecimal(left), cash: false } }];
  const open = failedOn === null ? left.neg() : new Big(0);
  return {
    ...commonParts(entry, 'credit', open, [...changes, ...failure]),
    type: entry.type === 'credit_note' ? 'credit_note' : 'on_account',
    dueOn: null,
    invoicedOn: entry.invoicedOn ?? entry.postedOn,
    orderKey: entry.orderKey ?? null,
    rootKey: null,
    disputed: false,
    disputedOn: null,
    discounted: '0',
    writtenOff: '0',
    carriedOver: '0',
    netted: '0',
    realised: '0',
    failedOn,
  };
}

function commonParts(entry: LedgerEntry, side: 'debit' | 'credit', open: Big, changes: readonly Change[]) {
  const amount = canonicalDecimal(side === 'debit' ? entry.amount : new Big(entry.amount).neg());
  const days = changes.map(({ settlement }) => settlement.on).sort();
  const inOrder = [...changes].sort((a, b) =>
    a.settlement.on === b.settlement.on ? (a.id < b.id ? -1 : 1) : a.settlement.on < b.settlement.on ? -1 : 1,
  );
  return {
    key: entry.key,
    entryType: entry.type,
    currency: entry.currency,
    amount,
    openAmount: canonicalDecimal(open),
    postedOn: entry.postedOn,
    settledOn: open.eq(0) ? (days.at(-1) ?? null) : null,
    settlements: inOrder.map(({ settlement }) => settlement),
    invoiceKey: entry.invoiceKey ?? null,
    carryingRate: entry.bookingRate ? canonicalDecimal(entry.bookingRate) : null,
  };
}

/** The entry whose dates count: the first of a chain of residuals, as far as it is known. */
function rootOf(entry: LedgerEntry, ledger: KnownLedger): LedgerEntry {
  const seen = new Set([entry.key]);
  let root = entry;
  while (root.rootKey) {
    const next = ledger.entry(root.rootKey);
    if (!next || seen.has(next.key)) {
      ledger.findings.add('UNKNOWN_REFERENCE', entry.key);
      return root;
    }
    seen.add(next.key);
    root = next;
  }
  return root;
}

/** Disputed while one is open; the shield runs from the first that was not rejected, so that a second adds nothing. */
function disputeState(disputes: readonly Dispute[]): { disputed: boolean; disputedOn: LocalDate | null } {
  const serious = disputes.filter(({ status }) => status !== 'rejected');
  const days = serious.map(({ openedOn }) => openedOn).sort();
  return { disputed: serious.some(({ status }) => status === 'open'), disputedOn: days[0] ?? null };
}

function realisedBy(applications: readonly Application[], debit: LedgerEntry): Decimal {
  let realised = new Big(0);
  for (const { amount, creditAmount, credit } of applications) {
    const received = creditAmount.times(credit.bookingRate ?? 1);
    realised = realised.plus(received).minus(amount.times(debit.bookingRate ?? 1));
  }
  return canonicalDecimal(realised);
}

function totalOf(parts: readonly { amount: Big }[]): Big {
  return parts.reduce((total, { amount }) => total.plus(amount), new Big(0));
}

function sum(parts: readonly { amount: Big }[]): Decimal {
  return canonicalDecimal(totalOf(parts));
}
