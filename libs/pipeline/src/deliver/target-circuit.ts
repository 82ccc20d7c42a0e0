import type { BreakerDescription } from './target';

export type CircuitState = 'closed' | 'half_open' | 'open';

/** Whether a pass over the target may begin, and if not, how long it has to wait. */
export type Entry = { type: 'enter' } | { type: 'blocked'; waitMs: number };

/**
 * Leaves a failing target alone for a while, then lets one pass try it. Measured by elapsed time, which no setting of the
 * clock moves: ready-made breakers read the wall clock themselves.
 */
export class TargetCircuit {
  private failures = 0;
  private openUntil: number | null = null;
  private isTrying = false;

  constructor(
    private readonly breaker: BreakerDescription,
    private readonly elapsed: () => number,
  ) {}

  get state(): CircuitState {
    if (this.openUntil === null) return 'closed';
    return this.elapsed() < this.openUntil ? 'open' : 'half_open';
  }

  /** Asked before a pass; who enters must `leave`. */
  enter(): Entry {
    if (this.openUntil === null) return { type: 'enter' };
    const waitMs = this.openUntil - this.elapsed();
    if (waitMs > 0) return { type: 'blocked', waitMs };
    if (this.isTrying) return { type: 'blocked', waitMs: this.breaker.halfOpenAfterMs };
    this.isTrying = true;
    return { type: 'enter' };
  }

  /** @param outcome null = the target was not asked, which says nothing about it */
  leave(outcome: 'failed' | 'answered' | null): void {
    this.isTrying = false;
    if (outcome === null) return;
    this.failures = outcome === 'failed' ? this.failures + 1 : 0;
    if (outcome === 'answered') this.openUntil = null;
    // A trial that fails opens it again at once.
    else if (this.openUntil !== null || this.failures >= this.breaker.failures)
      this.openUntil = this.elapsed() + this.breaker.halfOpenAfterMs;
  }
}
