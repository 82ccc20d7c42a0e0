/** A message as it is appended. Keys and values are bytes: what came in is kept byte for byte. */
export interface LogMessage {
  key: Buffer | null;
  /** null is a tombstone. */
  value: Buffer | null;
  headers?: Record<string, string>;
  /** Milliseconds since 1970; when the message was made. */
  timestamp: number;
}

export interface TopicMessages {
  topic: string;
  messages: LogMessage[];
}

/** Consecutive messages of one partition, in order. Offsets may have gaps (compaction, transactions). */
export interface LogBatch {
  topic: string;
  partition: number;
  messages: ReceivedMessage[];
  /** How many more the partition had after these when they were read; absent = none that is known of. */
  behind?: number;
}

export interface ReceivedMessage extends LogMessage {
  offset: number;
}

export interface TopicSpec {
  topic: string;
  partitions: number;
  /** Keep only the latest message of each key (in the distributed log; the embedded one trims by age). */
  compacted?: boolean;
}

export interface ConsumeOptions {
  /** Members of one group share the partitions; each group sees every message. */
  group: string;
  topics: string[];
  /** The most messages in one batch. */
  maxMessages: number;
  /**
   * Handles one batch. The group's position moves past it only after this resolves; a rejection makes the log
   * deliver from the batch's start again, after a pause, for ever. Handlers put poison messages aside themselves.
   */
  onBatch(batch: LogBatch, control: BatchControl): Promise<void>;
  /** Called when the consumer can't go on (it does not restart by itself). */
  onCrash(error: unknown): void;
}

export interface BatchControl {
  /**
   * Aborted when the partition is taken away or the consumer stops. Finish or give up; who gives up rejects, so that
   * nothing is committed.
   */
  signal: AbortSignal;
  /** Keeps the membership alive during long work. */
  heartbeat(): Promise<void>;
}

export interface LogConsumer {
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Waits for the batch in flight, then leaves the group. */
  stop(): Promise<void>;
}

/** What a consumer is doing: `running` only while partitions are assigned to it and it asks for messages. */
export interface LogConsumerStatus {
  state: 'running' | 'unassigned' | 'paused' | 'failed' | 'stopped';
  /** Why it failed. No payload, nothing secret. */
  message?: string;
}

/** An extra that both logs have; a double in a test need not. */
export interface ReportingLogConsumer extends LogConsumer {
  status(): LogConsumerStatus;
}

export function reportsStatus(consumer: LogConsumer): consumer is ReportingLogConsumer {
  return 'status' in consumer;
}

export interface PartitionPosition {
  topic: string;
  partition: number;
  /** The next offset that the group will read; null = it never committed. */
  committed: number | null;
  /** The offset that the next appended message will get. */
  end: number;
}

/**
 * An append-only, partitioned log of messages. Embedded: in the local database. Distributed: Apache Kafka.
 * Messages with the same key go to the same partition and keep their order. Deliberately not here:
 * transactions over several topics (the outbox does that) and exactly-once (positions in the store do that).
 */
export interface EventLog {
  /** Durable when it resolves. Either all messages of a call are appended or it rejects and may be repeated. */
  append(batches: TopicMessages[]): Promise<void>;
  consume(options: ConsumeOptions): Promise<LogConsumer>;
  ensureTopics(topics: TopicSpec[]): Promise<void>;
  positions(group: string, topics: string[]): Promise<PartitionPosition[]>;
  close(): Promise<void>;
}

export const EVENT_LOG = Symbol('EventLog');
