import type { Decimal, Instant, LocalDate } from '@syncline/model';

/** When Syncline learnt something: a day (its begin) or an instant; compares as text. */
export type KnownTime = LocalDate | Instant;

/** What is owed. A residual is an invoice line with a root. */
export const DEBIT_TYPES = ['invoice', 'debit_memo'] as const;
/** What can be set against it. A supplier bill is our own debt: it nets, and is no receivable. */
export const CREDIT_TYPES = [
  'credit_note',
  'receipt',
  'bank_acceptance',
  'commercial_acceptance',
  'supplier_bill',
] as const;

export type DebitType = (typeof DEBIT_TYPES)[number];
export type CreditType = (typeof CREDIT_TYPES)[number];

/** A cash discount that the terms offer. */
export interface DiscountTerms {
  /** Last day on which it may be taken. */
  until: LocalDate;
  /** The most that may be taken, in the entry's currency. */
  amount: Decimal;
}

/**
 * One line of the append-only ledger as it was posted. It never changes: what happens to it are events, and what was
 * wrong is corrected by another entry that names it. An instalment is an entry of its own, with its own due date.
 * (Method, Receivables, ledger.)
 */
export interface LedgerEntry {
  /** Unique among the entries of the ledger. */
  key: string;
  type: DebitType | CreditType;
  /** ISO 4217, the currency of the document. */
  currency: string;
  /** Above zero, in `currency`; the type says on which side it stands. */
  amount: Decimal;
  /** Event date: from this day on it is in the ledger. */
  postedOn: LocalDate;
  knownAt: KnownTime;
  /** Due date of a debit, maturity of an acceptance; absent for other credits. */
  dueOn?: LocalDate | null;
  /** Invoice date where it is not the posting day. */
  invoicedOn?: LocalDate | null;
  /** The document that it is a line of; instalments share it. */
  invoiceKey?: string | null;
  /** The entry that this one is the unpaid rest of: it is aged on the root's dates. */
  rootKey?: string | null;
  /** Of a receipt: the order that it is a deposit for. */
  orderKey?: string | null;
  discount?: DiscountTerms | null;
  /** System currency for one unit of `currency` on the booking day; absent = `currency` is the system currency. */
  bookingRate?: Decimal | null;
  /** The entry that this one replaces because it was wrong. */
  corrects?: string | null;
}

export function isDebit(entry: LedgerEntry): boolean {
  return (DEBIT_TYPES as readonly string[]).includes(entry.type);
}

export function isAcceptance(entry: LedgerEntry): boolean {
  return entry.type === 'bank_acceptance' || entry.type === 'commercial_acceptance';
}
