import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobQueueContract, openTestLocalDatabase } from '@syncline/testing';
import { createJobQueue } from './create-job-queue';

const now = () => Date.now();

jobQueueContract('embedded', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'syncline-jobs-'));
  const database = openTestLocalDatabase(join(directory, 'jobs.db'));
  const opened = [await createJobQueue({ kind: 'embedded' }, { database, now })];
  return {
    queue: opened[0]!,
    reopen: async () => {
      await opened.at(-1)!.close();
      const again = await createJobQueue({ kind: 'embedded' }, { database, now });
      opened.push(again);
      return again;
    },
    dispose: async () => {
      await Promise.all(opened.map((queue) => queue.close()));
      database.close();
      rmSync(directory, { recursive: true });
    },
  };
});

it('says what is missing when there is no local database', async () => {
  await expect(createJobQueue({ kind: 'embedded' }, { now })).rejects.toMatchObject({
    code: 'JOB_QUEUE_DATABASE_MISSING',
  });
});
