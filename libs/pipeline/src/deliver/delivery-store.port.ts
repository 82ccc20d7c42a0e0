import type { CreditRating, ErrorClass, Instant } from '@syncline/model';
import type { InputPosition } from '../shared/input-position';
import type { OutboxWriter } from '../shared/outbox.port';

export type DeliveryState = 'due' | 'running' | 'confirmed' | 'waiting_retry' | 'failed';

/** The level-triggered state of one target account: work until `confirmedVersion` = `desiredVersion`. */
export interface Delivery {
  target: string;
  customerId: string;
  /** Key of the account in the target's system. */
  accountKey: string;
  /** The code by which the target knows it. */
  accountCode: string | null;
  desiredVersion: number;
  confirmedVersion: number | null;
  state: DeliveryState;
  attempts: number;
  /** Of a running one: someone else may have written meanwhile, it is looked at again once it is confirmed. */
  nextAttemptAt: Instant | null;
  /**
   * Until then one worker has it; afterwards another may take it over. It also names the lease: a claim never gives
   * what the one before it gave, since it takes only what ended before it or stands further ahead than it may lease.
   */
  leasedUntil: Instant | null;
  errorCode: string | null;
  errorClass: ErrorClass | null;
  errorMessage: string | null;
  /** The adapter's observation that confirmed it, without personal data. */
  observed: Record<string, string | null> | null;
  updatedAt: Instant;
  confirmedAt: Instant | null;
}

export interface DesiredDelivery {
  target: string;
  customerId: string;
  accountKey: string;
  accountCode: string | null;
  desiredVersion: number;
}

/** One attempt, for the audit: what was there, what was asked for, what came out. */
export interface DeliveryAttempt {
  target: string;
  customerId: string;
  accountKey: string;
  version: number;
  at: Instant;
  outcome: string;
  before: Record<string, string | null> | null;
  after: Record<string, string | null> | null;
}

export interface DeliveryTx {
  /** Accounts of `system` that belong to each customer and are live there (active, not merged away); never the own company or staff. */
  accountsOf(
    customerIds: string[],
    system: string,
  ): Promise<{ customerId: string; key: string; code: string | null }[]>;
  /** The version of the rating in force of each customer that has one. */
  ratingVersions(customerIds: string[]): Promise<{ customerId: string; version: number }[]>;
  /**
   * Raises desired versions (never lowers) and makes those rows due; equal ones stay as they are. A row is named by
   * (target, account): an account that came to another customer keeps its row, which then belongs to that customer,
   * wants exactly `desiredVersion`, has nothing confirmed and is due. Rows of `scope` (its targets × its customers)
   * that `deliveries` doesn't name are removed: their accounts left.
   */
  desire(
    deliveries: DesiredDelivery[],
    at: Instant,
    scope: { targets: string[]; customerIds: string[] },
  ): Promise<void>;
  outbox: OutboxWriter;
}

/**
 * No delivery is put back or leased further than this: what stands further ahead was so before the clock was set back,
 * and is due. Who holds such a lease still finds before it writes, and when it is done, that it was taken over.
 */
export const FURTHEST_AHEAD_MS = 3_600_000;

export interface DeliveryStore {
  transact(position: InputPosition | null, work: (tx: DeliveryTx) => Promise<void>): Promise<void>;
  /** Leases up to `limit` deliveries of a target that are due at `at`, oldest first, together with their rating. */
  claim(
    target: string,
    limit: number,
    at: Instant,
    leaseUntil: Instant,
  ): Promise<{ delivery: Delivery; rating: CreditRating }[]>;
  /** Those of the claimed deliveries whose lease is still the one that they were claimed under. */
  held(deliveries: Delivery[]): Promise<Delivery[]>;
  /**
   * Writes outcomes; a row whose desired version grew meanwhile stays due. Audit and outbox in the same transaction.
   * `leasedUntil` is that of the claim: where the row has another one by now, the outcome is superseded and not
   * written. What its worker wrote to the target may have come after a newer rating, so the row is due again: a
   * confirmed one now, a running one once it is confirmed.
   * @param outbox is told whose outcome was written
   * @returns whose was superseded
   */
  complete(
    deliveries: Delivery[],
    attempts: DeliveryAttempt[],
    outbox: (writer: OutboxWriter, recorded: Delivery[]) => Promise<void>,
  ): Promise<Delivery[]>;
  /**
   * Makes deliveries due at once whatever their state, with attempts from 0: failed ones after someone acted,
   * confirmed ones to be checked for drift. Resolves to how many there were.
   */
  retry(keys: { target: string; accountKey: string }[], at: Instant): Promise<number>;
  /**
   * Up to `limit` customers that have a rating and live accounts in `system` without a delivery to `target`: what a
   * target that was added or enabled later begins with. None in steady state.
   */
  customersToBegin(target: string, system: string, limit: number): Promise<string[]>;
  /** Targets with due work at `at`, with how many and since when; see FURTHEST_AHEAD_MS. */
  due(at: Instant): Promise<{ target: string; count: number; oldest: Instant }[]>;
}

export const DELIVERY_STORE = Symbol('DeliveryStore');
