import type { GroupLink } from '@syncline/credit';
import type { CreditRating, Decimal, LocalDate } from '@syncline/model';
import type { BalanceRow } from '@syncline/receivables';
import type { AccountRef, CustomerRow, ReceivableItemRow, SalesOrderRow } from '../reconcile/reconcile-store.port';
import type { EvidenceReads } from '../shared/balances/explain-balances';
import type { InputPosition } from '../shared/input-position';
import type { OutboxWriter } from '../shared/outbox.port';
import type { CreditState, StandingRow } from './credit-state.port';

export interface DatedRate {
  system: string;
  currency: string;
  validFrom: LocalDate;
  /** Units of `currency` for one unit of the system currency. */
  rate: Decimal;
}

/** All that a customer's rating is computed from. */
export interface CreditFacts {
  customer: CustomerRow;
  /** Items open now, and items posted or settled since `since`. */
  items: ReceivableItemRow[];
  openOrders: SalesOrderRow[];
  /**
   * The credit limits that its accounts in use hold today, one for each account whose system says one (profile
   * `creditLimit` not undefined), in their system's currency; null = unlimited. Sorted by system, then account key.
   */
  heldLimits: { system: string; limit: Decimal | null }[];
  /** Day of the customer's first invoice, whatever its age. */
  firstInvoicedOn: LocalDate | null;
  /** What the last evaluation of all customers found it worth, as the policy names it; null = not known. */
  valueLevel: string | null;
  /** The rating in force. */
  current: CreditRating | null;
}

/** What holding the systems' own balances against the view reads. */
export interface ReconciliationReads extends Pick<EvidenceReads, 'find' | 'referrers'> {
  /** All that systems report of these customers; deleted and incomplete ones are left out. */
  balances(customerIds: string[]): Promise<BalanceRow[]>;
  /** Of these accounts, at least the items of which something was open on the day or is later. */
  openSince(accounts: AccountRef[], day: LocalDate): Promise<ReceivableItemRow[]>;
}

/** Who belongs to whom, by what the accounts' own systems say, and who shares a limit by it. */
export interface GroupReads {
  /** Links from these customers to those that they belong to; a link to itself says nothing and is left out. */
  parentsOf(customerIds: string[]): Promise<GroupLink[]>;
  /** Links from those that belong to these customers. */
  membersOf(customerIds: string[]): Promise<GroupLink[]>;
  /** Those on whom, or on one merged into them, a group limit was ever approved, revoked ones and past ones too. */
  withGroupLimit(customerIds: string[]): Promise<string[]>;
}

export interface RateTx {
  facts(customerIds: string[], since: LocalDate): Promise<CreditFacts[]>;
  rates(): Promise<DatedRate[]>;
  reconciliation: ReconciliationReads;
  groups: GroupReads;
  /** One entry for each customer, in one read. */
  creditStates(customerIds: string[], asOf: LocalDate): Promise<CreditState[]>;
  saveStandings(rows: StandingRow[]): Promise<void>;
  /** Ratings are append-only; the newest version of a customer is in force. */
  saveRatings(ratings: CreditRating[]): Promise<void>;
  /** Notes that the customers were evaluated for this day. */
  markEvaluated(customerIds: string[], asOf: LocalDate): Promise<void>;
  outbox: OutboxWriter;
}

/** What a rating is made from. */
export type RateReads = Pick<RateTx, 'facts' | 'rates' | 'reconciliation' | 'groups' | 'creditStates'>;

export interface RateStore {
  /** Like ReconcileStore.transact, alone among rate transactions. */
  transact<T>(position: InputPosition | null, work: (tx: RateTx) => Promise<T>): Promise<T | undefined>;
  /** Reads what ratings are made from, without keeping the stage from its work. */
  read<T>(work: (tx: RateReads) => Promise<T>): Promise<T>;
  /** All customers that are rated, by id, at most `limit`, from after `after` on. */
  ratedCustomers(limit: number, after?: string): Promise<string[]>;
  /** Customers (active, to be rated) not yet evaluated for this day, by id, at most `limit`, from after `after` on. */
  dueForEvaluation(asOf: LocalDate, limit: number, after?: string): Promise<string[]>;
}

export const RATE_STORE = Symbol('RateStore');
