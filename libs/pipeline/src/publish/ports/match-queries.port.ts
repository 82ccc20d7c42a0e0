import type { Instant } from '@syncline/model';
import type { AccountRef, AccountRow, IdentityDecision } from '../../reconcile/reconcile-store.port';

/** What people noted of a pair that waits for a decision. */
export interface MatchTask {
  a: AccountRef;
  b: AccountRef;
  /** Who looks at it; null = nobody yet. */
  assignee: string | null;
  /** Not shown before; null = now. */
  deferredUntil: Instant | null;
  changedBy: string;
  changedAt: Instant;
}

/** A pair of accounts that a person has to decide on. */
export interface WaitingMatch {
  a: AccountRow;
  b: AccountRow;
  /** log2 odds. */
  weight: number;
  task: MatchTask | null;
}

export interface MatchFilter {
  assignee?: string;
  /** Pairs that are deferred beyond this moment are left out; absent = they are shown too. */
  dueAt?: Instant;
}

/** Where a page ends: the pair's weight and its accounts. */
export interface MatchPlace {
  weight: number;
  a: AccountRef;
  b: AccountRef;
}

export interface MatchQueries {
  /**
   * Pairs between the two thresholds, the likeliest first: of two customers, and with no decision in force on the two
   * accounts.
   */
  waiting(filter: MatchFilter, after: MatchPlace | null, limit: number): Promise<WaitingMatch[]>;
  accounts(refs: AccountRef[]): Promise<AccountRow[]>;
  /** The decision in force on two accounts. */
  decisionOn(a: AccountRef, b: AccountRef): Promise<IdentityDecision | null>;
  task(a: AccountRef, b: AccountRef): Promise<MatchTask | null>;
  saveTask(task: MatchTask): Promise<void>;
}

export const MATCH_QUERIES = Symbol('MatchQueries');

/** The model that the installation matches by; null = nothing is matched by similarity. */
export const MATCHING_MODEL = Symbol('MatchingModel');
