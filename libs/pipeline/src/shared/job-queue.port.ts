/** A wake-up for work whose truth stands in the store. Losing or doubling one must be harmless. */
export interface Job {
  /** Jobs with the id of a waiting job are dropped. */
  id: string;
  data: Record<string, string | number>;
  /** Milliseconds since 1970 before which it must not run; absent = now. */
  notBefore?: number;
}

export interface JobWorker {
  /** Waits for running jobs. */
  stop(): Promise<void>;
}

/** Embedded: in the local database. Distributed: BullMQ on Redis. */
export interface JobQueue {
  add(queue: string, jobs: Job[]): Promise<void>;
  /** A rejected job is dropped: the sweep that made it makes it again. */
  work(
    queue: string,
    concurrency: number,
    handle: (job: Job, signal: AbortSignal) => Promise<void>,
  ): Promise<JobWorker>;
  /** Rejects when the queue can't be reached or may not be used. */
  ping(): Promise<void>;
  /** Removes all waiting jobs of a queue (tests, and operators who rebuild it from the store). */
  clear(queue: string): Promise<void>;
  close(): Promise<void>;
}

export const JOB_QUEUE = Symbol('JobQueue');
