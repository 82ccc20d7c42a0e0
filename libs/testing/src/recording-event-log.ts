import type {
  EventLog,
  LogConsumer,
  LogMessage,
  PartitionPosition,
  ReceivedMessage,
  TopicMessages,
} from '@syncline/pipeline';

/** A log that keeps what is appended, one partition a topic, for tests that hand out the batches themselves. */
export class RecordingEventLog implements EventLog {
  readonly topics = new Map<string, LogMessage[]>();
  /** What `positions` answers. */
  lag: PartitionPosition[] = [];

  async append(batches: TopicMessages[]): Promise<void> {
    for (const { topic, messages } of batches) this.topics.set(topic, [...(this.topics.get(topic) ?? []), ...messages]);
  }

  /** Messages of a topic from an offset on, as a consumer gets them. */
  read(topic: string, from = 0): ReceivedMessage[] {
    return (this.topics.get(topic) ?? []).map((message, offset) => ({ ...message, offset })).slice(from);
  }

  async consume(): Promise<LogConsumer> {
    throw new Error('the test hands out the batches');
  }

  async ensureTopics(): Promise<void> {
    return undefined;
  }

  async positions(): Promise<PartitionPosition[]> {
    return this.lag;
  }

  async close(): Promise<void> {
    return undefined;
  }
}
