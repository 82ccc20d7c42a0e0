import type { Decimal, LocalDate } from '@syncline/model';
import type { LedgerItem } from '@syncline/receivables';
import type { CustomerClass } from './customer-class';

/** A ledger item with the system whose rates convert it. */
export interface HistoryItem extends LedgerItem {
  system: string;
}

export interface HistoryOrderLine {
  unitPrice: Decimal;
  /** Quantity that was invoiced; negative for a return. */
  invoiced: Decimal;
  /** Cost of one unit in the order's currency, where the system tells it. */
  unitCost?: Decimal | null;
}

export interface HistoryOrder {
  system: string;
  currency: string;
  /** Draft, quotation and cancelled orders are no purchases. */
  state: string;
  orderedOn: LocalDate | null;
  lines: readonly HistoryOrderLine[];
}

/** What the systems tell of one customer. Documents may reach beyond the evaluated day: they are left out. */
export interface CustomerHistory {
  customerId: string;
  /** Days with a purchase, rising, each once: orders, or invoices where no order is known. */
  purchaseDays: readonly LocalDate[];
  /** Items open now, and those posted or settled in the last `HISTORY_DAYS`. */
  items: readonly HistoryItem[];
  /** Orders of the last `HISTORY_DAYS`. */
  orders: readonly HistoryOrder[];
  /** Opportunities and service cases opened in the last 12 months. */
  consultations: number;
  /** As account records say it, in the unit of their system; null = nobody says it. */
  industryPosition: number | null;
  satisfaction: number | null;
  /** Grade of the credit rating in force. */
  grade: string | null;
  /** What a person decided its class to be. */
  classOverride: CustomerClass | null;
}

/** How far back documents are needed: 24 full months before the running one, and some days. */
export const HISTORY_DAYS = 780;

/** States of orders that are purchases. */
export const PURCHASE_STATES: readonly string[] = ['confirmed', 'processing', 'done'];
