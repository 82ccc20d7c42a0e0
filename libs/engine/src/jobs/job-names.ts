import type { Job } from '@syncline/pipeline/shared';
import { jobsError } from './errors';

/**
 * Refuses on every queue what the one on Redis can't keep, so that a profile never decides whether a name works.
 * @throws SynclineError JOB_NAME_INVALID
 */
export function checkNames(queue: string, jobs: readonly Job[] = []): void {
  if (queue === '' || queue.includes(':')) throw jobsError('JOB_NAME_INVALID', `queue name ${JSON.stringify(queue)}`);
  const bad = jobs.find(({ id }) => id === '' || id.includes(':') || /^\d+$/.test(id));
  if (bad) throw jobsError('JOB_NAME_INVALID', `job id ${JSON.stringify(bad.id)} in queue ${queue}`);
}
