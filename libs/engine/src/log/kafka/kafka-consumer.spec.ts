import { KafkaJSProtocolError, type Kafka } from 'kafkajs';
import { SILENT_LOGGER } from '../event-log-config';
import { KafkaConsumer } from './kafka-consumer';

type Listener = (event: { payload: { error: Error; restart: boolean } }) => void;

function unknownTopic(): Error {
  return Object.assign(new KafkaJSProtocolError('unknown'), { type: 'UNKNOWN_TOPIC_OR_PARTITION', retriable: true });
}

/** A client whose consumer can be told to crash; it counts how often it was started. */
function clientThatCrashes(refusals: Error[] = []) {
  const listeners = new Map<string, Listener>();
  const client = { runs: 0, started: Promise.resolve(), crash: (_: string): void => undefined };
  const consumer = {
    events: { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash' },
    on: (event: string, listener: Listener) => listeners.set(event, listener),
    connect: () => Promise.resolve(),
    subscribe: () => (refusals.length > 0 ? Promise.reject(refusals.shift()!) : Promise.resolve()),
    run: () => Promise.resolve(void (client.runs += 1)),
    disconnect: () => Promise.resolve(),
  };
  client.crash = (name) => {
    const error = Object.assign(new Error('no coordinator'), { name });
    listeners.get('crash')!({ payload: { error, restart: false } });
  };
  return { client, kafka: { consumer: () => consumer } as unknown as Kafka };
}

describe('KafkaConsumer', () => {
  const crashes: unknown[] = [];
  const start = async (refusals: Error[] = []) => {
    const { client, kafka } = clientThatCrashes(refusals);
    const options = { group: 'g', topics: ['t'], maxMessages: 1, onBatch: () => Promise.resolve() };
    const config = { kind: 'kafka', brokers: [], clientId: 'c', backoffMs: { first: 1, most: 1 } } as const;
    const consumer = new KafkaConsumer(
      kafka,
      { ...options, onCrash: (error) => void crashes.push(error) },
      { ...config, brokers: [] },
      SILENT_LOGGER,
    );
    await consumer.start();
    return { client, consumer };
  };

  beforeEach(() => void (crashes.length = 0));

  it('joins again when no broker knew the coordinator of the group', async () => {
    const { client, consumer } = await start();
    client.crash('KafkaJSGroupCoordinatorNotFound');
    const deadline = Date.now() + 5_000;
    while (client.runs < 2 && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    expect([client.runs, crashes, consumer.status().state]).toEqual([2, [], 'unassigned']);
    await consumer.stop();
  });

  it('asks again for a topic that the broker has not been told of yet', async () => {
    const { client, consumer } = await start([unknownTopic(), unknownTopic()]);
    expect([client.runs, crashes]).toEqual([1, []]);
    await consumer.stop();
  });

  it('tells at once when it may not read a topic', async () => {
    const refusal = Object.assign(new KafkaJSProtocolError('no'), {
      type: 'TOPIC_AUTHORIZATION_FAILED',
      retriable: false,
    });
    await expect(start([refusal, refusal])).rejects.toMatchObject({ code: 'LOG_UNAUTHORIZED' });
  });

  it('says that it can not go on after any other crash that kafkajs does not mend', async () => {
    const { client, consumer } = await start();
    client.crash('KafkaJSNonRetriableError');
    expect([client.runs, consumer.status().state]).toEqual([1, 'failed']);
    expect(crashes).toMatchObject([{ code: 'LOG_CONSUMER_CRASHED' }]);
    await consumer.stop();
  });
});
