import { intoRequests } from './kafka-producer';

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
