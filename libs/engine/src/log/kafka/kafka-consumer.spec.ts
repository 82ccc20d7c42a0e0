import type { Kafka } from 'kafkajs';
import { SILENT_LOGGER } from '../event-log-config';
import { KafkaConsumer } from './kafka-consumer';

type Listener = (event: { payload: { error: Error; restart: boolean } }) => void;

/** A client whose consumer can be told to crash; it counts how often it was started. */
function clientThatCrashes() {
  const listeners = new Map<string, Listener>();
  const client = { runs: 0, started: Promise.resolve(), crash: (_: string): void => undefined };
  const consumer = {
    events: { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash' },
    on: (event: string, listener: Listener) => listeners.set(event, listener),
    connect: () => Promise.resolve(),
    subscribe: () => Promise.resolve(),
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
  const start = async () => {
    const { client, kafka } = clientThatCrashes();
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

  it('says that it can not go on after any other crash that kafkajs does not mend', async () => {
    const { client, consumer } = await start();
    client.crash('KafkaJSNonRetriableError');
    expect([client.runs, consumer.status().state]).toEqual([1, 'failed']);
    expect(crashes).toMatchObject([{ code: 'LOG_CONSUMER_CRASHED' }]);
    await consumer.stop();
  });
});
