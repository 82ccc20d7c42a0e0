import { randomUUID } from 'node:crypto';
import { jobQueueContract } from '@syncline/testing';
import { Worker } from 'bullmq';
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

it('gives a job whose worker was killed to another one, soon', async () => {
  const prefix = `test-${randomUUID()}`;
  const queue = await createJobQueue({ kind: 'bullmq', url: redisUrl(), prefix, lostAfterMs: 500 }, { now });
  const killed = new Worker('q', null, { connection: { url: redisUrl() }, prefix, lockDuration: 500, autorun: false });
  try {
    await queue.add('q', [{ id: 'a', data: {} }]);
    expect(await killed.getNextJob('killed')).toMatchObject({ id: 'a' });
    // Nobody renews its lock any more. Until that is noticed, its id is taken.
    await queue.add('q', [{ id: 'a', data: {} }]);
    const again = new Promise<string>((resolve, reject) => {
      queue.work('q', 1, async ({ id }) => resolve(id)).catch(reject);
    });
    expect(await again).toBe('a');
  } finally {
    await killed.close();
    await queue.close();
  }
}, 10_000);

it('refuses jobs at once while Redis is away, instead of keeping them in memory', async () => {
  const queue = await createJobQueue({ kind: 'bullmq', url: 'redis://127.0.0.1:1' }, { now });
  await expect(queue.add('q', [{ id: 'a', data: {} }])).rejects.toMatchObject({ code: 'JOB_QUEUE_UNAVAILABLE' });
  await queue.close();
}, 20_000);
