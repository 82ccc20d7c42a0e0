import type { LogBatch, ReceivedMessage } from '../shared/event-log.port';
import type { EvaluateCustomers, Evaluation, EvaluationOutcome } from './evaluate-customers';
import { EvaluatedVersions } from './evaluated-versions';
import type { PolicyBook } from './policy-book';
import type { RateStore } from './rate-store.port';
import type { Clock } from '../shared/clock';

export const RATE_STAGE = 'rate';

const NOTHING: Evaluation = { evaluated: 0, changed: 0, versions: new Map() };

/**
 * Rates the customers that a batch of `syncline.customer.v1` speaks of, once each, in one transaction with the input
 * position. Only who changed is taken from the events; what is known of them is read from the store, so that an old
 * or repeated event does no harm. Messages without a customer are passed over, and so are those of a version that was
 * seen in the store already.
 */
export class RateBatch {
  private readonly evaluated = new EvaluatedVersions();

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
    if (!first || !last) return { evaluated: 0, changed: 0 };
    const position = { stage: RATE_STAGE, topic, partition, from: first.offset, next: last.offset + 1 };
    const asOf = this.clock.today();
    const ids = [...newestVersions(messages)]
      .filter(([id, version]) => !this.evaluated.covers(id, version, asOf))
      .map(([id]) => id);
    const policy = await this.policies.inForce(asOf);
    const evaluation = await this.store.transact(position, (tx) => this.customers.evaluate(tx, ids, asOf, policy));
    const { versions, ...outcome } = evaluation ?? NOTHING;
    this.evaluated.note(versions, asOf);
    this.afterCommit();
    return outcome;
  }
}

/** The newest version that the messages tell of each customer; one that tells none counts as the very newest. */
function newestVersions(messages: readonly ReceivedMessage[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const message of messages) {
    const id = customerOf(message);
    if (id !== null) newest.set(id, Math.max(newest.get(id) ?? 0, versionOf(message)));
  }
  return newest;
}

function versionOf({ headers }: ReceivedMessage): number {
  const version = Number(headers?.['ce_sequence'] ?? NaN);
  return Number.isSafeInteger(version) ? version : Infinity;
}

function customerOf({ headers, key }: ReceivedMessage): string | null {
  return headers?.['ce_subject'] ?? key?.toString() ?? null;
}
