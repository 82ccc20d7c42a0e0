import { KafkaJSAggregateError, KafkaJSConnectionError, KafkaJSProtocolError, type ITopicConfig } from 'kafkajs';
import type { Patience } from './kafka-patience';
import { ensureKafkaTopics, topicConfigOf, type TopicAdmin } from './kafka-topics';

const PATIENT: Patience = { backoffMs: { first: 0, most: 0 }, forMs: 60_000 };
const IMPATIENT: Patience = { backoffMs: { first: 0, most: 0 }, forMs: 0 };

function refusal(type: string, retriable: boolean, topic = 't'): Error {
  return Object.assign(new KafkaJSProtocolError(type), { type, retriable, topic });
}

const unknown = (): Error => refusal('UNKNOWN_TOPIC_OR_PARTITION', true);

/** A broker that knows of a topic, and then has its logs, only some questions after its creation. */
class SlowBroker implements TopicAdmin {
  readonly created: ITopicConfig[][] = [];
  readonly asked: string[] = [];
  /** What it answers before its own answers. */
  readonly refusals: { metadata: Error[]; creation: Error[] } = { metadata: [], creation: [] };
  /** Questions about a new topic that are answered with an error. */
  lateBy = { existence: 0, logs: 0 };
  private readonly known = new Map<string, { existence: number; logs: number }>();

  constructor(...existing: string[]) {
    existing.forEach((topic) => this.known.set(topic, { existence: 0, logs: 0 }));
  }

  /** Whether a topic can be used, by the questions that were answered so far. */
  serves(topic: string): boolean {
    const late = this.known.get(topic);
    return late !== undefined && late.existence <= 0 && late.logs <= 0;
  }

  fetchTopicMetadata: TopicAdmin['fetchTopicMetadata'] = (options) => {
    const [name] = options!.topics;
    this.asked.push(name!);
    const refused = this.refusals.metadata.shift();
    if (refused) return Promise.reject(refused);
    const late = this.known.get(name!);
    if (late === undefined || late.existence-- > 0) return Promise.reject(unknown());
    return Promise.resolve({ topics: [{ name: name!, partitions: [] }] });
  };

  fetchTopicOffsets: TopicAdmin['fetchTopicOffsets'] = (name) => {
    const late = this.known.get(name);
    if (late === undefined || late.existence-- > 0) return Promise.reject(unknown());
    if (late.logs-- > 0) return Promise.reject(refusal('NOT_LEADER_FOR_PARTITION', true));
    return Promise.resolve([{ partition: 0, offset: '0', high: '0', low: '0' }]);
  };

  createTopics: TopicAdmin['createTopics'] = ({ topics, waitForLeaders }) => {
    expect(waitForLeaders).toBe(false);
    this.created.push(topics);
    const refused = this.refusals.creation.shift();
    if (refused) return Promise.reject(refused);
    const fresh = topics.filter(({ topic }) => !this.known.has(topic));
    for (const { topic } of fresh) this.known.set(topic, { ...this.lateBy });
    return Promise.resolve(fresh.length > 0);
  };
}

const topic = (name: string): ITopicConfig => ({ topic: name, numPartitions: 2 });

describe('topics of Kafka', () => {
  it('creates those that are missing, with their settings, and only those', async () => {
    const broker = new SlowBroker('a', 'c');
    await ensureKafkaTopics(broker, [topic('a'), topic('b'), topic('c'), topic('d')]);
    expect(broker.created).toEqual([[topic('b'), topic('d')]]);
  });

  it('asks nothing of a broker when there is nothing to create', async () => {
    const broker = new SlowBroker('a');
    await ensureKafkaTopics(broker, []);
    expect([broker.asked, broker.created]).toEqual([[], []]);
    await ensureKafkaTopics(broker, [topic('a')]);
    expect(broker.created).toEqual([]);
  });

  it('waits until the broker knows the new topic and has the log of each partition', async () => {
    const broker = new SlowBroker();
    broker.lateBy = { existence: 3, logs: 3 };
    await ensureKafkaTopics(broker, [topic('a')], PATIENT);
    expect(broker.serves('a')).toBe(true);
  });

  it('waits for topics that another process is creating', async () => {
    const broker = new SlowBroker();
    broker.lateBy = { existence: 5, logs: 5 };
    const topics = [topic('a'), topic('b')];
    const whenDone = async (): Promise<boolean> => {
      await ensureKafkaTopics(broker, topics, PATIENT);
      return broker.serves('a') && broker.serves('b');
    };
    expect(await Promise.all([whenDone(), whenDone()])).toEqual([true, true]);
  });

  it.each([
    ['a controller that moved', refusal('NOT_CONTROLLER', true)],
    ['a broker that took too long', refusal('REQUEST_TIMED_OUT', true)],
    ['a connection that broke', new KafkaJSConnectionError('closed')],
    [
      'one topic refused for the moment, another created by someone else',
      new KafkaJSAggregateError('Topic creation errors', [
        refusal('NOT_CONTROLLER', true, 'a'),
        refusal('TOPIC_ALREADY_EXISTS', false, 'b'),
      ]),
    ],
  ])('tries again after %s', async (_, error) => {
    const broker = new SlowBroker();
    broker.refusals.creation.push(error, error);
    await ensureKafkaTopics(broker, [topic('a'), topic('b')], PATIENT);
    expect(broker.created).toHaveLength(3);
  });

  it.each([
    ['no leader', refusal('LEADER_NOT_AVAILABLE', true)],
    ['kafkajs without any answer', new TypeError("Cannot read properties of null (reading 'topicMetadata')")],
  ])('asks again after %s', async (_, error) => {
    const broker = new SlowBroker('a');
    broker.refusals.metadata.push(error, error);
    await ensureKafkaTopics(broker, [topic('a')], PATIENT);
    expect([broker.asked.length, broker.created]).toEqual([3, []]);
  });

  it.each([
    refusal('INVALID_REPLICATION_FACTOR', false),
    refusal('TOPIC_AUTHORIZATION_FAILED', false),
    new KafkaJSAggregateError('Topic creation errors', [refusal('NOT_CONTROLLER', true), refusal('X', false)]),
  ])('tells at once what does not pass: %s', async (error) => {
    const broker = new SlowBroker();
    broker.refusals.creation.push(error);
    await expect(ensureKafkaTopics(broker, [topic('a')], PATIENT)).rejects.toBe(error);
    expect(broker.created).toHaveLength(1);
  });

  it('gives up in the end, and says which topics it waited for', async () => {
    const broker = new SlowBroker('a');
    broker.lateBy = { existence: Infinity, logs: 0 };
    await expect(ensureKafkaTopics(broker, [topic('a'), topic('b')], IMPATIENT)).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      kind: 'transient',
      message: expect.stringMatching(/after 0 s: .*b$/) as string,
    });
  });
});

describe('how a topic is created', () => {
  const minInSync = (replicas: number): string | undefined =>
    topicConfigOf({ topic: 't', partitions: 6 }, replicas).configEntries?.find(
      ({ name }) => name === 'min.insync.replicas',
    )?.value;

  it('wants most copies to have a message, from three copies on', () => {
    expect([1, 2, 3, 4, 5].map(minInSync)).toEqual([undefined, undefined, '2', '3', '3']);
  });

  it('keeps the latest message of each key where that is asked for', () => {
    expect(topicConfigOf({ topic: 't', partitions: 6, compacted: true }, 1)).toEqual({
      topic: 't',
      numPartitions: 6,
      replicationFactor: 1,
      configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
    });
  });
});
