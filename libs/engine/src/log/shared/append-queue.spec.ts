import type { TopicMessages } from '@syncline/pipeline';
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

  it('tells a failure to those whose write failed, and goes on', async () => {
    let fail = true;
    const queue = new AppendQueue(() => {
      if (!fail) return Promise.resolve();
      fail = false;
      return Promise.reject(new Error('full'));
    }, 10);
    const results = await Promise.allSettled([queue.append([batch('a', '0')]), queue.append([batch('a', '1')])]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
    await queue.idle();
  });
});
