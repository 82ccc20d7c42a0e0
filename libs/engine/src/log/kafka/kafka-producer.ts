import type { LogMessage, TopicMessages } from '@syncline/pipeline';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CompressionTypes,
  KafkaJSNumberOfRetriesExceeded,
  Partitioners,
  type Kafka,
  type Message,
  type Producer,
  type TopicMessages as KafkaBatch,
} from 'kafkajs';
import { backoffOf, type KafkaLogConfig } from '../event-log-config';
import { AppendQueue } from '../shared/append-queue';
import { fromKafka } from './kafka-errors';

const MAX_JOINED_MESSAGES = 10_000;
/** Brokers take record batches of 1 MiB by default; the rest is room for the batch's own bytes. */
const MAX_BYTES_PER_TOPIC = 900 * 1024;
const OVERHEAD_BYTES = 32;

/** What kafkajs would repeat, and about as long; see `sendWhole`. */
const REPETITIONS = 6;
const REPEAT_BACKOFF_MS = { first: 200, most: 10_000 };

/**
 * Appends with the acknowledgement of all in-sync replicas, one request after the other, so that a repeated request
 * can't be overtaken by a later one of the same key.
 */
export class KafkaProducer {
  private readonly producer: Producer;
  private readonly appends: AppendQueue;
  private readonly compression: CompressionTypes;
  private connected: Promise<void> | null = null;

  constructor(
    kafka: Pick<Kafka, 'producer'>,
    config: Pick<KafkaLogConfig, 'compression'>,
    private readonly backoffMs = REPEAT_BACKOFF_MS,
  ) {
    this.producer = kafka.producer({
      allowAutoTopicCreation: false,
      retry: { retries: 0 },
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    this.compression = config.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
    this.appends = new AppendQueue((batches) => this.send(batches), MAX_JOINED_MESSAGES);
  }

  append(batches: TopicMessages[]): Promise<void> {
    return this.appends.append(batches);
  }

  async close(): Promise<void> {
    await this.appends.idle();
    if (this.connected !== null) await this.producer.disconnect();
  }

  private async send(batches: TopicMessages[]): Promise<void> {
    try {
      await this.connect();
      for (const topicMessages of intoRequests(batches)) {
        await this.sendWhole(topicMessages);
      }
    } catch (error) {
      throw fromKafka(error, 'Appending to Kafka');
    }
  }

  /**
   * Repeats a request whole. kafkajs, left to repeat, asks again only of brokers that have not answered yet: a partition
   * whose new leader is one that has answered for other partitions is asked of nobody, and taken for appended (kafkajs
   * issue 1303). What was appended already comes twice, which readers have to bear anyway.
   */
  private async sendWhole(topicMessages: KafkaBatch[]): Promise<void> {
    for (let repeated = 0; ; repeated += 1) {
      try {
        await this.producer.sendBatch({ topicMessages, acks: -1, compression: this.compression });
        return;
      } catch (error) {
        // kafkajs says so of what it would have tried again.
        if (!(error instanceof KafkaJSNumberOfRetriesExceeded) || repeated === REPETITIONS) throw error;
      }
      await pause(backoffOf(repeated + 1, this.backoffMs));
    }
  }

  private connect(): Promise<void> {
    this.connected ??= this.producer.connect().catch((error: unknown) => {
      this.connected = null;
      throw error;
    });
    return this.connected;
  }
}

/** Cuts what is to be appended (each topic once) into requests with at most about 900 KiB for a topic, in order. */
export function intoRequests(batches: TopicMessages[]): KafkaBatch[][] {
  const requests: KafkaBatch[][] = [];
  for (const { topic, messages } of batches) {
    let request = 0;
    let bytes = 0;
    let current: Message[] = [];
    for (const message of messages) {
      const size = sizeOf(message);
      if (current.length > 0 && bytes + size > MAX_BYTES_PER_TOPIC) {
        put(requests, request, topic, current);
        request += 1;
        bytes = 0;
        current = [];
      }
      bytes += size;
      current.push(toKafka(message));
    }
    put(requests, request, topic, current);
  }
  return requests;
}

function put(requests: KafkaBatch[][], at: number, topic: string, messages: Message[]): void {
  if (messages.length === 0) return;
  (requests[at] ??= []).push({ topic, messages });
}

function sizeOf({ key, value, headers }: LogMessage): number {
  let bytes = OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const name in headers) bytes += Buffer.byteLength(name) + Buffer.byteLength(headers[name]) + 4;
  return bytes;
}

function toKafka({ key, value, headers, timestamp }: LogMessage): Message {
  return { key, value, headers, timestamp: String(timestamp) };
}
