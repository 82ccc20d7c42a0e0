import { instantOf, type Clock } from '../shared/clock';
import type { JobQueue } from '../shared/job-queue.port';
import type { DeliveryStore } from './delivery-store.port';
import { queueOf, wakeUps } from './run-deliveries';
import type { DesireDeliveries } from './desire-deliveries';
import type { StageLog } from './stage-log';
import type { TargetDescription } from './target';
import type { Timers } from './timers';

export const SWEEP_INTERVAL_MS = 1_000;

/** How often it is looked whether a target lacks customers altogether. */
const BEGIN_INTERVAL_MS = 60_000;

/**
 * Asks the store again and again what is due and wakes the workers for it. All truth is in the store: a wake-up that
 * was lost, doubled or dropped costs at most one interval.
 */
export class SweepDeliveries {
  private cancel: (() => void) | null = null;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private nextBegin = -Infinity;

  constructor(
    private readonly store: Pick<DeliveryStore, 'due'>,
    private readonly queue: Pick<JobQueue, 'add'>,
    /** The enabled ones. */
    private readonly targets: readonly TargetDescription[],
    private readonly desire: Pick<DesireDeliveries, 'begin'>,
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly log: StageLog,
  ) {}

  /** Adds wake-ups for all enabled targets that have due work; resolves to how many deliveries are due. */
  async sweep(): Promise<number> {
    await this.begin();
    let total = 0;
    for (const { target, count } of await this.store.due(instantOf(this.clock.now()))) {
      const description = this.targets.find(({ name }) => name === target);
      if (!description || count === 0) continue;
      total += count;
      const workers = Math.min(description.concurrency, Math.ceil(count / description.batchSize));
      await this.queue.add(queueOf(target), wakeUps(target, workers));
    }
    return total;
  }

  private async begin(): Promise<void> {
    const now = this.clock.elapsed();
    if (now < this.nextBegin) return;
    let begun = 0;
    for (const target of this.targets) begun += await this.desire.begin(target);
    if (begun === 0) this.nextBegin = now + BEGIN_INTERVAL_MS;
  }

  start(intervalMs = SWEEP_INTERVAL_MS): void {
    if (this.stopped) return;
    this.cancel = this.timers.after(intervalMs, () => {
      this.running = this.sweep()
        .then(
          () => undefined,
          (error: unknown) => this.log.error('sweep of deliveries failed', { code: codeOf(error) }),
        )
        .then(() => this.start(intervalMs));
    });
  }

  /** Waits for a sweep under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.running;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
