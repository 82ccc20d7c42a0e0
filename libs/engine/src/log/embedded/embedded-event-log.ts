import type {
  ConsumeOptions,
  EventLog,
  LocalDatabase,
  LocalWriter,
  LogMessage,
  PartitionPosition,
  ReportingLogConsumer,
  TopicMessages,
  TopicSpec,
} from '@syncline/pipeline';
import { logError } from '../errors';
import {
  DEFAULT_BACKOFF_MS,
  errorFields,
  SILENT_LOGGER,
  type EmbeddedLogConfig,
  type LogLogger,
} from '../event-log-config';
import { AppendQueue } from '../shared/append-queue';
import { partitionOf } from '../shared/partitioner';
import { insertMessages, insertTopic, loadTopics, type TopicState } from './chunk-table';
import { EmbeddedConsumer } from './embedded-consumer';
import { migrateEmbeddedLog } from './migrate-embedded-log';
import { PartitionReader } from './partition-reader';
import { PositionBook } from './position-book';
import { Retention } from './retention';

const MAX_JOINED_MESSAGES = 10_000;

export interface EmbeddedLogDeps {
  database: LocalDatabase;
  now(): number;
  logger?: LogLogger;
}

/**
 * An append-only log in the local database. The ends of all partitions are known in memory, so one process must own
 * the database alone; the composition sees to that.
 */
export class EmbeddedEventLog implements EventLog {
  private readonly topics: Map<string, TopicState>;
  private readonly positionBook: PositionBook;
  private readonly appends: AppendQueue;
  private readonly consumers = new Map<EmbeddedConsumer, ConsumeOptions>();
  private readonly retention: Retention;
  private readonly logger: LogLogger;
  private closed = false;

  /** Creates the tables where they are missing and learns where every partition ends. */
  static async open(config: EmbeddedLogConfig, deps: EmbeddedLogDeps): Promise<EmbeddedEventLog> {
    await migrateEmbeddedLog(deps.database);
    return new EmbeddedEventLog(config, deps);
  }

  private constructor(
    private readonly config: EmbeddedLogConfig,
    private readonly deps: EmbeddedLogDeps,
  ) {
    this.logger = deps.logger ?? SILENT_LOGGER;
    this.topics = new Map(loadTopics(deps.database).map((state) => [state.topic, state]));
    this.positionBook = new PositionBook(deps.database, (error) => this.warn('Saving group positions failed.', error));
    this.appends = new AppendQueue((batches) => this.write(batches), MAX_JOINED_MESSAGES);
    this.retention = new Retention(deps, config.retentionMs, this.topics, this.positionBook, (error) =>
      this.warn('Trimming the embedded log failed.', error),
    );
  }

  async append(batches: TopicMessages[]): Promise<void> {
    this.requireOpen();
    batches.forEach((batch) => this.topic(batch.topic));
    await this.appends.append(batches);
  }

  async consume(options: ConsumeOptions): Promise<ReportingLogConsumer> {
    this.requireOpen();
    this.requireFreeGroup(options);
    const readers = options.topics.flatMap((topic) => this.readersOf(topic, options.group));
    const consumer = new EmbeddedConsumer(options, {
      readers,
      backoffMs: this.config.backoffMs ?? DEFAULT_BACKOFF_MS,
      logger: this.logger,
      commit: ({ state, partition }, next) => this.positionBook.set(options.group, state.id, partition, next),
      leave: async () => {
        this.consumers.delete(consumer);
        await this.positionBook.flush();
      },
    });
    this.consumers.set(consumer, options);
    return consumer;
  }

  async ensureTopics(topics: TopicSpec[]): Promise<void> {
    this.requireOpen();
    const partitions = this.config.partitions ?? 1;
    const names = new Set(topics.map(({ topic }) => topic));
    const created = await this.deps.database.exclusive((writer) =>
      [...names].filter((topic) => !this.topics.has(topic)).map((topic) => insertTopic(writer, topic, partitions)),
    );
    created.forEach((state) => this.topics.set(state.topic, state));
  }

  async positions(group: string, topics: string[]): Promise<PartitionPosition[]> {
    return topics.flatMap((topic) => {
      const { id, ends } = this.topic(topic);
      return ends.map((end, partition) => ({
        topic,
        partition,
        committed: this.positionBook.committed(group, id, partition),
        end,
      }));
    });
  }

  /** Removes what is past the retention and read by all groups, now; gives the number of chunks removed. */
  trim(): Promise<number> {
    return this.retention.trim();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all([...this.consumers.keys()].map((consumer) => consumer.stop()));
    await this.retention.stop();
    await this.appends.idle();
    await this.positionBook.flush();
  }

  private async write(batches: TopicMessages[]): Promise<void> {
    const ends = new Map<TopicState, number[]>();
    await this.deps.database.exclusive((writer) => {
      for (const { topic, messages } of batches) this.writeTopic(writer, this.topic(topic), messages, ends);
    });
    for (const [state, newEnds] of ends) state.ends = newEnds;
    this.wakeReadersOf(ends);
  }

  private writeTopic(
    writer: LocalWriter,
    state: TopicState,
    messages: LogMessage[],
    ends: Map<TopicState, number[]>,
  ): void {
    const newEnds = ends.get(state) ?? [...state.ends];
    ends.set(state, newEnds);
    const appendedAt = this.deps.now();
    for (const [partition, own] of byPartition(messages, newEnds.length)) {
      const at = { topicId: state.id, partition, baseOffset: newEnds[partition], appendedAt };
      newEnds[partition] = insertMessages(writer, at, own);
    }
  }

  private wakeReadersOf(written: Map<TopicState, number[]>): void {
    const topics = new Set([...written.keys()].map((state) => state.topic));
    for (const [consumer, { topics: wanted }] of this.consumers) {
      if (wanted.some((topic) => topics.has(topic))) consumer.wake();
    }
  }

  private readersOf(topic: string, group: string): PartitionReader[] {
    const state = this.topic(topic);
    return state.ends.map((_, partition) => {
      this.positionBook.register(group, state.id, partition);
      const committed = this.positionBook.committed(group, state.id, partition) ?? 0;
      return new PartitionReader(this.deps.database, state, partition, committed);
    });
  }

  private requireFreeGroup(options: ConsumeOptions): void {
    for (const { group, topics } of this.consumers.values()) {
      const taken = group === options.group ? topics.find((topic) => options.topics.includes(topic)) : undefined;
      if (taken !== undefined)
        throw logError('LOG_GROUP_TAKEN', `Group ${group} already reads ${taken}.`, { where: taken });
    }
  }

  private requireOpen(): void {
    if (this.closed) throw logError('LOG_CLOSED', 'The embedded log is closed.');
  }

  private topic(topic: string): TopicState {
    const state = this.topics.get(topic);
    if (state === undefined) throw logError('LOG_TOPIC_MISSING', `Topic ${topic} does not exist.`, { where: topic });
    return state;
  }

  private warn(message: string, error: unknown): void {
    this.logger.warn(message, errorFields(error));
  }
}

function byPartition(messages: LogMessage[], partitions: number): Map<number, LogMessage[]> {
  if (messages.length === 0) return new Map();
  if (partitions === 1) return new Map([[0, messages]]);
  const groups = new Map<number, LogMessage[]>();
  for (const message of messages) {
    const partition = partitionOf(message.key, partitions);
    const group = groups.get(partition);
    if (group === undefined) groups.set(partition, [message]);
    else group.push(message);
  }
  return groups;
}
