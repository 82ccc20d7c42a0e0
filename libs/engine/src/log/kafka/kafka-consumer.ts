import type { BatchControl, ConsumeOptions, LogConsumerStatus, ReportingLogConsumer } from '@syncline/pipeline';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { logError } from '../errors';
import { backoffOf, errorFields, DEFAULT_BACKOFF_MS, type KafkaLogConfig, type LogLogger } from '../event-log-config';
import { fromKafka, isKafkaError, isPassing } from './kafka-errors';
import { toReceived } from './kafka-message';
import { patiently, SHORT_PATIENCE } from './kafka-patience';

const DEFAULT_SESSION_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_WAIT_MS = 500;
const COMMIT_EVERY_MS = 1_000;
const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;

/** One member of a Kafka consumer group, reading with kafkajs' `eachBatch`. */
export class KafkaConsumer implements ReportingLogConsumer {
  private readonly consumer: Consumer;
  private readonly backoffMs: { first: number; most: number };
  /** Rejections in a row, by topic and partition. */
  private readonly rejections = new Map<string, number>();
  private readonly timers = new Set<NodeJS.Timeout>();
  /** Replaced with each membership, so that work of an old one is told to give up. */
  private aborter = new AbortController();
  private assigned = false;
  private paused = false;
  private failure: string | null = null;
  private stopping: Promise<void> | null = null;

  constructor(
    kafka: Kafka,
    private readonly options: ConsumeOptions,
    config: KafkaLogConfig,
    private readonly logger: LogLogger,
  ) {
    const sessionTimeout = config.sessionTimeoutMs ?? DEFAULT_SESSION_TIMEOUT_MS;
    const maxBytesPerPartition = config.maxBytesPerPartition ?? DEFAULT_MAX_BYTES;
    this.backoffMs = config.backoffMs ?? DEFAULT_BACKOFF_MS;
    this.consumer = kafka.consumer({
      groupId: options.group,
      allowAutoTopicCreation: false,
      sessionTimeout,
      heartbeatInterval: Math.floor(sessionTimeout / 10),
      maxWaitTimeInMs: config.maxWaitMs ?? DEFAULT_MAX_WAIT_MS,
      maxBytesPerPartition,
      maxBytes: maxBytesPerPartition * 4,
    });
    this.watch();
  }

