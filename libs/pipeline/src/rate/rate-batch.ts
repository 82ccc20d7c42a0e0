import type { LogBatch, ReceivedMessage } from '../shared/event-log.port';
import type { EvaluateCustomers, EvaluationOutcome } from './evaluate-customers';
import type { PolicyBook } from './policy-book';
import type { RateStore } from './rate-store.port';
import type { Clock } from '../shared/clock';

export const RATE_STAGE = 'rate';

const NOTHING: EvaluationOutcome = { evaluated: 0, changed: 0 };

/**
 * Rates the customers that a batch of `syncline.customer.v1` speaks of, once each, in one transaction with the input
 * position. Only who changed is taken from the events; what is known of them is read from the store, so that an old
 * or repeated event does no harm. Messages without a customer are passed over.
 */
export class RateBatch {
  constructor(
    private readonly store: RateStore,
    private readonly customers: Pick<EvaluateCustomers, 'evaluate'>,
    private readonly policies: Pick<PolicyBook, 'inForce'>,
    private readonly clock: Pick<Clock, 'today'>,
    /** Called after each commit: the outbox may have something. */
    private readonly afterCommit: () => void,
  ) {}

  async handle({ topic, partition, messages }: LogBatch): Promise<EvaluationOutcome> {
    const first = messages[0];
    const last = messages.at(-1);
    if (!first || !last) return NOTHING;
    const position = { stage: RATE_STAGE, topic, partition, from: first.offset, next: last.offset + 1 };
    const ids = [...new Set(messages.map(customerOf).filter((id) => id !== null))];
    const asOf = this.clock.today();
    const policy = await this.policies.inForce(asOf);
    const outcome = await this.store.transact(position, (tx) => this.customers.evaluate(tx, ids, asOf, policy));
    this.afterCommit();
    return outcome ?? NOTHING;
  }
}

function customerOf({ headers, key }: ReceivedMessage): string | null {
  return headers?.['ce_subject'] ?? key?.toString() ?? null;
}
