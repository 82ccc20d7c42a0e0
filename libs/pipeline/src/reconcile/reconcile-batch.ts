import { SynclineError, type SourceRecord } from '@syncline/model';
import type { DeadLetter, DeadLetterStore } from '../ingest/ingest-store.port';
import { instantOf, type Clock } from '../shared/clock';
import type { BatchControl, LogBatch, ReceivedMessage } from '../shared/event-log.port';
import type { StageMetrics } from '../shared/stage-metrics.port';
import { CatchUpReconciling } from './catch-up-reconciling';
import { RematchAccounts } from './matching/rematch-accounts';
import { parseRecord } from './parse-records';
import { reconcileRecords, type ReconcileRules } from './reconcile-records';
import type { ReconcileStore, ReconcileTx } from './reconcile-store.port';

export const RECONCILE_STAGE = 'reconcile';

/** Batches with more messages have their accounts matched apart: together they would meet a large part of all. */
const MATCHED_AT_ONCE = 200;

/** The most accounts and customers that wait while a backlog is read, and how long they do. */
const MOST_PUT_OFF = 50_000;
const LONGEST_PUT_OFF_MS = 60_000;

export interface ReconcileBatchParts {
  store: ReconcileStore;
  deadLetters: DeadLetterStore;
  rules: ReconcileRules;
  clock: Pick<Clock, 'now' | 'elapsed'>;
  metrics: StageMetrics;
  /** Called after each commit: the outbox may have something. */
  afterCommit(): void;
}

/** Takes one batch of the records topic into the store; repeating a batch changes nothing. */
export class ReconcileBatch {
  private lastTime = 0;
  private matched: Promise<unknown> | null = null;
  /** Accounts and customers that this process put off since it last caught up, and since when. */
  private putOff = 0;
  private putOffSince = 0;

  private readonly clock = { now: () => this.time() };

  constructor(private readonly parts: ReconcileBatchParts) {}

  /**
   * What has to be done before the first batch, which waits for it: accounts that another configuration matched are
   * matched again, and what the process before this one had put off is done. It may be called before there is a batch;
   * what fails is tried again with the next one.
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
   * While more messages wait behind a batch, matching its accounts and folding its customers is put off: an account
   * that comes with contacts, addresses and numbers in messages of their own is matched once, and a customer with many
   * documents is folded once, and not for each of them. What is put off is noted in the batch's transaction, and the
   * last batch is not through before all of it is done, whichever process put it off: a partition may have moved here.
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
    const isLast = behind === 0;
    let putOff = 0;
    // A batch that comes again is not worked on: whoever did may have been stopped before it was through.
    let isSomethingLeft = isLast;
    await this.parts.store.transact(position, async (tx, firstOffset) => {
      const time = instantOf(this.time());
      const fresh = records.filter(({ offset }) => offset >= firstOffset).map(({ record }) => record);
      const outcome = await reconcileRecords(tx, fresh, this.parts.rules, time, when);
      putOff = outcome.putOff;
      isSomethingLeft = isLast && (putOff > 0 || (await isAnythingPutOff(tx)));
      this.parts.metrics.count('syncline_records_total', { stage: RECONCILE_STAGE }, outcome.records);
      this.parts.metrics.count('syncline_customers_folded_total', {}, outcome.customers);
    });
    this.parts.afterCommit();
    this.notePutOff(putOff);
    if (isSomethingLeft || this.hasWaitedLong()) await this.catchUp(control);
  }

  private notePutOff(putOff: number): void {
    if (this.putOff === 0) this.putOffSince = this.parts.clock.elapsed();
    this.putOff += putOff;
  }

  private hasWaitedLong(): boolean {
    if (this.putOff === 0) return false;
    return this.putOff > MOST_PUT_OFF || this.parts.clock.elapsed() - this.putOffSince >= LONGEST_PUT_OFF_MS;
  }

  /** What is left when the batch is given up is done with a later one, or when the stage begins again. */
  private async catchUp(control: Partial<BatchControl>): Promise<void> {
    const { metrics } = this.parts;
    const onFolded = (customers: number): void => metrics.count('syncline_customers_folded_total', {}, customers);
    await new CatchUpReconciling({ ...this.parts, clock: this.clock, onFolded }).run(control);
    if (!control.signal?.aborted) this.putOff = 0;
  }

  private async rematchAccounts(): Promise<void> {
    let counted = 0;
    await new RematchAccounts({
      ...this.parts,
      clock: this.clock,
      onProgress: (accounts) => {
        this.parts.metrics.count('syncline_accounts_rematched_total', {}, accounts - counted);
        counted = accounts;
      },
    }).run();
    await this.catchUp({});
  }

  /** Never back: what was known when must not change because a clock was set. */
  private time(): number {
    return (this.lastTime = Math.max(this.lastTime, this.parts.clock.now()));
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

/** Whether any process has put off something that is not done yet. */
async function isAnythingPutOff(tx: ReconcileTx): Promise<boolean> {
  return (await tx.matches.putOffFirst(1)).length > 0 || (await tx.customers.putOffFirst(1)).length > 0;
}
