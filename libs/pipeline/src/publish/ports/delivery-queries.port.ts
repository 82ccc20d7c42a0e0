import type { Instant } from '@syncline/model';
import type { Delivery, DeliveryAttempt, DeliveryState } from '../../deliver/delivery-store.port';

export interface DeliveryFilter {
  target?: string;
  state?: DeliveryState;
  customerId?: string;
}

/** The deliveries of a target in one state. */
export interface DeliveryCount {
  target: string;
  state: DeliveryState;
  count: number;
  /** When the one that waits longest changed last. */
  oldest: Instant | null;
}

export interface DeliveryQueries {
  /** By (target, account key), after the given one. */
  page(
    filter: DeliveryFilter,
    after: { target: string; accountKey: string } | null,
    limit: number,
  ): Promise<Delivery[]>;
  ofCustomer(customerId: string): Promise<Delivery[]>;
  attempts(customerId: string, limit: number): Promise<DeliveryAttempt[]>;
  counts(): Promise<DeliveryCount[]>;
}

export const DELIVERY_QUERIES = Symbol('DeliveryQueries');
