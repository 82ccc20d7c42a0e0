import type { Clock } from '../shared/clock';
import type { RateByCalendar } from './rate-by-calendar';

/** How often it is looked whether customers are not evaluated for today; nearly always one cheap question. */
export const RATING_CHECK_INTERVAL_MS = 5_000;

/** Calls `run` once after `ms`; the returned function cancels it. */
export type After = (ms: number, run: () => void) => () => void;

/** A timer that never keeps a process alive. */
export const afterUnref: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/**
 * Evaluates all customers when a new business day begins, and at start those that were missed. It asks the clock
 * again and again, so that it needs no memory of what it did: the store has it.
 */
export class RatingSchedule {
  private readonly stopping = new AbortController();
  private cancel: (() => void) | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly calendar: Pick<RateByCalendar, 'run'>,
    private readonly clock: Pick<Clock, 'today'>,
    private readonly onError: (error: unknown) => void,
    private readonly intervalMs = RATING_CHECK_INTERVAL_MS,
    private readonly after: After = afterUnref,
  ) {}

  start(): void {
    if (this.stopping.signal.aborted) return;
    this.cancel = this.after(this.intervalMs, () => {
      this.running = this.check().then(() => this.start());
    });
  }

  /** Waits for a run under way, which stops between two pages. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.cancel?.();
    await this.running;
  }

  /** A failure is told and tried again after the interval: nothing is lost by it. */
  private async check(): Promise<void> {
    try {
      await this.calendar.run(this.clock.today(), this.stopping.signal);
    } catch (error) {
      this.onError(error);
    }
  }
}
