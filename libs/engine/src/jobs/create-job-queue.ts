import type { JobQueue, LocalDatabase } from '@syncline/pipeline/shared';
import { BullmqJobQueue, type BullmqJobQueueConfig } from './bullmq-job-queue';
import { EmbeddedJobQueue } from './embedded-job-queue';
import { jobsError } from './errors';

export type JobQueueConfig = { kind: 'embedded' } | BullmqJobQueueConfig;

export interface JobQueueDeps {
  /** The embedded queue's home; needed for `kind: embedded`. */
  database?: LocalDatabase;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The job queue that the configuration names. */
export async function createJobQueue(config: JobQueueConfig, deps: JobQueueDeps): Promise<JobQueue> {
  const now = () => deps.now();
  if (config.kind === 'bullmq') return new BullmqJobQueue(config, now);
  if (!deps.database) {
    throw jobsError('JOB_QUEUE_DATABASE_MISSING', 'The embedded job queue was asked for without a local database.');
  }
  return EmbeddedJobQueue.open(deps.database, now);
}
