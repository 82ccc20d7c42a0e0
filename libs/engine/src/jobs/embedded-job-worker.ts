import type { Job, LocalDatabase } from '@syncline/pipeline/shared';

export interface EmbeddedJobWorkerParts {
  database: LocalDatabase;
  now: () => number;
  queue: string;
  concurrency: number;
  handle: (job: Job, signal: AbortSignal) => Promise<void>;
}

/** After a failure of the database itself. */
const PAUSE_MS = 1_000;
/** Timers can't be set further ahead than this. */
const LONGEST_TIMER_MS = 2_000_000_000;

/** Takes due jobs of one queue, as many at once as allowed, and sleeps until the next one is due. */
export class EmbeddedJobWorker {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly parts: EmbeddedJobWorkerParts) {}

  /** Looks for due jobs now. */
  wake(): void {
    if (this.stopping.signal.aborted) return;
    if (this.looking) {
      this.lookAgain = true;
      return;
    }
    this.looking = this.look()
      .catch(() => this.sleep(PAUSE_MS))
      .finally(() => {
        this.looking = null;
        if (this.lookAgain) {
          this.lookAgain = false;
          this.wake();
        }
      });
  }

  /** Takes no more jobs, tells the running ones by their signal, waits for them. */
  async stop(): Promise<void> {
    this.stopping.abort();
    if (this.timer) clearTimeout(this.timer);
    await this.looking;
    await Promise.all(this.running);
  }

  private async look(): Promise<void> {
    const { database, queue, now, concurrency } = this.parts;
    const [next] = database.all<{ at: number | null }>(
      'SELECT MIN(not_before) AS at FROM embedded_job WHERE queue = ?',
      [queue],
    );
    const at = next?.at ?? null;
    const free = concurrency - this.running.size;
    // A job that ends looks again; so does an added one.
    if (at === null || free === 0) return;
    if (at > now()) return this.sleep(at - now());
    const jobs = await this.take(free);
    if (this.stopping.signal.aborted) return;
    for (const job of jobs) this.start(job);
    if (jobs.length > 0) this.lookAgain = true;
  }

  private take(most: number): Promise<Job[]> {
    const { database, queue, now } = this.parts;
    return database.exclusive((writer) => {
      const rows = writer.all<{ seq: number; id: string; data: string; not_before: number }>(
        'SELECT seq, id, data, not_before FROM embedded_job WHERE queue = ? AND not_before <= ? ORDER BY not_before, seq LIMIT ?',
        [queue, now(), most],
      );
      for (const { seq } of rows) writer.run('DELETE FROM embedded_job WHERE seq = ?', [seq]);
      return rows.map(({ id, data, not_before: notBefore }) => ({
        id,
        data: JSON.parse(data) as Job['data'],
        ...(notBefore > 0 && { notBefore }),
      }));
    });
  }

  private start(job: Job): void {
    // A rejected job is dropped: who made it makes it again.
    const run: Promise<void> = Promise.resolve()
      .then(() => this.parts.handle(job, this.stopping.signal))
      .catch(() => undefined)
      .finally(() => {
        this.running.delete(run);
        this.wake();
      });
    this.running.add(run);
  }

  private sleep(ms: number): void {
    if (this.stopping.signal.aborted) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), Math.min(ms, LONGEST_TIMER_MS));
    this.timer.unref();
  }
}
