import type { Decimal, FieldValue, Instant } from '@syncline/model';
import { cloudEventMessage, type EventMessage } from '../cloud-event';

/** What a published customer event says; the pipeline's `CustomerRow` has this form. */
export interface CustomerState {
  id: string;
  version: number;
  status: 'active' | 'retired';
  mergedInto: string | null;
  name: string | null;
  summary: {
    attributes: Record<string, { value: FieldValue; system: string; account: string; rule: string }>;
    accounts: {
      system: string;
      key: string;
      code: string | null;
      name: string | null;
      active: boolean;
      link: string;
    }[];
    isCustomer: boolean;
    receivables: { currency: string; open: Decimal; unapplied: Decimal; disputed: Decimal; items: number }[];
    openOrders: { currency: string; amount: Decimal; orders: number }[];
  };
}

/** Data of `syncline.customer.changed.v1` and `syncline.customer.retired.v1`. */
export interface CustomerEventData {
  customer_id: string;
  version: number;
  status: 'active' | 'retired';
  merged_into: string | null;
  name: string | null;
  is_customer: boolean;
  attributes: CustomerState['summary']['attributes'];
  accounts: CustomerState['summary']['accounts'];
  receivables: CustomerState['summary']['receivables'];
  open_orders: CustomerState['summary']['openOrders'];
}

export const CUSTOMER_CHANGED = 'syncline.customer.changed.v1';
export const CUSTOMER_RETIRED = 'syncline.customer.retired.v1';

/** The event of one version of a customer's view, for topic `syncline.customer.v1`. */
export function customerEvent(customer: CustomerState, time: Instant): EventMessage {
  const data: CustomerEventData = {
    customer_id: customer.id,
    version: customer.version,
    status: customer.status,
    merged_into: customer.mergedInto,
    name: customer.name,
    is_customer: customer.summary.isCustomer,
    attributes: customer.summary.attributes,
    accounts: customer.summary.accounts,
    receivables: customer.summary.receivables,
    open_orders: customer.summary.openOrders,
  };
  return cloudEventMessage({
    type: customer.status === 'retired' ? CUSTOMER_RETIRED : CUSTOMER_CHANGED,
    source: '/syncline/reconcile',
    subject: customer.id,
    sequence: customer.version,
    id: `${customer.id}:${customer.version}`,
    time,
    data,
  });
}
