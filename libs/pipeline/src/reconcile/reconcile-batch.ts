import { SynclineError, type Instant, type SourceRecord } from '@syncline/model';
import type { DeadLetter, DeadLetterStore } from '../ingest/ingest-store.port';
import { instantOf, type Clock } from '../shared/clock';
import type { BatchControl, LogBatch, ReceivedMessage } from '../shared/event-log.port';
import type { StageMetrics } from '../shared/stage-metrics.port';
import { MatchAccountsPutOff } from './matching/match-accounts-put-off';
import { RematchAccounts } from './matching/rematch-accounts';
import { parseRecord } from './parse-records';
import { reconcileRecords, type ReconcileRules } from './reconcile-records';
import type { ReconcileStore } from './reconcile-store.port';

export const RECONCILE_STAGE = 'reconcile';

/** Batches with more messages have their accounts matched apart: together they would meet a large part of all. */
const MATCHED_AT_ONCE = 200;

/** The most accounts that wait to be matched while a partition's backlog is read. */
const MOST_PUT_OFF = 50_000;

export interface ReconcileBatchParts {
  store: ReconcileStore;
  deadLetters: DeadLetterStore;
  rules: ReconcileRules;
  clock: Pick<Clock, 'now'>;
  metrics: StageMetrics;
  /** Called after each commit: the outbox may have something. */
  afterCommit(): void;
}

/** Takes one batch of the records topic into the store; repeating a batch changes nothing. */
export class ReconcileBatch {
  private lastTime = 0;
  private matched: Promise<unknown> | null = null;
  /** Accounts that were put off since all of them were matched. */
  private putOff = 0;

  constructor(private readonly parts: ReconcileBatchParts) {}

  /**
   * What has to be done before the first batch, which waits for it: accounts that another configuration matched are
   * matched again, and those that the process before this one had put off are matched. It may be called before there is
   * a batch; what fails is tried again with the next one.
   */
  async begin(): Promise<void> {
    this.matched ??= this.rematchAccounts();
    try {
      await this.matched;
    } catch (error) {
      this.matched = null;
      throw error;
    }
  }

  /**
   * Accounts are matched when their partition has been read to its end: one that comes with contacts, addresses and
   * numbers in messages of their own is matched once, and not for each of them. What is put off is noted in the batch's
   * transaction, and the batch is not through before it is matched.
   * @param control absent = nobody waits, nobody stops
   */
  async handle(batch: LogBatch, control: Partial<BatchControl> = {}): Promise<void> {
    const first = batch.messages[0];
    const last = batch.messages.at(-1);
    if (!first || !last) return;
    await this.begin();
    const { records, letters } = this.parse(batch);
    // Dead letters have stable ids, so saving them before the batch commits can't double them.
    if (letters.length > 0) await this.parts.deadLetters.save(letters);
    const position = {
      stage: RECONCILE_STAGE,
      topic: batch.topic,
      partition: batch.partition,
      from: first.offset,
      next: last.offset + 1,
    };
    const behind = batch.behind ?? 0;
    const when = behind > 0 || batch.messages.length > MATCHED_AT_ONCE ? 'later' : 'different';
    let putOff = 0;
    await this.parts.store.transact(position, async (tx, firstOffset) => {
      const time = this.timeOfBatch();
      const fresh = records.filter(({ offset }) => offset >= firstOffset).map(({ record }) => record);
      const outcome = await reconcileRecords(tx, fresh, this.parts.rules, time, when);
      putOff = outcome.putOff;
      this.parts.metrics.count('syncline_records_total', { stage: RECONCILE_STAGE }, outcome.records);
      this.parts.metrics.count('syncline_customers_folded_total', {}, outcome.customers);
    });
    this.parts.afterCommit();
    this.putOff += putOff;
    if (this.putOff > (behind > 0 ? MOST_PUT_OFF : 0)) await this.matchPutOff(control);
  }

  /** Those that are left when the batch is given up are matched with a later one, or when the stage begins again. */
  private async matchPutOff(control: Partial<BatchControl>): Promise<void> {
    await new MatchAccountsPutOff(this.parts).run(control);
    if (!control.signal?.aborted) this.putOff = 0;
  }

  private async rematchAccounts(): Promise<void> {
    let counted = 0;
    await new RematchAccounts({
      ...this.parts,
      onProgress: (accounts) => {
        this.parts.metrics.count('syncline_accounts_rematched_total', {}, accounts - counted);
        counted = accounts;
      },
    }).run();
    await new MatchAccountsPutOff(this.parts).run();
  }

  /** Read inside the transaction, and never back: what was known when must not change because a clock was set. */
  private timeOfBatch(): Instant {
    this.lastTime = Math.max(this.lastTime, this.parts.clock.now());
    return instantOf(this.lastTime);
  }

  private parse(batch: LogBatch): { records: { offset: number; record: SourceRecord }[]; letters: DeadLetter[] } {
    const records: { offset: number; record: SourceRecord }[] = [];
    const letters: DeadLetter[] = [];
    for (const message of batch.messages) {
      try {
        records.push({ offset: message.offset, record: parseRecord(message) });
      } catch (error) {
        if (!(error instanceof SynclineError)) throw error;
        letters.push(this.deadLetter(batch, message, error));
      }
    }
    return { records, letters };
  }

  private deadLetter(batch: LogBatch, message: ReceivedMessage, error: SynclineError): DeadLetter {
    const at = instantOf(this.parts.clock.now());
    return {
      id: `${batch.topic}/${batch.partition}/${message.offset}`,
      stage: RECONCILE_STAGE,
      system: 'syncline',
      topic: batch.topic,
      partition: batch.partition,
      offset: message.offset,
      parkingKey: null,
      key: message.key,
      value: message.value,
      headers: message.headers ?? {},
      timestamp: message.timestamp,
      errorCode: error.code,
      errorClass: error.class ?? 'parse',
      errorMessage: error.message,
      errorWhere: null,
      advice: error.advice ?? null,
      mapping: null,
      attempts: 1,
      status: 'open',
      firstFailedAt: at,
      lastFailedAt: at,
    };
  }
}
