import { addDays, type CreditRating, type Instant, type LocalDate } from '@syncline/model';

/** A version of a rating with the days that it holds for, and the time during which nothing newer was known. */
export interface DatedRating {
  rating: CreditRating;
  validFrom: LocalDate;
  /** Last day; null = until further notice. Before `validFrom` when a later version of the same day replaced it. */
  validTo: LocalDate | null;
  knownFrom: Instant;
  /** When the next version was decided; null = it is the newest. */
  knownTo: Instant | null;
}

/** Ratings of one customer with their periods, the oldest first. A version holds until the next one's day. */
export function datedRatings(ratings: readonly CreditRating[]): DatedRating[] {
  const sorted = ratings.toSorted((a, b) => a.version - b.version);
  return sorted.map((rating, index) => {
    const next = sorted[index + 1];
    return {
      rating,
      validFrom: rating.asOf,
      validTo: next ? addDays(next.asOf, -1) : null,
      knownFrom: rating.decidedAt,
      knownTo: next?.decidedAt ?? null,
    };
  });
}

/**
 * The rating that held on a day as it was known at a moment: of the versions decided until then and made for that day
 * or an earlier one, the newest. Undefined when there was none. Corrections append, so the same question has the same
 * answer for ever after.
 */
export function ratingOn(
  ratings: readonly CreditRating[],
  asOf: LocalDate,
  knownAt: Instant,
): CreditRating | undefined {
  return ratings
    .filter((rating) => rating.asOf <= asOf && rating.decidedAt <= knownAt)
    .reduce<CreditRating | undefined>((best, each) => (best && best.version > each.version ? best : each), undefined);
}
