import type { CreditOverride, CreditStanding, OverrideStatus } from '@syncline/credit';
import type { Instant, LocalDate } from '@syncline/model';

/** What a customer's rating of a day starts from, besides its documents. */
export interface CreditState {
  customerId: string;
  /** Where the days before left it; null = nowhere yet. */
  opening: CreditStanding | null;
  /** Where this day left it so far; null = as the days before did. */
  today: CreditStanding | null;
  /**
   * Approved ones that begin on this day at the latest and end on it at the earliest, in no order: its own, and those
   * of the customers that were merged into it, over however many steps.
   */
  overrides: CreditOverride[];
}

/** Where a day leaves a customer. Rating the day again replaces it; other days keep theirs. */
export interface StandingRow {
  customerId: string;
  asOf: LocalDate;
  standing: CreditStanding;
}

/** People's decisions on credit. Nothing is deleted; a decision is changed once, by the next status. */
export interface OverrideStore {
  find(id: string): Promise<CreditOverride | undefined>;
  /** Its own and those of the customers that were merged into it, the newest first. */
  ofCustomer(customerId: string): Promise<CreditOverride[]>;
  /** Of a status, the newest first, at most `limit`. */
  withStatus(status: OverrideStatus, limit: number): Promise<CreditOverride[]>;
  /** Adds it; the customer, or the one that it was merged into, is rated again if it is approved. @throws STORE_… when the id exists */
  add(override: CreditOverride): Promise<void>;
  /**
   * Replaces it if its status is still `from`, and has the customer, or the one that it was merged into, rated again. False: somebody was faster, or there
   * is none; nothing was changed.
   */
  change(override: CreditOverride, from: OverrideStatus): Promise<boolean>;
}

/**
 * - `accepted`: it takes effect at its date
 * - `waiting`: too many customers would move; an administrator has to approve it first
 * - `refused`: an administrator refused it
 */
export type PolicyStatus = 'accepted' | 'waiting' | 'refused';

/** How many customers a policy would move, when it was examined. */
export interface PolicyImpact {
  asOf: LocalDate;
  customers: number;
  moved: number;
  better: number;
  worse: number;
}

/** A policy that the installation was given, and what became of it. */
export interface StoredPolicy {
  /** Of its content: comments and the order of its lines don't matter. */
  digest: string;
  id: string;
  version: number;
  effectiveFrom: LocalDate;
  /** The file as it was. */
  text: string;
  file: string;
  status: PolicyStatus;
  /** When it was last put in place; of two that are in effect, the one put in place later counts. */
  registeredAt: Instant;
  /** When all customers were last told to be rated by it; null = never. */
  appliedAt: Instant | null;
  impact: PolicyImpact | null;
  /** Who approved or refused it; null = nobody had to. */
  decidedBy: string | null;
  decidedAt: Instant | null;
}

/** Every policy that there was; ratings name them. */
export interface PolicyStore {
  list(): Promise<StoredPolicy[]>;
  /** Adds it, or replaces the one with its digest. */
  save(policy: StoredPolicy): Promise<void>;
  /** The same, and all customers are due to be rated again. */
  apply(policy: StoredPolicy): Promise<void>;
}

export const OVERRIDE_STORE = Symbol('OverrideStore');
export const POLICY_STORE = Symbol('PolicyStore');
