import type { CreditRating } from '@syncline/model';

/** A rating as the API shows it. */
export function ratingView(rating: CreditRating) {
  return {
    version: rating.version,
    grade: rating.grade,
    term_days: rating.termDays,
    limit: rating.limit,
    currency: rating.currency,
    hold: rating.hold,
    score: rating.score,
    reasons: rating.reasons,
    features: rating.features,
    policy: rating.policy,
    policy_version: rating.policyVersion,
    as_of: rating.asOf,
    decided_at: rating.decidedAt,
  };
}
