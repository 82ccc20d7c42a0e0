import type { TopicMessages } from '@syncline/pipeline';
import { logError } from '../errors';
import { AppendQueue } from './append-queue';

const batch = (topic: string, ...values: string[]): TopicMessages => ({
  topic,
  messages: values.map((value) => ({ key: null, value: Buffer.from(value), timestamp: 0 })),
});
const shown = (batches: TopicMessages[]): string[] =>
  batches.map(({ topic, messages }) => `${topic}:${messages.map((message) => String(message.value)).join()}`);

describe('append queue', () => {
  it('joins by topic what comes while a write runs, in order, up to the limit', async () => {
    const writes: string[][] = [];
    const queue = new AppendQueue((batches) => Promise.resolve(void writes.push(shown(batches))), 4);
    await Promise.all([
      queue.append([batch('a', '0')]),
      queue.append([batch('a', '1'), batch('b', '2')]),
      queue.append([batch('a', '3'), batch('c')]),
      queue.append([batch('a', '4', '5', '6', '7', '8')]),
      queue.append([batch('b', '9')]),
      queue.append([]),
    ]);
    expect(writes).toEqual([['a:0'], ['a:1,3', 'b:2'], ['a:4,5,6,7,8'], ['b:9']]);
  });

  it('tells a passing failure to all whose write failed, and goes on', async () => {
    let writes = 0;
    const queue = new AppendQueue(() => {
      writes += 1;
      return writes === 2 ? Promise.reject(logError('LOG_UNAVAILABLE', 'away')) : Promise.resolve();
    }, 10);
    const calls = ['0', '1', '2'].map((value) => queue.append([batch('a', value)]));
    const results = await Promise.allSettled(calls);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await queue.append([batch('a', '3')]);
    expect(writes).toBe(3);
  });

  it('fails only the call that did wrong', async () => {
    const written: string[] = [];
    const queue = new AppendQueue((batches) => {
      if (batches.some(({ topic }) => topic === 'missing')) return Promise.reject(logError('LOG_TOPIC_MISSING', 'no'));
      written.push(...shown(batches));
      return Promise.resolve();
    }, 10);
    const calls = ['a', 'b', 'missing', 'c'].map((topic) => queue.append([batch(topic, '0')]));
    const results = await Promise.allSettled(calls);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(written).toEqual(['a:0', 'b:0', 'c:0']);
    await queue.idle();
  });
});
