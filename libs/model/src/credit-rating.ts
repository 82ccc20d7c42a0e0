import type { Decimal } from './decimal';
import type { Instant, LocalDate } from './local-date';

/** `new_orders` stops further orders, `all` also stops deliveries. In the order of their strength. */
export const HOLDS = ['none', 'new_orders', 'all'] as const;
export type Hold = (typeof HOLDS)[number];

export interface RatingReason {
  /** A hard rule's code (`H05_OLDEST_60`) or `LOW_<FEATURE>`. */
  code: string;
  /** Points lost (0 to 100) for a feature; absent for a hard rule. */
  loss?: string;
  text: string;
}

/** A limit that several customers share, as one of them meets it. Amounts in the policy's currency. */
export interface GroupShare {
  /** On whom the limit was decided; it binds that customer and all below it. */
  parent: string;
  limit: Decimal;
  /** What the other members use of it. */
  othersExposure: Decimal;
  /** How many they are. */
  others: number;
}

/** How a rating came about, step by step: what an explanation shows besides features and reasons. */
export interface RatingDerivation {
  /** Grade by the score alone; null = no score. */
  byScore: string | null;
  /** Grade after the bands of the reviews, or of the rule for new customers. */
  byReview: string;
  /** Grade after hard rules and cure; people may have decided otherwise. */
  byRules: string;
  /** The grade is held down because a hard rule ended only lately. */
  inCure: boolean;
  /** The limit by its bounds, before the rules on changes; null = the rule for new customers decided. */
  proposedLimit: Decimal | null;
  /** Bound → amount before rounding; null = not known, and so no bound. Empty for new customers. */
  bounds: Record<string, Decimal | null>;
  /**
   * What set the limit: one of the bounds, `limit_change` (the rules on changes), `new_customer`, `group`, `override`
   * or `temporary_limit`.
   */
  bound: string;
  /** Ids of the overrides, holds and temporary limits that took part. */
  overrides: string[];
  /** The limit that it shares with others; absent = none. */
  group?: GroupShare;
}

/** What Syncline decided on a customer's credit, and from what. */
export interface CreditRating {
  customerId: string;
  /** 1, 2, 3 … per customer; grows only when the decision changes. */
  version: number;
  /** null = no score and no new-customer rule applies. */
  grade: string;
  termDays: number;
  /** null = unlimited, '0' = cash only. */
  limit: Decimal | null;
  currency: string;
  hold: Hold;
  /** 0 to 100 with four decimals; null = not enough features. */
  score: Decimal | null;
  reasons: RatingReason[];
  /** Feature name → value as text; null = missing. */
  features: Record<string, string | null>;
  policy: string;
  policyVersion: number;
  asOf: LocalDate;
  decidedAt: Instant;
  /** Hash of features, policy and rules: equal inputs give an equal rating. */
  inputsHash: string;
  /** Absent in ratings made before there were derivations. */
  derivation?: RatingDerivation;
}
