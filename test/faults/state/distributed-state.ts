import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { Client } from 'pg';
import { until } from '../installation/until';
import type { PublishedMessage, StateReader, StoredRow } from './state-reader';

const READ_PATIENCE_MS = 60_000;

/** A group and the topics that it reads. */
export interface GroupTopics {
  group: string;
  topics: string[];
}

/** The database and the topics of a distributed installation. */
export class DistributedState implements StateReader {
  private readonly kafka: Kafka;
  private readonly admin: Admin;

  private constructor(
    private readonly client: Client,
    brokers: string,
  ) {
    this.kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
    this.admin = this.kafka.admin();
  }

  static async open(postgresUrl: string, brokers: string): Promise<DistributedState> {
    const client = new Client({ connectionString: postgresUrl });
    await client.connect();
    const state = new DistributedState(client, brokers);
    await state.admin.connect();
    return state;
  }

  async rows(sql: string): Promise<StoredRow[]> {
    return (await this.client.query<StoredRow>(sql)).rows;
  }

  async published(topic: string): Promise<PublishedMessage[]> {
    const ends = await this.endsOf(topic);
    const left = new Map([...ends].filter(([, end]) => end > 0));
    const messages: PublishedMessage[] = [];
    const consumer = this.kafka.consumer({ groupId: `faults-${randomUUID()}` });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: ({ partition, message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
        messages.push({
          headers: Object.fromEntries(headers) as Record<string, string>,
          value: message.value?.toString() ?? '',
        });
        if (Number(message.offset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
        return Promise.resolve();
      },
    });
    await until(
      () => left.size === 0,
      () => `all of ${topic}`,
      READ_PATIENCE_MS,
    );
    await consumer.disconnect();
    return messages;
  }

  /** Messages that groups have yet to read. */
  async lag(groups: readonly GroupTopics[]): Promise<number> {
    let lag = 0;
    for (const { group, topics } of groups) {
      const committed = await this.admin.fetchOffsets({ groupId: group, topics });
      for (const { topic, partitions } of committed) {
        const ends = await this.endsOf(topic);
        // -1 = the group has committed nothing there yet.
        for (const { partition, offset } of partitions) lag += (ends.get(partition) ?? 0) - Math.max(0, Number(offset));
      }
    }
    return lag;
  }

  async close(): Promise<void> {
    await this.admin.disconnect();
    await this.client.end();
  }

  private async endsOf(topic: string): Promise<Map<number, number>> {
    const offsets = await this.admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
  }
}
