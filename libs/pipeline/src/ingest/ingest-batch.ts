import { setImmediate as nextTurn } from 'node:timers/promises';
import { recordIdText, type SourceRecord } from '@syncline/model';
import type { Clock } from '../shared/clock';
import { instantOf } from '../shared/clock';
import type { EventLog, LogBatch, LogMessage, ReceivedMessage, TopicMessages } from '../shared/event-log.port';
import { NO_METRICS, type StageMetrics } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import {
  deadLetterMessages,
  deadLetterOf,
  letterId,
  parkedError,
  parkingKeyOf,
  type PlacedMessage,
} from './dead-letters';
import { ClosedLetters } from './closed-letters';
import { ingestError } from './errors';
import { BatchTally } from './ingest-metrics';
import type { DeadLetter, DeadLetterStore } from './ingest-store.port';
import { mapMessage } from './map-message';
import { ParkedKeys } from './parked-keys';
import { readReplayMessage, type ReplayedMessage } from './replay-message';
import type { IngestSystem, SourceRegistry } from './source-registry';

/** Messages that are mapped at a stretch: a few milliseconds. */
const SLICE = 100;

export interface IngestParts {
  log: EventLog;
  deadLetters: DeadLetterStore;
  sources: SourceRegistry;
  clock: Clock;
  metrics?: StageMetrics;
}

/** What a batch comes to. */
interface Outcome {
  records: LogMessage[];
  failed: DeadLetter[];
  /** Ids of letters whose message succeeded now. */
  cured: string[];
}

/**
 * One batch of change events becomes records. Every failure is its own message's: it goes to the dead letters and
 * parks its key; the rest goes on. Handling a batch twice is harmless: letters have the position as id, records
 * have source versions.
 */
export class IngestBatch {
  private readonly metrics: StageMetrics;

  constructor(private readonly parts: IngestParts) {
    this.metrics = parts.metrics ?? NO_METRICS;
  }

  /** Rejects only for what a repetition may cure: the log delivers the batch again. */
  async handle(batch: LogBatch): Promise<void> {
    if (batch.messages.length === 0) return;
    const outcome = batch.topic === TOPICS.replays ? this.replays(batch) : await this.changes(batch);
    await this.publish(outcome);
  }

  private async changes(batch: LogBatch): Promise<Outcome> {
    const { topic, partition, messages } = batch;
    const source = this.parts.sources.ofTopic(topic);
    if (!source) return this.foreign(batch);
    const parked = await ParkedKeys.load(this.parts.deadLetters, topic, partition, keysOf(messages));
    const closed = new ClosedLetters(this.parts.deadLetters, batch);
    const outcome: Outcome = { records: [], failed: [], cured: [] };
    const tally = new BatchTally(source.system.name, topic);
    for (const [at, message] of messages.entries()) {
      // The process answers requests and hands out batches to the others meanwhile.
      if (at % SLICE === SLICE - 1) await nextTurn();
      const placed = placedIn(source, topic, partition, message);
      const parkingKey = parked.none ? null : parkingKeyOf(topic, message.key);
      if (parked.isBehind(parkingKey, message.offset))
        this.fail(outcome, tally, deadLetterOf(placed, parkedError(), this.now()));
      else {
        const failed = this.map(placed, source, outcome, tally);
        if (!failed) {
          if (parked.isFirst(parkingKey, message.offset)) outcome.cured.push(letterId(placed));
        } else if (!(await closed.has(failed))) {
          this.fail(outcome, tally, failed);
          parked.park(failed.parkingKey, message.offset);
        }
      }
    }
    tally.report(this.metrics);
    tally.reportArrival(this.metrics, this.now());
    return outcome;
  }

  /** Maps one message into the outcome; gives its letter when it failed. */
  private map(placed: PlacedMessage, source: IngestSystem, outcome: Outcome, tally: BatchTally): DeadLetter | null {
    const mapped = mapMessage(placed, source);
    tally.add(mapped);
    if (mapped.outcome === 'failed') return deadLetterOf(placed, mapped.error, this.now());
    if (mapped.outcome === 'records')
      for (const record of mapped.records) outcome.records.push(recordMessage(record, this.now()));
    return null;
  }

  private fail(outcome: Outcome, tally: BatchTally, letter: DeadLetter): void {
    outcome.failed.push(letter);
    tally.fail(letter.errorClass);
  }

