import type { Decimal, LocalDate } from '@syncline/model';

/** What a ledger line is. A debit memo is a debit without an invoice (a bounced receipt, a refund). Both payment types are credits. */
export type LedgerItemType = 'invoice' | 'debit_memo' | 'credit_note' | 'part_payment' | 'on_account';

/** Cash or credit that settled a part of an item. The amount is positive. */
export interface LedgerSettlement {
  on: LocalDate;
  amount: Decimal;
  /** Money came in; credit notes, write-offs and netting are not cash and say nothing about paying. */
  cash: boolean;
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
}

export interface OpenOrderLine {
  unitPrice: Decimal;
  delivered: Decimal;
  invoiced: Decimal;
}

/** The uninvoiced rest of an order, without tax. */
export interface OpenOrder {
  currency: string;
  orderedOn: LocalDate | null;
  /** Day on which it is to be delivered, where known. */
  expectedOn?: LocalDate | null;
  /** Ordered and not yet invoiced, without tax. */
  openAmount: Decimal;
  /** With tax / without tax. */
  grossFactor: Decimal;
  /** Paid in advance for this order, with tax. */
  deposit?: Decimal;
  lines: readonly OpenOrderLine[];
}
