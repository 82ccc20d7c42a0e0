import type { CreditRating } from '@syncline/model';

export interface RatingQueries {
  current(customerId: string): Promise<CreditRating | undefined>;
  /** Older versions below `beforeVersion` (null = from the newest), the newest first. */
  history(customerId: string, beforeVersion: number | null, limit: number): Promise<CreditRating[]>;
}

export const RATING_QUERIES = Symbol('RatingQueries');