  /** A topic of no system at all: somebody bound it by mistake. Nothing is lost. */
  private foreign({ topic, partition, messages }: LogBatch): Outcome {
    const error = ingestError('INGEST_TOPIC_FOREIGN', 'the topic belongs to no system of the configuration');
    const failed = messages.map((message) =>
      deadLetterOf({ ...message, system: '', topic, partition, mapping: null }, error, this.now()),
    );
    return { records: [], failed, cured: [] };
  }

  /** Messages that come back do not wait behind their key: they are what it waits for. */
  private replays({ messages }: LogBatch): Outcome {
    const outcome: Outcome = { records: [], failed: [], cured: [] };
    for (const message of messages) {
      const replayed = readReplayMessage(message);
      if (replayed && this.replay(replayed, outcome)) outcome.cured.push(replayed.letterId);
    }
    return outcome;
  }

  private replay(replayed: ReplayedMessage, outcome: Outcome): boolean {
    const source = this.parts.sources.ofTopic(replayed.topic);
    const error = source
      ? undefined
      : ingestError('INGEST_TOPIC_FOREIGN', 'the topic belongs to no system of the configuration');
    if (!source || error) {
      if (error)
        outcome.failed.push(
          deadLetterOf({ ...replayed, system: '', mapping: null }, error, this.now(), replayed.letterId),
        );
      return false;
    }
    const tally = new BatchTally(source.system.name, replayed.topic);
    const placed = { ...placedIn(source, replayed.topic, replayed.partition, replayed), headers: replayed.headers };
    const failed = this.map(placed, source, outcome, tally);
    // A letter of the front door has an id of its own.
    if (failed) this.fail(outcome, tally, { ...failed, id: replayed.letterId });
    tally.report(this.metrics);
    return failed === null;
  }

  /** The letters of the messages, and older ones of the same keys: a later row says what an earlier one could not. */
  private async solvedBy(cured: string[]): Promise<DeadLetter[]> {
    if (cured.length === 0) return [];
    const letters = new Map((await this.parts.deadLetters.find(cured)).map((letter) => [letter.id, letter]));
    for (const letter of [...letters.values()]) {
      if (letter.parkingKey === null) continue;
      for (const older of await this.parts.deadLetters.ofKey(letter.parkingKey)) {
        if (older.partition === letter.partition && older.offset < letter.offset) letters.set(older.id, older);
      }
    }
    return [...letters.values()];
  }

  /**
   * Letters first, then everything else in one append: whatever fails in between is repeated whole. A letter that
   * failed again and was overtaken by a later row of its key is closed after it was saved.
   */
  private async publish({ records, failed, cured }: Outcome): Promise<void> {
    const now = this.now();
    if (failed.length > 0) await this.parts.deadLetters.save(failed);
    const solved = await this.solvedBy(cured);
    const facts = [...deadLetterMessages('opened', failed, now), ...deadLetterMessages('resolved', solved, now)];
    const batches: TopicMessages[] = [];
    if (records.length > 0) batches.push({ topic: TOPICS.records, messages: records });
    if (facts.length > 0) batches.push({ topic: TOPICS.deadLetters, messages: facts });
    if (batches.length > 0) await this.parts.log.append(batches);
    if (solved.length > 0)
      await this.parts.deadLetters.setStatus(
        solved.map(({ id }) => id),
        'resolved',
        instantOf(now),
      );
  }

  private now(): number {
    return this.parts.clock.now();
  }
}

function placedIn(
  { system, mapping }: IngestSystem,
  topic: string,
  partition: number,
  message: ReceivedMessage,
): PlacedMessage {
  const { key, value, headers, timestamp, offset } = message;
  return { key, value, headers, timestamp, offset, topic, partition, system: system.name, mapping: mapping.id };
}

function* keysOf(messages: readonly ReceivedMessage[]): Generator<Buffer | null> {
  for (const { key } of messages) yield key;
}

/**
 * A record on its topic: one key for all versions of one thing. Its time is when it was appended: retention goes by
 * it, and must not take a record of an old event before it was read.
 */
function recordMessage(record: SourceRecord, timestamp: number): LogMessage {
  return { key: Buffer.from(recordIdText(record)), value: Buffer.from(JSON.stringify(record)), timestamp };
}
