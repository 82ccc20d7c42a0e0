import type { BatchControl } from '../shared/event-log.port';
import type { Clock } from '../shared/clock';

export interface CatchUpLimits {
  /** So many messages may wait before the stages ahead, without rate waiting for them. */
  backlogMessages: number;
  /** Rate waits so long at the most, then works as long, and so on while the others stay behind. */
  patienceMs: number;
}

export interface CatchUpGateParts extends CatchUpLimits {
  /** Messages that the stages ahead of rate have not read yet. */
  backlog(): Promise<number>;
  clock: Pick<Clock, 'elapsed'>;
  pause(ms: number): Promise<unknown>;
}

/** While it is closed. */
const LOOK_EVERY_MS = 250;
/** Open, it is believed so long: on Kafka each look costs several questions. */
const OPEN_FOR_MS = 1_000;

/**
 * Keeps rate from rating customers of whom half has been read: after a first load or a long stop, invoices are there
 * before their payments, and a rating made of them would be brought to every system, only to be taken back.
 */
export class CatchUpGate {
  private closedSince: number | null = null;
  private openUntil = -Infinity;

  constructor(private readonly parts: CatchUpGateParts) {}

  async isOpen(): Promise<boolean> {
    const { backlog, backlogMessages, patienceMs, clock } = this.parts;
    const now = clock.elapsed();
    if (now < this.openUntil) return true;
    if ((await backlog()) <= backlogMessages) {
      this.closedSince = null;
      this.openUntil = now + OPEN_FOR_MS;
      return true;
    }
    this.closedSince ??= now;
    return Math.floor((now - this.closedSince) / patienceMs) % 2 === 1;
  }

  /** Resolves when the gate is open, or the stage is to stop: one batch more does no harm. */
  async pass(control: BatchControl): Promise<void> {
    while (!control.signal.aborted && !(await this.isOpen())) {
      await control.heartbeat();
      await this.parts.pause(LOOK_EVERY_MS);
    }
  }
}
