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
  customerId: string;
  target: string;
  accountKey: string;
  accountCode: string | null;
  /** Version of the rating that the target has to have. */
  desiredVersion: number;
  /** Version that was last read back from the target; null = none yet. */
  confirmedVersion: number | null;
  attempts: number;
  errorCode: string | null;
  errorClass: ErrorClass | null;
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
    customerId: delivery.customerId,
    target: delivery.target,
    accountKey: delivery.accountKey,
    accountCode: delivery.accountCode,
    desiredVersion: delivery.desiredVersion,
    confirmedVersion: delivery.confirmedVersion,
    attempts: delivery.attempts,
    errorCode: delivery.errorCode,
    errorClass: delivery.errorClass,
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