  /** Resolves when the group has let the member in. */
  async start(): Promise<void> {
    try {
      await this.consumer.connect();
      await patiently(() => this.subscribe(), SHORT_PATIENCE);
      await this.consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => this.eachBatch(payload),
      });
    } catch (error) {
      await this.consumer.disconnect().catch(() => undefined);
      throw fromKafka(error, `Joining group ${this.options.group}`);
    }
  }

  pause(): Promise<void> {
    this.paused = true;
    this.consumer.pause(this.options.topics.map((topic) => ({ topic })));
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.paused = false;
    this.consumer.resume(this.options.topics.map((topic) => ({ topic })));
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.stopping ??= this.leave();
    return this.stopping;
  }

  status(): LogConsumerStatus {
    if (this.failure !== null) return { state: 'failed', message: this.failure };
    if (this.stopping !== null) return { state: 'stopped' };
    if (this.paused) return { state: 'paused' };
    return { state: this.assigned ? 'running' : 'unassigned' };
  }

  private subscribe(): Promise<void> {
    // A consumer that was stopped meanwhile must not connect again.
    if (this.stopping !== null) throw logError('LOG_CLOSED', 'The consumer was stopped while it started.');
    return this.consumer.subscribe({ topics: this.options.topics, fromBeginning: true });
  }

  private async leave(): Promise<void> {
    this.aborter.abort();
    this.timers.forEach((timer) => clearTimeout(timer));
    try {
      await this.consumer.disconnect();
    } catch (error) {
      throw fromKafka(error, `Leaving group ${this.options.group}`);
    }
  }

  private watch(): void {
    const { GROUP_JOIN, REBALANCING, CRASH } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, ({ payload }) => {
      if (this.aborter.signal.aborted && this.stopping === null) this.aborter = new AbortController();
      this.assigned = Object.values(payload.memberAssignment).some((partitions) => partitions.length > 0);
      // A new membership knows nothing of a pause that people asked for.
      if (this.paused) void this.pause();
    });
    this.consumer.on(REBALANCING, () => {
      this.assigned = false;
      this.aborter.abort();
    });
    this.consumer.on(CRASH, ({ payload }) => {
      this.assigned = false;
      this.aborter.abort();
      if (payload.restart || this.stopping !== null) return;
      if (isPassing(payload.error)) this.startAgain(payload.error, 1);
      else this.crash(payload.error);
    });
  }

  /** kafkajs gives up on a broker that is starting or overloaded; the group is there a moment later. */
  private startAgain(error: unknown, attempt: number): void {
    const pauseMs = backoffOf(attempt, this.backoffMs);
    this.logger.warn('The group has no coordinator yet; joining it is tried again.', {
      group: this.options.group,
      attempt,
      pause_ms: pauseMs,
      ...errorFields(error),
    });
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.stopping !== null) return;
      this.start().catch((cause: unknown) => {
        if (this.stopping === null) this.startAgain(cause, attempt + 1);
      });
    }, pauseMs);
    this.timers.add(timer);
  }

  private crash(cause: unknown): void {
    const error = logError('LOG_CONSUMER_CRASHED', `The consumer of group ${this.options.group} can not go on.`, {
      cause,
    });
    this.failure = error.message;
    this.options.onCrash(error);
  }

  /** No raw error may leave here: kafkajs ends a consumer for good on a TypeError and its kin. */
  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    try {
      await this.deliverAll(payload);
    } catch (error) {
      throw isKafkaError(error) ? error : fromKafka(error, 'Reading from Kafka');
    }
  }

  private async deliverAll(payload: EachBatchPayload): Promise<void> {
    const { messages } = payload.batch;
    const { maxMessages } = this.options;
    let committedAt = performance.now();
    for (let from = 0; from < messages.length; from += maxMessages) {
      if (this.paused || !payload.isRunning() || payload.isStale()) break;
      if (!(await this.deliver(payload, from, Math.min(messages.length, from + maxMessages)))) break;
      await payload.heartbeat();
      if (performance.now() - committedAt < COMMIT_EVERY_MS) continue;
      await this.commit(payload);
      committedAt = performance.now();
    }
    await this.commit(payload);
  }

  /** A commit is a round trip: one for what was fetched together, and one a second when that takes long. */
  private async commit(payload: EachBatchPayload): Promise<void> {
    const offsets = payload.uncommittedOffsets();
    if (offsets.topics.length > 0) await payload.commitOffsetsIfNecessary(offsets);
  }

  /** False: the batch was rejected and comes again from `from` on. */
  private async deliver(payload: EachBatchPayload, from: number, to: number): Promise<boolean> {
    const { topic, partition, messages, highWatermark } = payload.batch;
    const received = messages.slice(from, to).map(toReceived);
    const behind = Math.max(0, Number(highWatermark) - received[received.length - 1].offset - 1);
    try {
      await this.options.onBatch({ topic, partition, messages: received, behind }, this.controlOf(payload));
    } catch (error) {
      if (isKafkaError(error)) throw error;
      this.putOff(payload, messages[from].offset, error);
      return false;
    }
    this.rejections.delete(laneOf(topic, partition));
    payload.resolveOffset(messages[to - 1].offset);
    return true;
  }

  private controlOf(payload: EachBatchPayload): BatchControl {
    const aborter = this.aborter;
    return {
      signal: aborter.signal,
      heartbeat: async () => {
        try {
          await payload.heartbeat();
        } catch (error) {
          aborter.abort();
          throw error;
        }
      },
    };
  }

  /** The partition rests while the others go on; nothing after `offset` is resolved, so it is fetched again. */
  private putOff(payload: EachBatchPayload, offset: string, error: unknown): void {
    if (this.stopping !== null) return;
    const { topic, partition } = payload.batch;
    const attempt = (this.rejections.get(laneOf(topic, partition)) ?? 0) + 1;
    this.rejections.set(laneOf(topic, partition), attempt);
    const pauseMs = backoffOf(attempt, this.backoffMs);
    this.logger.warn('A batch was rejected and will be delivered again.', {
      group: this.options.group,
      topic,
      partition,
      offset,
      attempt,
      pause_ms: pauseMs,
      ...errorFields(error),
    });
    const resume = payload.pause();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.paused) resume();
    }, pauseMs);
    this.timers.add(timer);
  }
}

function laneOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
