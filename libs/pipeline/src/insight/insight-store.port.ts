import type { BgNbdParameters, CurvePoint, CustomerClass, CustomerHistory, CustomerInsight } from '@syncline/analytics';
import type { Decimal, Instant, LocalDate } from '@syncline/model';
import type { DatedRate } from '../rate/rate-store.port';
import type { OutboxWriter } from '../shared/outbox.port';

/** How much there is to evaluate: tells whether it grew since. */
export interface InsightExtent {
  /** Customers that are rated. */
  customers: number;
  /** Ledger items and orders of all customers. */
  documents: number;
}

/** A whole evaluation, and what it found out about all customers together. Amounts in `currency`. */
export interface InsightRun {
  asOf: LocalDate;
  /** Before anything was read: what came later is not in it. */
  startedAt: Instant;
  completedAt: Instant;
  extent: InsightExtent;
  currency: string;
  /** Customers that ever bought. */
  buyers: number;
  /** Times in days; null = not enough is known for P(alive). */
  pAlive: BgNbdParameters | null;
  keyAccounts: { total: Decimal; count: number; share: number; curve: CurvePoint[] };
}

/** A person's word on the class of a customer. */
export interface ClassOverride {
  customerId: string;
  class: CustomerClass;
  reason: string;
  decidedBy: string;
  decidedAt: Instant;
}

/** What is kept of somebody who is no customer any more. */
export interface GoneCustomer {
  insight: CustomerInsight;
  /** The customer that it was merged into, over any number of merges; null = none. */
  mergedInto: string | null;
}

export interface InsightTx {
  /** What is kept of these customers. */
  load(customerIds: string[]): Promise<CustomerInsight[]>;
  save(insights: CustomerInsight[]): Promise<void>;
  remove(customerIds: string[]): Promise<void>;
  /** Has the customers rated again by the calendar: something that their limit depends on changed. */
  rateAgain(customerIds: string[]): Promise<void>;
  /** Replaces the run of that day. */
  saveRun(run: InsightRun): Promise<void>;
  outbox: OutboxWriter;
}

/** What people ask of the calendar. */
export interface InsightRequests {
  /** When somebody last asked for an evaluation of this day. */
  requestedAt(asOf: LocalDate): Promise<Instant | undefined>;
  /** Asks for an evaluation of a day, instead of what was asked before. */
  request(asOf: LocalDate, at: Instant): Promise<void>;
}

export interface InsightStore extends InsightRequests {
  /** Runs alone among all evaluations on this store; resolves to null when another one is under way. */
  exclusively<T>(work: () => Promise<T>): Promise<T | null>;
  extent(): Promise<InsightExtent>;
  /** The run of the latest day. */
  lastRun(): Promise<InsightRun | undefined>;
  /** Customers (active, to be rated) by id, at most `limit`, from after `after` on. */
  customers(limit: number, after: string): Promise<string[]>;
  /** What is known of these customers; documents since `since`, consultations since `consultedSince`, to `asOf`. */
  histories(
    customerIds: string[],
    days: { asOf: LocalDate; since: LocalDate; consultedSince: LocalDate },
  ): Promise<CustomerHistory[]>;
  rates(): Promise<DatedRate[]>;
  /** Of whom something is kept, though they are no customers (any more), by id, from after `after` on; at most `limit`. */
  gone(limit: number, after: string): Promise<GoneCustomer[]>;
  /**
   * Runs `work` in one transaction, alone among those of insight and of rate: no rating under way misses what it is
   * made due for.
   */
  transact<T>(work: (tx: InsightTx) => Promise<T>): Promise<T>;
}

export const INSIGHT_STORE = Symbol('InsightStore');
export const INSIGHT_REQUESTS = Symbol('InsightRequests');
