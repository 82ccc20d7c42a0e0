/** Allows `ratePerSecond` things a second on average, and as many at once as a second allows. */
export class TokenBucket {
  private readonly capacity: number;
  private tokens: number;
  private filledAt: number;
  private pausedUntil = -Infinity;

  constructor(
    private readonly ratePerSecond: number,
    /** Elapsed milliseconds. */
    private readonly now: () => number,
  ) {
    this.capacity = Math.max(1, ratePerSecond);
    this.tokens = this.capacity;
    this.filledAt = now();
  }

  /** Takes up to `wanted` whole tokens; 0 when there are none. */
  take(wanted: number): number {
    this.fill();
    if (this.now() < this.pausedUntil) return 0;
    const taken = Math.min(wanted, Math.floor(this.tokens));
    this.tokens -= taken;
    return taken;
  }

  /** Gives back what was taken and not used. */
  giveBack(tokens: number): void {
    this.tokens = Math.min(this.capacity, this.tokens + tokens);
  }

  /** Nothing for so long: the target asked for it. */
  pause(forMs: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + forMs);
  }

  /** Milliseconds until a token is there. */
  waitMs(): number {
    this.fill();
    const forToken = this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) * 1000) / this.ratePerSecond);
    return Math.max(forToken, this.pausedUntil - this.now(), 0);
  }

  private fill(): void {
    const now = this.now();
    const gained = ((now - this.filledAt) * this.ratePerSecond) / 1000;
    this.tokens = Math.min(this.capacity, this.tokens + Math.max(0, gained));
    this.filledAt = now;
  }
}
