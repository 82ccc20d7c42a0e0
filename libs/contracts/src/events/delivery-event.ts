import type { ErrorClass, Instant } from '@syncline/model';
import { cloudEventMessage, type EventMessage } from '../cloud-event';

/** `confirmed`: read back and equal; `failed`: given up until someone acts; `drifted`: the target lost what was confirmed. */
export type DeliveryFact = 'confirmed' | 'failed' | 'drifted';

/** What a published delivery event says; the pipeline's `Delivery` has this form. */
export interface DeliveryOutcome {
  target: string;
  customerId: string;
  accountKey: string;
  accountCode: string | null;
  desiredVersion: number;
  confirmedVersion: number | null;
  attempts: number;
  errorCode: string | null;
  errorClass: ErrorClass | null;
  observed: Record<string, string | null> | null;
}

/** Data of `syncline.delivery.confirmed.v1`, `.failed.v1` and `.drifted.v1`. */
export interface DeliveryEventData {
  customer_id: string;
  target: string;
  account_key: string;
  account_code: string | null;
  /** Version of the rating that the target has to have. */
  desired_version: number;
  /** Version that was last read back from the target; null = none yet. */
  confirmed_version: number | null;
  attempts: number;
  error_code: string | null;
  error_class: ErrorClass | null;
  observed: Record<string, string | null> | null;
}

/**
 * The event of one outcome of a delivery, for topic `syncline.delivery.v1`.
 * @param version the rating's version that the outcome is about: its `sequence`
 */
export function deliveryEvent(
  fact: DeliveryFact,
  delivery: DeliveryOutcome,
  version: number,
  time: Instant,
): EventMessage {
  const data: DeliveryEventData = {
    customer_id: delivery.customerId,
    target: delivery.target,
    account_key: delivery.accountKey,
    account_code: delivery.accountCode,
    desired_version: delivery.desiredVersion,
    confirmed_version: delivery.confirmedVersion,
    attempts: delivery.attempts,
    error_code: delivery.errorCode,
    error_class: delivery.errorClass,
    observed: delivery.observed,
  };
  return cloudEventMessage({
    type: `syncline.delivery.${fact}.v1`,
    source: '/syncline/deliver',
    subject: delivery.customerId,
    sequence: version,
    id: `${delivery.customerId}:${version}:${delivery.target}/${delivery.accountKey}:${fact}:${delivery.attempts}`,
    time,
    data,
  });
}
