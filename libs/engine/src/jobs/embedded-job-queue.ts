import type { Job, JobQueue, JobWorker, LocalDatabase } from '@syncline/pipeline/shared';
import { EmbeddedJobWorker } from './embedded-job-worker';
import { checkNames } from './job-names';

const TABLE = `
  CREATE TABLE IF NOT EXISTS embedded_job (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    UNIQUE (queue, id)
  );
  CREATE INDEX IF NOT EXISTS embedded_job_due ON embedded_job (queue, not_before, seq);`;

/**
 * Jobs in the local database, worked off in the same process, which is told of new ones at once. A job leaves the
 * table when a worker takes it: jobs are wake-ups, what they wake for stands in the store.
 */
export class EmbeddedJobQueue implements JobQueue {
  private readonly workers = new Map<string, Set<EmbeddedJobWorker>>();

  private constructor(
    private readonly database: LocalDatabase,
    private readonly now: () => number,
  ) {}

  static async open(database: LocalDatabase, now: () => number): Promise<EmbeddedJobQueue> {
    await database.exclusive((writer) => writer.exec(TABLE));
    return new EmbeddedJobQueue(database, now);
  }

  async add(queue: string, jobs: Job[]): Promise<void> {
    checkNames(queue, jobs);
    const waiting = new Set(
      this.database.all<{ id: string }>('SELECT id FROM embedded_job WHERE queue = ?', [queue]).map(({ id }) => id),
    );
    const fresh = jobs.filter(({ id }) => !waiting.has(id));
    if (fresh.length > 0) await this.insert(queue, fresh);
    this.wake(queue);
  }

  async work(
    queue: string,
    concurrency: number,
    handle: (job: Job, signal: AbortSignal) => Promise<void>,
  ): Promise<JobWorker> {
    checkNames(queue);
    const worker = new EmbeddedJobWorker({ database: this.database, now: this.now, queue, concurrency, handle });
    const workers = this.workers.get(queue) ?? new Set();
    this.workers.set(queue, workers.add(worker));
    worker.wake();
    return {
      stop: async () => {
        workers.delete(worker);
        await worker.stop();
      },
    };
  }

  /** It lives in this process's own database: whoever has the queue has reached it. */
  async ping(): Promise<void> {}

  async clear(queue: string): Promise<void> {
    await this.database.exclusive((writer) => writer.run('DELETE FROM embedded_job WHERE queue = ?', [queue]));
  }

  async close(): Promise<void> {
    const all = [...this.workers.values()].flatMap((workers) => [...workers]);
    this.workers.clear();
    await Promise.all(all.map((worker) => worker.stop()));
  }

  private insert(queue: string, jobs: Job[]): Promise<void> {
    return this.database.exclusive((writer) => {
      for (const { id, data, notBefore } of jobs) {
        writer.run('INSERT OR IGNORE INTO embedded_job (queue, id, data, not_before) VALUES (?, ?, ?, ?)', [
          queue,
          id,
          JSON.stringify(data),
          notBefore ?? 0,
        ]);
      }
    });
  }

  private wake(queue: string): void {
    for (const worker of this.workers.get(queue) ?? []) worker.wake();
  }
}
