import type { CreditRating, Decimal, Hold, Instant, LocalDate, RatingReason } from '@syncline/model';
import { cloudEventMessage, type EventMessage } from '../cloud-event';

/** Data of `syncline.credit-rating.changed.v1`. */
export interface CreditRatingEventData {
  customer_id: string;
  version: number;
  grade: string;
  term_days: number;
  /** null = unlimited, "0" = cash only. */
  limit: Decimal | null;
  currency: string;
  hold: Hold;
  score: Decimal | null;
  reasons: RatingReason[];
  features: Record<string, string | null>;
  policy: string;
  policy_version: number;
  as_of: LocalDate;
  decided_at: Instant;
}

export const CREDIT_RATING_CHANGED = 'syncline.credit-rating.changed.v1';

/** The event of one version of a rating, for topic `syncline.credit-rating.v1`. */
export function creditRatingEvent(rating: CreditRating): EventMessage {
  const data: CreditRatingEventData = {
    customer_id: rating.customerId,
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
  return cloudEventMessage({
    type: CREDIT_RATING_CHANGED,
    source: '/syncline/rate',
    subject: rating.customerId,
    sequence: rating.version,
    id: `${rating.customerId}:${rating.version}`,
    time: rating.decidedAt,
    data,
  });
}
