import type { CreditRating } from '@syncline/model';
import { cloudEventMessage, type EventMessage } from '../cloud-event';

export const CREDIT_RATING_CHANGED = 'syncline.credit-rating.changed.v1';

/** What was in force before, as far as it decides anything. */
export type PreviousRating = Pick<CreditRating, 'version' | 'grade' | 'termDays' | 'limit' | 'currency' | 'hold'>;

/** The rating, and what it replaces; null = it is the customer's first. */
export interface CreditRatingChanged extends CreditRating {
  previous?: PreviousRating | null;
}

/** The event of one version of a rating, for topic `syncline.credit-rating.v1`; its data is the rating. */
export function creditRatingEvent(rating: CreditRatingChanged): EventMessage {
  return cloudEventMessage({
    type: CREDIT_RATING_CHANGED,
    source: '/syncline/rate',
    subject: rating.customerId,
    sequence: rating.version,
    id: `${rating.customerId}:${rating.version}`,
    time: rating.decidedAt,
    data: rating,
  });
}
