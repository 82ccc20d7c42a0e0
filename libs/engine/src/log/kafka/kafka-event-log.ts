import type {
  ConsumeOptions,
  EventLog,
  PartitionPosition,
  ReportingLogConsumer,
  TopicMessages,
  TopicSpec,
} from '@syncline/pipeline';
import type { Admin, FetchOffsetsPartition, Kafka, SeekEntry } from 'kafkajs';
import { logError } from '../errors';
import { SILENT_LOGGER, type KafkaLogConfig, type LogLogger } from '../event-log-config';
import { createKafkaClient } from './kafka-client';
import { KafkaConsumer } from './kafka-consumer';
import { fromKafka } from './kafka-errors';
import { patiently, SHORT_PATIENCE } from './kafka-patience';
import { KafkaProducer } from './kafka-producer';
import { ensureKafkaTopics, topicConfigOf } from './kafka-topics';

/** Apache Kafka through kafkajs 2.2.4. Connections are made when first used. */
export class KafkaEventLog implements EventLog {
  private readonly kafka: Kafka;
  private readonly producer: KafkaProducer;
  private readonly consumers = new Set<KafkaConsumer>();
  private readonly logger: LogLogger;
  private admin: Promise<Admin> | null = null;
  private closed = false;

  constructor(
    private readonly config: KafkaLogConfig,
    deps: { logger?: LogLogger } = {},
  ) {
    this.logger = deps.logger ?? SILENT_LOGGER;
    this.kafka = createKafkaClient(config, this.logger);
    this.producer = new KafkaProducer(this.kafka, config);
  }

  async append(batches: TopicMessages[]): Promise<void> {
    this.requireOpen();
    await this.producer.append(batches);
  }

  async consume(options: ConsumeOptions): Promise<ReportingLogConsumer> {
    this.requireOpen();
    const consumer = new KafkaConsumer(this.kafka, options, this.config, this.logger);
    await consumer.start();
    this.consumers.add(consumer);
    return consumer;
  }

  /**
   * Creates the topics that are not there and waits until they can be used; what exists stays as it is. Through a
   * client of its own: one that answers questions too would ask about their topics again before it creates any.
   */
  async ensureTopics(topics: TopicSpec[]): Promise<void> {
    this.requireOpen();
    const replicas = this.config.replicationFactor ?? 1;
    const wanted = new Map(topics.map((spec) => [spec.topic, topicConfigOf(spec, replicas)]));
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      await ensureKafkaTopics(admin, [...wanted.values()]);
    } catch (error) {
      throw fromKafka(error, 'Creating topics');
    } finally {
      await admin.disconnect();
    }
  }

  async positions(group: string, topics: string[]): Promise<PartitionPosition[]> {
    return this.ask(`Reading the positions of group ${group}`, async (admin) => {
      const committed = await admin.fetchOffsets({ groupId: group, topics });
      const byTopic = new Map(committed.map(({ topic, partitions }) => [topic, partitions]));
      // Side by side: kafkajs then asks for the topics' leaders once, and not again for each of them.
      const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
      return topics.flatMap((topic, i) => positionsOf(topic, byTopic.get(topic) ?? [], ends[i]!));
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    await this.producer.close();
    const admin = await this.admin?.catch(() => null);
    await admin?.disconnect();
  }

  private async ask<T>(doing: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    try {
      return await patiently(async () => {
        this.requireOpen();
        return question(await this.connectAdmin());
      }, SHORT_PATIENCE);
    } catch (error) {
      throw fromKafka(error, doing);
    }
  }

  private connectAdmin(): Promise<Admin> {
    this.admin ??= this.openAdmin().catch((error: unknown) => {
      this.admin = null;
      throw error;
    });
    return this.admin;
  }

  private async openAdmin(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }

  private requireOpen(): void {
    if (this.closed) throw logError('LOG_CLOSED', 'The Kafka log is closed.');
  }
}

function positionsOf(
  topic: string,
  committed: FetchOffsetsPartition[],
  ends: (SeekEntry & { high: string })[],
): PartitionPosition[] {
  const offsets = new Map(committed.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends
    .sort((a, b) => a.partition - b.partition)
    .map(({ partition, high }) => {
      const offset = offsets.get(partition) ?? -1;
      return { topic, partition, committed: offset < 0 ? null : offset, end: Number(high) };
    });
}
