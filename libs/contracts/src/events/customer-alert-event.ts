import type { Instant, LocalDate } from '@syncline/model';
import { cloudEventMessage, type EventMessage } from '../cloud-event';

export const CUSTOMER_ALERT_RAISED = 'syncline.customer-alert.raised.v1';
export const CUSTOMER_ALERT_ENDED = 'syncline.customer-alert.ended.v1';

/** One rule that began, or ceased, to hold for a customer. */
export interface CustomerAlertData {
  customerId: string;
  /** Counts the alerts raised and ended for this customer; also the event's sequence. */
  sequence: number;
  /** `PURCHASE_GAP`, `VOLUME_DROP` … */
  rule: string;
  /** Day on which the alert was raised. */
  since: LocalDate;
  /** Business date of the evaluation that found it. */
  asOf: LocalDate;
  /** It held already when the customer was first looked at: nobody knows since when. */
  first: boolean;
  /** Of an ended alert: the customer that this one was merged into, where the alert goes on if it still holds. */
  mergedInto: string | null;
  /** What the rule saw; of an ended alert, what it saw last. Profits are `***` unless the policy shows them. */
  evidence: Readonly<Record<string, number | string | null>>;
  policy: string;
  policyVersion: number;
}

/** The event of an alert that was raised or ended, for topic `syncline.customer-alert.v1`. */
export function customerAlertEvent(what: 'raised' | 'ended', alert: CustomerAlertData, at: Instant): EventMessage {
  return cloudEventMessage({
    type: what === 'raised' ? CUSTOMER_ALERT_RAISED : CUSTOMER_ALERT_ENDED,
    source: '/syncline/insight',
    subject: alert.customerId,
    sequence: alert.sequence,
    id: `${alert.customerId}:${alert.rule}:${alert.sequence}`,
    time: at,
    data: alert,
  });
}
