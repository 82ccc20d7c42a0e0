import type { Job, JobQueue, JobWorker } from '../shared/job-queue.port';
import type { StageLog } from './stage-log';
import { sleep, type Timers } from './timers';
import type { TargetRunner } from './target-runner';

/** The queue of one target: a target that hangs holds only its own workers. */
export function queueOf(target: string): string {
  return `deliver-${target}`;
}

/** The wake-ups of a target, one for each of its workers. Ids never contain `:` and are never all digits. */
export function wakeUps(target: string, workers: number): Job[] {
  return Array.from({ length: workers }, (_, slice) => ({ id: `${target}-${slice}`, data: { target } }));
}

/** Works off the deliveries of every target whenever its queue wakes it. */
export class RunDeliveries {
  private workers: JobWorker[] = [];
  /** Aborted a grace time after the stop began. */
  private readonly giveUp = new AbortController();

  constructor(
    private readonly runners: readonly TargetRunner[],
    private readonly queue: JobQueue,
    private readonly timers: Timers,
    private readonly log: StageLog,
  ) {}

  async start(): Promise<void> {
    for (const runner of this.runners) {
      const { name, concurrency } = runner.description;
      this.workers.push(
        await this.queue.work(queueOf(name), concurrency, (_job, signal) => this.drain(runner, signal)),
      );
    }
  }

  /** Lets batches in flight finish within `graceMs`; afterwards what is claimed goes back. */
  async stop(graceMs = 5_000): Promise<void> {
    const cancel = this.timers.after(graceMs, () => this.giveUp.abort());
    await Promise.all(this.workers.map((worker) => worker.stop()));
    cancel();
    this.workers = [];
    await Promise.all(this.runners.map((runner) => runner.close()));
  }

  /** Works until nothing of the target is due. A wait holds no delivery. */
  async drain(runner: TargetRunner, stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const result = await runner.pass(this.giveUp.signal);
      if (result.type === 'idle') return;
      if (result.type === 'blocked') {
        // A long wait is the sweep's: its wake-up comes when the target may be asked again.
        if (result.waitMs > 5_000) return;
        await sleep(this.timers, result.waitMs, stopping);
      } else if (result.targetWide) {
        this.log.warn('target fails', { target: runner.description.name, circuit: runner.circuit });
      }
    }
  }
}
