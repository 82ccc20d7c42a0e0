import { randomUUID } from 'node:crypto';
import type { Job, JobQueue } from '@syncline/pipeline/shared';

export interface JobQueueFixture {
  queue: JobQueue;
  /** Closes the queue and opens it again on the same data, as a restart does. */
  reopen(): Promise<JobQueue>;
  dispose(): Promise<void>;
}

/** Collects what a worker is given and waits for it by count, never by time. */
class Seen {
  readonly jobs: Job[] = [];
  private readonly waiters: { count: number; resolve: () => void }[] = [];

  readonly handle = async (job: Job): Promise<void> => {
    this.jobs.push(job);
    for (const waiter of this.waiters) if (this.jobs.length >= waiter.count) waiter.resolve();
  };

  get ids(): string[] {
    return this.jobs.map(({ id }) => id);
  }

  count(count: number): Promise<void> {
    if (this.jobs.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push({ count, resolve }));
  }
}

function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

const job = (id: string, more: Partial<Job> = {}): Job => ({ id, data: { target: 'crm', slice: 1 }, ...more });

/** What every job queue keeps. `open` gives a fresh fixture. */
export function jobQueueContract(name: string, open: () => Promise<JobQueueFixture>): void {
  describe(`job queue contract: ${name}`, () => {
    let fixture: JobQueueFixture;
    let queue: JobQueue;
    let q: string;

    beforeEach(async () => {
      fixture = await open();
      queue = fixture.queue;
      q = `contract-${randomUUID()}`;
    });

    afterEach(() => fixture.dispose());

    it('gives a worker the jobs that were there before it and those that come after', async () => {
      const seen = new Seen();
      await queue.add(q, [job('before')]);
      await queue.work(q, 1, seen.handle);
      await seen.count(1);
      await queue.add(q, [job('after')]);
      await seen.count(2);
      expect(seen.jobs).toEqual([expect.objectContaining(job('before')), expect.objectContaining(job('after'))]);
    });

    it('drops a job whose id is waiting already', async () => {
      const seen = new Seen();
      await queue.add(q, [job('crm-0'), job('crm-0'), job('crm-1')]);
      await queue.add(q, [job('crm-0')]);
      await queue.work(q, 1, seen.handle);
      await queue.add(q, [job('last')]);
      await seen.count(3);
      expect(seen.ids.sort()).toEqual(['crm-0', 'crm-1', 'last']);
    });

    it('takes the same id again after the job was done', async () => {
      const seen = new Seen();
      await queue.work(q, 1, seen.handle);
      await queue.add(q, [job('crm-0')]);
      await seen.count(1);
      // Until the queue has taken note that the first one ended, the second may be dropped: ask as the sweep does.
      while (seen.jobs.length < 2) {
        await queue.add(q, [job('crm-0')]);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(new Set(seen.ids)).toEqual(new Set(['crm-0']));
    });

    it('keeps jobs over a restart', async () => {
      await queue.add(q, [job('kept')]);
      const again = await fixture.reopen();
      const seen = new Seen();
      await again.work(q, 1, seen.handle);
      await seen.count(1);
      expect(seen.ids).toEqual(['kept']);
    });

    it('does not run a job before its time', async () => {
      const seen = new Seen();
      const notBefore = Date.now() + 120;
      let ranAt = 0;
      await queue.work(q, 1, async (given) => {
        if (given.id === 'later') ranAt = Date.now();
        await seen.handle(given);
      });
      await queue.add(q, [job('later', { notBefore }), job('now')]);
      await seen.count(2);
      expect(seen.ids).toEqual(['now', 'later']);
      // Queues on another machine count in whole milliseconds of their own clock.
      expect(ranAt).toBeGreaterThanOrEqual(notBefore - 5);
    });

    it('runs as many jobs at once as it was told, and no more', async () => {
      const blocked = gate();
      const twoRun = gate();
      const seen = new Seen();
      let running = 0;
      let most = 0;
      await queue.work(q, 2, async (given) => {
        running += 1;
        most = Math.max(most, running);
        if (running === 2) twoRun.open();
        await blocked.opened;
        running -= 1;
        await seen.handle(given);
      });
      await queue.add(q, [job('a'), job('b'), job('c'), job('d')]);
      await twoRun.opened;
      blocked.open();
      await seen.count(4);
      expect(most).toBe(2);
    });

    it('drops a job that is rejected and goes on with the others', async () => {
      const seen = new Seen();
      await queue.work(q, 1, async (given) => {
        await seen.handle(given);
        if (given.id === 'bad') throw new Error('refused');
      });
      await queue.add(q, [job('bad')]);
      await seen.count(1);
      await queue.add(q, [job('good')]);
      await seen.count(2);
      expect(seen.ids).toEqual(['bad', 'good']);
    });

    it('keeps queues apart: one that hangs does not hold the other', async () => {
      const blocked = gate();
      const hangs = gate();
      const seen = new Seen();
      await queue.work(`${q}-a`, 1, async () => {
        hangs.open();
        await blocked.opened;
      });
      await queue.work(`${q}-b`, 1, seen.handle);
      await queue.add(`${q}-a`, [job('hangs')]);
      await hangs.opened;
      await queue.add(`${q}-b`, [job('runs')]);
      await seen.count(1);
      blocked.open();
      expect(seen.ids).toEqual(['runs']);
    });

    it('tells running jobs to stop, waits for them and takes no more', async () => {
      const started = gate();
      const order: string[] = [];
      const worker = await queue.work(q, 1, async (_given, signal) => {
        started.open();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        order.push('job ended');
      });
      await queue.add(q, [job('runs')]);
      await started.opened;
      await worker.stop();
      order.push('stopped');
      await queue.add(q, [job('waits')]);
      expect(order).toEqual(['job ended', 'stopped']);
      const seen = new Seen();
      await queue.work(q, 1, seen.handle);
      await seen.count(1);
      expect(seen.ids).toEqual(['waits']);
    });

    it('clears what waits', async () => {
      const seen = new Seen();
      await queue.add(q, [job('gone'), job('gone-later', { notBefore: Date.now() + 60_000 })]);
      await queue.clear(q);
      await queue.add(q, [job('kept')]);
      await queue.work(q, 1, seen.handle);
      await seen.count(1);
      expect(seen.ids).toEqual(['kept']);
    });

    it.each(['123', 'a:b', ''])('refuses the id %p on every queue alike', async (id) => {
      await expect(queue.add(q, [job(id)])).rejects.toMatchObject({ code: 'JOB_NAME_INVALID' });
    });
  });
}
