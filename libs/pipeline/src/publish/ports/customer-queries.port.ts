import type { AlertRule, CustomerClass, Stage } from '@syncline/analytics';
import type { Decimal, FieldValue, Hold, Instant, LocalDate, RecordId, RecordOrigin } from '@syncline/model';
import type { AccountRow, CustomerRow, ReceivableItemRow, SalesOrderRow } from '../../reconcile/reconcile-store.port';
import type { DatedRate } from '../../rate/rate-store.port';
import type { CursorValues } from '../paging/cursor';

export const CUSTOMER_SORTS = ['name', 'open_total', 'exposure', 'score', 'grade'] as const;
export type CustomerSort = (typeof CUSTOMER_SORTS)[number];

export interface CustomerFilter {
  /** Part of the name, or of the code or name of an account; any case. */
  q?: string;
  grades?: readonly string[];
  hold?: Hold;
  /** Has an account in this system. */
  system?: string;
  /** Open total (credits taken off) of the customer's first currency. */
  minOpen?: Decimal;
  maxOpen?: Decimal;
  /** Has (true) or has not (false) an open debit item that is past its due date on `asOf`. */
  isOverdue?: boolean;
  hasRating?: boolean;
  /** Of the daily evaluation: value level, stage in force, an alert that holds, one of the key accounts or not. */
  level?: string;
  stage?: Stage;
  alarm?: AlertRule;
  isKeyAccount?: boolean;
  /** A person's word on it, else what the daily evaluation found. */
  customerClass?: CustomerClass;
  isLossMaking?: boolean;
  /** The chance that it still buys is at most this, 0 to 1. */
  maxPAlive?: Decimal;
}

export interface CustomerPage {
  filter: CustomerFilter;
  sort: CustomerSort;
  descending: boolean;
  /** Only rows after the one that had this place. */
  after: CursorValues | null;
  limit: number;
  /** For `isOverdue`. */
  asOf: LocalDate;
  /** For sorting by grade: the grades of the policy in force, the best first. */
  grades: readonly string[];
}

export interface CustomerListRow {
  customer: CustomerRow;
  grade: string | null;
  hold: Hold | null;
  /** null = unlimited or not rated. */
  limit: Decimal | null;
  limitCurrency: string | null;
  termDays: number | null;
  score: Decimal | null;
  /** Open items and uninvoiced orders of the customer's first currency. */
  exposure: Decimal;
  exposureCurrency: string | null;
  ratingVersion: number | null;
  /** Of the daily evaluation; null and none before the first one. */
  valueLevel: string | null;
  stage: Stage | null;
  alerts: string[];
  /** Place of the row in the chosen order, to be given back as `after`. */
  place: CursorValues;
}

/** Open opportunities or service cases of a customer, and how many there are at all. */
export interface CaseCounts {
  opportunities: { open: number; total: number };
  serviceCases: { open: number; total: number };
}

/** Where a record's present content came from. */
export interface RecordProvenance extends RecordId {
  version: string;
  deleted: boolean;
  fields: Record<string, FieldValue>;
  refs: Record<string, string | null>;
  origin: RecordOrigin;
}

/** What the API reads of customers. Customers that are no customers (own company, staff) are in no list. */
export interface CustomerQueries {
  /** Active customers in the order of (sort value, id); those without a sort value come last. */
  page(page: CustomerPage): Promise<CustomerListRow[]>;
  find(id: string): Promise<CustomerRow | undefined>;
  customerOfAccount(system: string, key: string): Promise<string | undefined>;
  accounts(customerId: string): Promise<AccountRow[]>;
  caseCounts(customerId: string): Promise<CaseCounts>;
}

/** The documents of a customer. */
export interface DocumentQueries {
  /** All items of the customer's accounts that count; only those open today when `openOnly`. */
  items(customerId: string, openOnly: boolean): Promise<ReceivableItemRow[]>;
  /**
   * The same as they were known at a moment. Which accounts are the customer's is what is known today: one customer's
   * past is asked for, not that of a set of accounts.
   */
  itemsKnownAt(customerId: string, knownAt: Instant): Promise<ReceivableItemRow[]>;
  /** From when on it is kept what was known; null = nothing is. */
  knownSince(): Promise<Instant | null>;
  /** Orders by (day, system, key), the newest first; only those with an open amount when `openOnly`. */
  orders(customerId: string, openOnly: boolean): Promise<SalesOrderRow[]>;
  /** Those of the systems that ever told of a delivery: of the others nothing can be said of what was delivered. */
  tellDeliveries(systems: readonly string[]): Promise<ReadonlySet<string>>;
  /** All dated exchange rates, each of its system. */
  exchangeRates(): Promise<DatedRate[]>;
}

export const CUSTOMER_QUERIES = Symbol('CustomerQueries');
export const DOCUMENT_QUERIES = Symbol('DocumentQueries');
