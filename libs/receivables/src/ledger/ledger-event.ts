import type { Decimal, LocalDate } from '@syncline/model';
import type { KnownTime } from './ledger-entry';

interface EventBase {
  /** Unique among the events of the ledger: the same id twice is one event. */
  id: string;
  /** Event date: when it is true in the business. */
  on: LocalDate;
  knownAt: KnownTime;
  /** The event that this one takes back because it was wrong, from that event's own date on. */
  corrects?: string | null;
}

/**
 * Sets a credit against a debit: a payment, a credit memo, an acceptance, or (with a supplier bill) netting. Counts
 * from the day on which both are posted.
 */
export interface ApplyEvent extends EventBase {
  type: 'apply';
  creditKey: string;
  debitKey: string;
  /** Above zero, in the debit's currency. */
  amount: Decimal;
  /** The same in the credit's currency; needed when the currencies differ. */
  creditAmount?: Decimal | null;
}

/** Takes an application back, in whole or in part: both sides are open again. */
export interface UnapplyEvent extends EventBase {
  type: 'unapply';
  applicationId: string;
  /** In the debit's currency; absent = what is left of the application. */
  amount?: Decimal | null;
}

/** The customer took a cash discount. It settles as far as the debit's terms allow it on that day. */
export interface DiscountEvent extends EventBase {
  type: 'discount';
  debitKey: string;
  amount: Decimal;
}

/** What is given up. Not cash, and an adverse event of its own. */
export interface WriteOffEvent extends EventBase {
  type: 'write_off';
  debitKey: string;
  amount: Decimal;
}

/** The ERP closed a debit and opened the rest as another entry, whose `rootKey` names it. */
export interface ResidualEvent extends EventBase {
  type: 'residual';
  debitKey: string;
  amount: Decimal;
}

/** A receipt that was not one: bounced by the bank, or entered by mistake. All it paid is open again. */
export interface ReversalEvent extends EventBase {
  type: 'reversal';
  creditKey: string;
  bounced: boolean;
}

/** The acceptance was paid at its maturity. */
export interface MaturedEvent extends EventBase {
  type: 'acceptance_matured';
  creditKey: string;
}

/** The acceptance was not paid: its invoices are owed again. */
export interface DishonouredEvent extends EventBase {
  type: 'acceptance_dishonoured';
  creditKey: string;
}

export interface DisputeOpenedEvent extends EventBase {
  type: 'dispute_opened';
  debitKey: string;
}

/** Upheld: the customer was right. Rejected: there never was a reason, and history is recomputed without it. */
export interface DisputeClosedEvent extends EventBase {
  type: 'dispute_closed';
  /** Id of the event that opened it. */
  disputeId: string;
  outcome: 'upheld' | 'rejected';
}

/** An exchange difference that the ERP posted, in the system currency, signed: positive is a gain. */
export interface ExchangeDifferenceEvent extends EventBase {
  type: 'exchange_difference';
  entryKey: string;
  kind: 'realised' | 'unrealised';
  amount: Decimal;
}

/** An entry that should not be there, without another in its place. */
export interface EntryVoidedEvent extends EventBase {
  type: 'entry_voided';
  entryKey: string;
}

/** Takes the event that it `corrects` back, without another in its place. */
export interface VoidEvent extends EventBase {
  type: 'event_voided';
}

/** Everything that can happen to the entries of a ledger. (Method, Receivables, ledger.) */
export type LedgerEvent =
  | ApplyEvent
  | UnapplyEvent
  | DiscountEvent
  | WriteOffEvent
  | ResidualEvent
  | ReversalEvent
  | MaturedEvent
  | DishonouredEvent
  | DisputeOpenedEvent
  | DisputeClosedEvent
  | ExchangeDifferenceEvent
  | EntryVoidedEvent
  | VoidEvent;

export type EventOf<T extends LedgerEvent['type']> = Extract<LedgerEvent, { type: T }>;
