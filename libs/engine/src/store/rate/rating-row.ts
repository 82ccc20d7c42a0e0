import type { CreditRating } from '@syncline/model';
import type { Row } from '../schema/table';

/** A rating as a row of the append-only table. */
export function ratingRow(rating: CreditRating, isCurrent: boolean): Row {
  return {
    customer_id: rating.customerId,
    version: rating.version,
    grade: rating.grade,
    term_days: rating.termDays,
    limit_amount: rating.limit,
    currency: rating.currency,
    hold: rating.hold,
    score: rating.score,
    policy: rating.policy,
    policy_version: rating.policyVersion,
    as_of: rating.asOf,
    decided_at: rating.decidedAt,
    is_current: isCurrent,
    body: rating,
  };
}
