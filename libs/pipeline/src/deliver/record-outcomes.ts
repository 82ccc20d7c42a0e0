import { deliveryEvent, type DeliveryFact } from '@syncline/contracts';
import { instantOf } from '../shared/clock';
import type { TopicMessages } from '../shared/event-log.port';
import { TOPICS } from '../shared/topics';
import type { Attempted } from './attempt-batch';
import type { CreditValues } from './adapter.port';
import { errorClassOf, type DeliveryFailure } from './delivery-failure';
import { FURTHEST_AHEAD_MS, type Delivery, type DeliveryAttempt, type DeliveryStore } from './delivery-store.port';
import { DELIVER_ERRORS } from './errors';
import { retryDelay } from './retry-delay';
import type { TargetDescription } from './target';

interface Recording {
  attempted: Attempted[];
  target: TargetDescription;
  store: DeliveryStore;
  now: number;
  random: () => number;
  /** Passes in a row in which nothing got through to the target. */
  failuresInARow: number;
}

/**
 * Writes what came out of a batch: delivery rows, audit and events, in one transaction. Of an attempt whose lease
 * another worker has by now, only the audit is written.
 */
export async function recordOutcomes(recording: Recording): Promise<void> {
  const at = instantOf(recording.now);
  const outcomes = recording.attempted.map((item) => ({ item, delivery: rowAfter(item, recording, at) }));
  await recording.store.complete(
    outcomes.map(({ delivery }) => delivery),
    outcomes.map(({ item, delivery }) => auditOf(item, delivery, at)),
    async (writer, recorded) => {
      const facts = outcomes.flatMap(({ item, delivery }) =>
        recorded.includes(delivery) ? factsOf(item, delivery, at) : [],
      );
      if (facts.length > 0) await writer.append([{ topic: TOPICS.deliveries, messages: facts }]);
    },
  );
}

function rowAfter(item: Attempted, recording: Recording, at: string): Delivery {
  const { delivery, rating, failure } = item;
  const done = { ...delivery, desiredVersion: Math.max(delivery.desiredVersion, rating.version), updatedAt: at };
  if (!failure) {
    return {
      ...done,
      ...NO_ERROR,
      state: 'confirmed',
      attempts: delivery.attempts + 1,
      confirmedVersion: rating.version,
      observed: textValues(item.after),
      confirmedAt: at,
    };
  }
  return { ...done, observed: delivery.observed, ...failedPart(delivery, failure, recording) };
}

const NO_ERROR = { nextAttemptAt: null, errorCode: null, errorClass: null, errorMessage: null };

function failedPart(delivery: Delivery, failure: DeliveryFailure, recording: Recording) {
  const { target, now, random } = recording;
  // A failure of the whole target says nothing about this account: it doesn't use up the account's attempts.
  const blamed = errorOfAccount(failure);
  const attempts = delivery.attempts + (blamed ? 1 : 0);
  const error = {
    attempts,
    errorCode: failure.code,
    errorClass: errorClassOf(failure),
    errorMessage: failure.message,
  };
  if (failure.type === 'permanent') return { ...error, state: 'failed' as const, nextAttemptAt: null };
  if (blamed && attempts >= target.retry.maxAttempts) {
    const message = `${DELIVER_ERRORS.TARGET_RETRIES_EXHAUSTED.meaning} The last time: ${failure.code}, ${failure.message}`;
    return {
      ...error,
      errorCode: 'TARGET_RETRIES_EXHAUSTED',
      errorMessage: message,
      state: 'failed' as const,
      nextAttemptAt: null,
    };
  }
  const failures = blamed ? attempts : Math.max(1, recording.failuresInARow);
  const asked = 'retryAfterMs' in failure ? failure.retryAfterMs : undefined;
  const delay = Math.min(FURTHEST_AHEAD_MS, retryDelay(target.retry, failures, random(), asked));
  return { ...error, state: 'waiting_retry' as const, nextAttemptAt: instantOf(now + delay) };
}

function errorOfAccount(failure: DeliveryFailure): boolean {
  if (failure.type === 'retryable') return !failure.targetWide;
  return failure.type === 'permanent' || failure.type === 'conflict';
}

function factsOf(item: Attempted, delivery: Delivery, at: string): TopicMessages['messages'] {
  const facts: DeliveryFact[] = [];
  // What was confirmed and never asked to change, but had to be written again, was changed by someone else.
  if (item.wrote && item.delivery.confirmedVersion === item.rating.version) facts.push('drifted');
  if (delivery.state === 'confirmed') facts.push('confirmed');
  if (delivery.state === 'failed') facts.push('failed');
  return facts.map((fact) => deliveryEvent(fact, delivery, item.rating.version, at));
}

function auditOf(item: Attempted, delivery: Delivery, at: string): DeliveryAttempt {
  return {
    target: delivery.target,
    customerId: delivery.customerId,
    accountKey: delivery.accountKey,
    version: item.rating.version,
    at,
    outcome: item.failure ? item.failure.code : item.wrote ? 'applied' : 'unchanged',
    before: textValues(item.before),
    after: textValues(item.after),
  };
}

function textValues(values: CreditValues | null): Record<string, string | null> | null {
  if (!values) return null;
  const texts: Record<string, string | null> = {};
  for (const [field, value] of Object.entries(values)) if (value !== undefined) texts[field] = value;
  return texts;
}
