import { Big, type Decimal, type LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import type { PromiseOutcomes } from './payment-behaviour';

/** A customer's promise to pay, with what came of it. */
export interface PaymentPromise {
  madeOn: LocalDate;
  /** The day by which it was promised. */
  promisedFor: LocalDate;
  /** Promised, above zero. */
  amount: Decimal;
  /** Cash set against what the promise was about, in its currency. */
  payments: readonly { on: LocalDate; amount: Decimal }[];
}

/**
 * How the promises came out whose date plus `toleranceDays` lies before `asOf`; the others are not evaluated yet.
 * Payments count from the day of the promise to the end of the tolerance: all of it paid is kept, something is
 * partial, nothing is broken. (Method, Payment behaviour, promises.)
 */
export function evaluatePromises(
  promises: Iterable<PaymentPromise>,
  asOf: LocalDate,
  toleranceDays: number,
): PromiseOutcomes {
  const outcomes = { kept: 0, partial: 0, broken: 0 };
  for (const promise of promises) {
    const lastDay = dayNumber(promise.promisedFor) + toleranceDays;
    if (lastDay >= dayNumber(asOf)) continue;
    const inTime = promise.payments.filter(({ on }) => on >= promise.madeOn && dayNumber(on) <= lastDay);
    const paid = inTime.reduce((total, { amount }) => total.plus(amount), new Big(0));
    outcomes[paid.gte(promise.amount) ? 'kept' : paid.gt(0) ? 'partial' : 'broken'] += 1;
  }
  return outcomes;
}
