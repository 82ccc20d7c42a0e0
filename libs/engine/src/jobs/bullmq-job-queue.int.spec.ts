import { randomUUID } from 'node:crypto';
import { jobQueueContract } from '@syncline/testing';
import { createJobQueue } from './create-job-queue';

const now = () => Date.now();

function redisUrl(): string {
  const url = process.env.SYNCLINE_TEST_REDIS_URL;
  if (!url) throw new Error('SYNCLINE_TEST_REDIS_URL is not set: this suite needs a Redis');
  return url;
}

jobQueueContract('BullMQ', async () => {
  const config = { kind: 'bullmq' as const, url: redisUrl(), prefix: `test-${randomUUID()}` };
  const opened = [await createJobQueue(config, { now })];
  return {
    queue: opened[0]!,
    reopen: async () => {
      await opened.at(-1)!.close();
      const again = await createJobQueue(config, { now });
      opened.push(again);
      return again;
    },
    dispose: async () => {
      await Promise.all(opened.map((queue) => queue.close()));
    },
  };
});

it('refuses jobs at once while Redis is away, instead of keeping them in memory', async () => {
  const queue = await createJobQueue({ kind: 'bullmq', url: 'redis://127.0.0.1:1' }, { now });
  await expect(queue.add('q', [{ id: 'a', data: {} }])).rejects.toMatchObject({ code: 'JOB_QUEUE_UNAVAILABLE' });
  await queue.close();
}, 20_000);
