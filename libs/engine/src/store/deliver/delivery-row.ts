import type { Delivery, DeliveryAttempt, DeliveryState, DesiredDelivery } from '@syncline/pipeline/deliver';
import type { ErrorClass, Instant } from '@syncline/model';
import type { Row } from '../schema/table';

/** A row of table `delivery` as the dialect decodes it. */
export interface DeliveryRow {
  target: string;
  account_key: string;
  customer_id: string;
  account_code: string | null;
  desired_version: number;
  confirmed_version: number | null;
  state: DeliveryState;
  attempts: number;
  next_attempt_at: Instant | null;
  leased_until: Instant | null;
  ready_at: Instant | null;
  error_code: string | null;
  error_class: ErrorClass | null;
  error_message: string | null;
  observed: Record<string, string | null> | null;
  updated_at: Instant;
  confirmed_at: Instant | null;
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    target: row.target,
    customerId: row.customer_id,
    accountKey: row.account_key,
    accountCode: row.account_code,
    desiredVersion: row.desired_version,
    confirmedVersion: row.confirmed_version,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    leasedUntil: row.leased_until,
    errorCode: row.error_code,
    errorClass: row.error_class,
    errorMessage: row.error_message,
    observed: row.observed,
    updatedAt: row.updated_at,
    confirmedAt: row.confirmed_at,
  };
}

/** A delivery nobody wanted before. */
export function newRow(desired: DesiredDelivery, at: Instant): DeliveryRow {
  return {
    target: desired.target,
    account_key: desired.accountKey,
    customer_id: desired.customerId,
    account_code: desired.accountCode,
    desired_version: desired.desiredVersion,
    confirmed_version: null,
    ...DUE,
    ready_at: at,
    observed: null,
    updated_at: at,
    confirmed_at: null,
  };
}

/** Due at once, with a clean slate of attempts. */
export const DUE = {
  state: 'due',
  attempts: 0,
  next_attempt_at: null,
  leased_until: null,
  error_code: null,
  error_class: null,
  error_message: null,
} as const satisfies Partial<DeliveryRow>;

/** Whether the row is still under the lease that `claimed` was claimed with. */
export function isHeld(claimed: Delivery, current: DeliveryRow): boolean {
  return current.state === 'running' && current.leased_until === claimed.leasedUntil;
}

/** The row after an outcome that came too late; undefined when it is looked at again anyway. */
export function supersededRow({ updatedAt }: Delivery, current: DeliveryRow): DeliveryRow | undefined {
  if (current.state === 'running') return { ...current, next_attempt_at: updatedAt };
  return current.state === 'confirmed' ? { ...current, ...DUE, ready_at: updatedAt } : undefined;
}

/**
 * The row after an attempt's outcome; due again at once when more was wanted meanwhile, or when it is confirmed and
 * another worker may have written after what confirms it.
 */
export function completedRow(outcome: Delivery, current: DeliveryRow): DeliveryRow {
  const sameCustomer = current.customer_id === outcome.customerId;
  const row: DeliveryRow = {
    ...current,
    confirmed_version: sameCustomer ? outcome.confirmedVersion : null,
    observed: outcome.observed,
    updated_at: outcome.updatedAt,
    confirmed_at: sameCustomer ? outcome.confirmedAt : null,
  };
  const wantsMore = !sameCustomer || current.desired_version > outcome.desiredVersion;
  const lookAgain = outcome.state === 'confirmed' && current.next_attempt_at !== null;
  if (wantsMore || lookAgain) return { ...row, ...DUE, ready_at: outcome.updatedAt };
  return {
    ...row,
    state: outcome.state,
    attempts: outcome.attempts,
    next_attempt_at: outcome.nextAttemptAt,
    leased_until: outcome.state === 'running' ? outcome.leasedUntil : null,
    ready_at: readyAt(outcome),
    error_code: outcome.errorCode,
    error_class: outcome.errorClass,
    error_message: outcome.errorMessage,
  };
}

/** From when a worker may take it: a due one now, a waiting one at its time, a running one when its lease is over. */
function readyAt({ state, nextAttemptAt, leasedUntil, updatedAt }: Delivery): Instant | null {
  switch (state) {
    case 'due':
    case 'waiting_retry':
      return nextAttemptAt ?? updatedAt;
    case 'running':
      return leasedUntil;
    case 'confirmed':
    case 'failed':
      return null;
  }
}

export function attemptRow(attempt: DeliveryAttempt): Row {
  return {
    target: attempt.target,
    account_key: attempt.accountKey,
    customer_id: attempt.customerId,
    version: attempt.version,
    at: attempt.at,
    outcome: attempt.outcome,
    before_values: attempt.before,
    after_values: attempt.after,
  };
}
