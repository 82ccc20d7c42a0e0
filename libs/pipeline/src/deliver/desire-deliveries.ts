import { instantOf, type Clock } from '../shared/clock';
import type { LogBatch, ReceivedMessage } from '../shared/event-log.port';
import type { JobQueue } from '../shared/job-queue.port';
import { TOPICS } from '../shared/topics';
import type { DeadLetter, DeadLetterStore } from '../ingest/ingest-store.port';
import type { DeliveryStore, DeliveryTx, DesiredDelivery } from './delivery-store.port';
import { DELIVER_ERRORS } from './errors';
import { queueOf, wakeUps } from './run-deliveries';
import type { StageLog } from './stage-log';
import type { TargetDescription } from './target';

/** What the stage reads. */
export const DELIVER_TOPICS: readonly string[] = [TOPICS.ratings, TOPICS.customers];

/**
 * Turns rating and customer events into desired deliveries. Only whom an event is about is taken from it: what is
 * desired (rating in force × accounts of the customer) is read from the store, so that order and repetition of events
 * don't matter. Customer events count because an account may come to a customer whose rating stays as it is.
 */
export class DesireDeliveries {
  constructor(
    private readonly store: Pick<DeliveryStore, 'transact' | 'customersToBegin'>,
    private readonly deadLetters: Pick<DeadLetterStore, 'save'>,
    private readonly queue: Pick<JobQueue, 'add'>,
    /** The enabled ones. */
    private readonly targets: readonly TargetDescription[],
    private readonly clock: Clock,
    private readonly log: StageLog,
  ) {}

  /** Handles one batch; resolves after what it desires is committed together with the position. */
  async handle(batch: LogBatch): Promise<void> {
    const first = batch.messages[0];
    const last = batch.messages.at(-1);
    if (!first || !last) return;
    const at = instantOf(this.clock.now());
    const customers = new Set<string>();
    const unreadable: DeadLetter[] = [];
    for (const message of batch.messages) {
      const subject = subjectOf(message);
      if (subject) customers.add(subject);
      else if (message.value) unreadable.push(deadLetterOf(batch, message, at));
    }
    if (unreadable.length > 0) await this.deadLetters.save(unreadable);
    const woken = new Set<TargetDescription>();
    const position = {
      stage: 'deliver',
      topic: batch.topic,
      partition: batch.partition,
      from: first.offset,
      next: last.offset + 1,
    };
    await this.store.transact(position, async (tx) => {
      woken.clear();
      for (const target of await this.desire(tx, [...customers], at)) woken.add(target);
    });
    await this.wake([...woken]);
  }

  /**
   * Desires what is in force for customers that a target has never been given; for targets added or enabled later.
   * @returns how many customers there were, at most `limit`: call again until it is 0
   */
  async begin(target: TargetDescription, limit = 1_000): Promise<number> {
    const customers = await this.store.customersToBegin(target.name, target.system, limit);
    if (customers.length === 0) return 0;
    const at = instantOf(this.clock.now());
    await this.store.transact(null, async (tx) => {
      await this.desire(tx, customers, at, [target]);
    });
    await this.wake([target]);
    return customers.length;
  }

  private async desire(
    tx: DeliveryTx,
    customerIds: string[],
    at: string,
    targets = this.targets,
  ): Promise<TargetDescription[]> {
    if (customerIds.length === 0 || targets.length === 0) return [];
    const versions = new Map((await tx.ratingVersions(customerIds)).map((row) => [row.customerId, row.version]));
    const accountsOfSystem = new Map<string, Awaited<ReturnType<DeliveryTx['accountsOf']>>>();
    const desired: DesiredDelivery[] = [];
    const wanted = new Set<TargetDescription>();
    for (const target of targets) {
      const accounts = accountsOfSystem.get(target.system) ?? (await tx.accountsOf(customerIds, target.system));
      accountsOfSystem.set(target.system, accounts);
      for (const { customerId, key, code } of accounts) {
        const desiredVersion = versions.get(customerId);
        if (desiredVersion === undefined) continue;
        desired.push({ target: target.name, customerId, accountKey: key, accountCode: code, desiredVersion });
        wanted.add(target);
      }
    }
    await tx.desire(desired, at, { targets: targets.map(({ name }) => name), customerIds });
    return [...wanted];
  }

  /** A wake-up that gets lost is made again by the sweep. */
  private async wake(targets: TargetDescription[]): Promise<void> {
    for (const { name } of targets) {
      try {
        await this.queue.add(queueOf(name), wakeUps(name, 1));
      } catch {
        this.log.warn('no wake-up for target, the sweep will do it', { target: name });
      }
    }
  }
}

function subjectOf(message: ReceivedMessage): string | null {
  return message.headers?.ce_subject ?? message.key?.toString() ?? null;
}

function deadLetterOf(batch: LogBatch, message: ReceivedMessage, at: string): DeadLetter {
  const { meaning, advice } = DELIVER_ERRORS.DELIVER_MESSAGE_UNREADABLE;
  return {
    id: `${batch.topic}/${batch.partition}/${message.offset}`,
    stage: 'deliver',
    system: 'syncline',
    topic: batch.topic,
    partition: batch.partition,
    offset: message.offset,
    parkingKey: null,
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
    timestamp: message.timestamp,
    errorCode: 'DELIVER_MESSAGE_UNREADABLE',
    errorClass: 'parse',
    errorMessage: meaning,
    errorWhere: null,
    advice,
    mapping: null,
    attempts: 1,
    status: 'open',
    firstFailedAt: at,
    lastFailedAt: at,
  };
}
