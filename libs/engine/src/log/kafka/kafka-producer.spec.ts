import { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { intoRequests, KafkaProducer } from './kafka-producer';

const messages = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, at) => ({ key: Buffer.from(`${at}`), value: Buffer.alloc(bytes), timestamp: at }));

describe('requests to Kafka', () => {
  it('keeps each topic of a request below what brokers take, in order, and loses nothing', () => {
    const requests = intoRequests([
      { topic: 'large', messages: messages(10, 400_000) },
      { topic: 'small', messages: messages(10, 10) },
    ]);
    expect(requests.map((request) => request.map(({ topic, messages: own }) => `${topic}:${own.length}`))).toEqual([
      ['large:2', 'small:10'],
      ['large:2'],
      ['large:2'],
      ['large:2'],
      ['large:2'],
    ]);
    const order = requests.flatMap((request) =>
      request.filter(({ topic }) => topic === 'large').flatMap((b) => b.messages),
    );
    expect(order.map((message) => Number(message.timestamp))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('sends a message that is too large alone, so that only it is refused', () => {
    const requests = intoRequests([
      { topic: 't', messages: [...messages(1, 10), ...messages(1, 2_000_000), ...messages(1, 10)] },
    ]);
    expect(requests.map((request) => request[0].messages.length)).toEqual([1, 1, 1]);
  });

  it('carries keys, tombstones, headers and timestamps', () => {
    const message = { key: Buffer.from('k'), value: null, headers: { ce_id: '1' }, timestamp: 7 };
    expect(intoRequests([{ topic: 't', messages: [message] }])).toEqual([
      [{ topic: 't', messages: [{ key: message.key, value: null, headers: { ce_id: '1' }, timestamp: '7' }] }],
    ]);
  });
});

describe('repeated requests to Kafka', () => {
  const passing = () =>
    new KafkaJSNumberOfRetriesExceeded(new KafkaJSConnectionError('closed'), { retryCount: 0, retryTime: 1 });
  const batches = [{ topic: 't', messages: messages(3, 10) }];

  /** A producer whose requests are refused with these errors, one after the other, and then taken. */
  function producerThatMeets(...errors: Error[]) {
    const sent: unknown[] = [];
    const options: unknown[] = [];
    const client = {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      sendBatch: ({ topicMessages }: { topicMessages: unknown }) => {
        sent.push(topicMessages);
        const error = errors[sent.length - 1];
        return error ? Promise.reject(error) : Promise.resolve([]);
      },
    };
    const kafka = { producer: (given: unknown) => (options.push(given), client) };
    const producer = new KafkaProducer(kafka as never, {}, { first: 1, most: 1 });
    return { producer, sent, options };
  }

  it('are whole, and never left to kafkajs, which would leave out partitions whose leader has changed', async () => {
    const { producer, sent, options } = producerThatMeets(passing(), passing());
    await producer.append(batches);
    expect(sent).toEqual([intoRequests(batches)[0], intoRequests(batches)[0], intoRequests(batches)[0]]);
    expect(options).toEqual([expect.objectContaining({ retry: { retries: 0 } })]);
  });

  it('end after a while', async () => {
    const { producer, sent } = producerThatMeets(...Array.from({ length: 20 }, passing));
    await expect(producer.append(batches)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE', kind: 'transient' });
    expect(sent).toHaveLength(7);
  });

  it('are not made of what will never be taken', async () => {
    const { producer, sent } = producerThatMeets(new KafkaJSNonRetriableError('no'));
    await expect(producer.append(batches)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect(sent).toHaveLength(1);
  });
});
