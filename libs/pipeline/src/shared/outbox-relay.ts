import { stageError } from './errors';
import type { EventLog } from './event-log.port';
import type { OutboxReader } from './outbox.port';

export interface OutboxRelayOptions {
  stage: string;
  outbox: OutboxReader;
  log: Pick<EventLog, 'append'>;
  /** Told of each failure once; the relay tries again by itself. */
  onError(error: unknown): void;
  /** The most entries moved with one append. Default 16. */
  limit?: number;
  /** How often to look without having been notified. Default 2000. */
  fallbackMs?: number;
  /** The pauses after failures, doubling from first to most. */
  backoffMs?: { first: number; most: number };
}

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Moves what a stage's transactions left in its outbox to the log, oldest first. An entry is removed only after the
 * log has it, so a crash in between appends it twice and never loses it; subscribers drop what they have seen.
 */
export class OutboxRelay {
  private readonly limit: number;
  private readonly fallbackMs: number;
  private readonly backoffMs: { first: number; most: number };
  private loop: Promise<void> | null = null;
  private stopping = false;
  private notified = false;
  private failures = 0;
  private failure: string | null = null;
  private wakeUp: (() => void) | null = null;
  private waiting: Waiting[] = [];

  constructor(private readonly options: OutboxRelayOptions) {
    this.limit = options.limit ?? 16;
    this.fallbackMs = options.fallbackMs ?? 2_000;
    this.backoffMs = options.backoffMs ?? { first: 200, most: 15_000 };
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** A transaction of the stage has committed: look now. Cheap, may be called for every batch. */
  notify(): void {
    this.notified = true;
    this.wake();
  }

  /** Resolves when everything that is in the outbox now stands in the log; rejects when the relay is stopped first. */
  drained(): Promise<void> {
    if (this.stopping) return Promise.reject(stopped(this.options.stage));
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.notify();
    });
  }

  /** Why the last attempt failed; null when it did not. */
  get lastFailure(): string | null {
    return this.failure;
  }

  /** Finishes what is being moved. What is left stays in the outbox. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp?.();
    await this.loop;
    this.waiting.forEach(({ reject }) => reject(stopped(this.options.stage)));
    this.waiting = [];
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.notified = false;
      const waiting = this.waiting;
      this.waiting = [];
      const emptied = await this.moveSafely();
      if (emptied) waiting.forEach(({ resolve }) => resolve());
      else this.waiting = waiting.concat(this.waiting);
      await this.rest(emptied);
    }
  }

  /** True when the outbox was seen empty. */
  private async moveSafely(): Promise<boolean> {
    try {
      const emptied = await this.options.outbox.exclusively(this.options.stage, () => this.moveAll());
      this.failures = 0;
      this.failure = null;
      return emptied ?? false;
    } catch (error) {
      this.failures += 1;
      this.failure = error instanceof Error ? error.message : String(error);
      this.options.onError(error);
      return false;
    }
  }

  private async moveAll(): Promise<boolean> {
    const { stage, outbox, log } = this.options;
    while (!this.stopping) {
      const entries = await outbox.read(stage, this.limit);
      if (entries.length === 0) return true;
      await log.append(entries.flatMap((entry) => entry.batches));
      await outbox.remove(
        stage,
        entries.map((entry) => entry.id),
      );
    }
    return false;
  }

  /** After a failure a notification does not shorten the pause: the log would be asked as often as a stage commits. */
  private async rest(emptied: boolean): Promise<void> {
    if (this.stopping) return;
    if (this.failures > 0) {
      const { first, most } = this.backoffMs;
      await this.sleep(Math.min(most, first * 2 ** Math.min(this.failures - 1, 20)), false);
    } else if (!emptied || !this.notified) {
      await this.sleep(this.fallbackMs, true);
    }
  }

  private async sleep(ms: number, mayWake: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        if (!mayWake && !this.stopping) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = null;
  }

  private wake(): void {
    this.wakeUp?.();
  }
}

function stopped(stage: string): Error {
  return stageError('RELAY_STOPPED', `The outbox relay of ${stage} was stopped before its outbox was empty.`);
}
