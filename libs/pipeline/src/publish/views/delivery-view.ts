import type { Delivery } from '../../deliver/delivery-store.port';

/** A delivery as the API shows it. */
export function deliveryView(delivery: Delivery) {
  return {
    target: delivery.target,
    customer_id: delivery.customerId,
    account: delivery.accountKey,
    account_code: delivery.accountCode,
    state: delivery.state,
    desired_version: delivery.desiredVersion,
    confirmed_version: delivery.confirmedVersion,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt,
    confirmed_at: delivery.confirmedAt,
    updated_at: delivery.updatedAt,
    error:
      delivery.errorCode === null
        ? null
        : { code: delivery.errorCode, class: delivery.errorClass, message: delivery.errorMessage },
    observed: delivery.observed,
  };
}
