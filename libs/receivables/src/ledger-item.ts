import type { Decimal, LocalDate } from '@syncline/model';

/** What a ledger line is. A debit memo is a debit without an invoice (a bounced receipt, a refund). Both payment types are credits. */
export type LedgerItemType = 'invoice' | 'debit_memo' | 'credit_note' | 'part_payment' | 'on_account';

/** Cash or credit that settled a part of an item. The amount is positive. */
export interface LedgerSettlement {
  on: LocalDate;
  amount: Decimal;
  /** Money came in; credit notes, write-offs and netting are not cash and say nothing about paying. */
  cash: boolean;
  /** When the money came, where that is not `on`: cash applied later, an acceptance paid at maturity. */
  paidOn?: LocalDate | null;
}

/**
 * One due-date line of the ledger: owed when positive, in credit when negative. The rows of the store have at
 * least these fields. All items given to one function are in one currency, unless it says otherwise.
 */
export interface LedgerItem {
  type: LedgerItemType;
  currency: string;
  amount: Decimal;
  /** What is open by the latest that is known. */
  openAmount: Decimal;
  postedOn: LocalDate | null;
  dueOn: LocalDate | null;
  settledOn: LocalDate | null;
  disputed: boolean;
  /** First day of the dispute, where known; see `overdueFacts`. */
  disputedOn?: LocalDate | null;
  settlements: readonly LedgerSettlement[];
  /** Ties a part payment to the invoice that it is set against. */
  invoiceKey?: string | null;
  /** Invoice date, where it is not the posting day. */
  invoicedOn?: LocalDate | null;
  /** Of the unpaid rest of another item: that item. Its dates are the root's, and it is no new sale. */
  rootKey?: string | null;
  /** Of cash on account: the order that it is a deposit for. */
  orderKey?: string | null;
}

/** The day that an item was invoiced on: the base of aging by invoice date and of days to pay. */
export function invoiceDate(item: LedgerItem): LocalDate | null {
  return item.invoicedOn ?? item.postedOn;
}

export interface OpenOrderLine {
  unitPrice: Decimal;
  delivered: Decimal;
  invoiced: Decimal;
}

/** The uninvoiced rest of an order, without tax. */
export interface OpenOrder {
  /** Ties deposits to it. */
  key?: string;
  currency: string;
  orderedOn: LocalDate | null;
  /** Day on which it is to be delivered, where known. */
  expectedOn?: LocalDate | null;
  /** Ordered and not yet invoiced, without tax. */
  openAmount: Decimal;
  /** With tax / without tax. */
  grossFactor: Decimal;
  /** Paid in advance for this order, with tax, and not among the items given with it. */
  deposit?: Decimal;
  lines: readonly OpenOrderLine[];
}
