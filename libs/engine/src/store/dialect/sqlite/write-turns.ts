const NEXT = 0;
const SERVED = 1;
/** Longer than any process runs; the timer only keeps the event loop alive, which Atomics.waitAsync does not. */
const KEEP_ALIVE_MS = 2_000_000_000;

/**
 * Turns at writing to one database file, among the threads of a process, in the order in which they asked. SQLite's
 * own lock would let a busy writer overtake a waiting one for ever, and would block the event loop of who waits.
 */
export class WriteTurns {
  private readonly state: Int32Array;

  /** `shared` comes from `WriteTurns.shared` of the thread that opened the file. */
  constructor(readonly shared: SharedArrayBuffer = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.state = new Int32Array(shared);
  }

  /** Runs `work` when it is this caller's turn, and gives the turn on whatever comes of it. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    await this.take();
    try {
      return await work();
    } finally {
      this.give();
    }
  }

  /** Resolves when it is this caller's turn; `give` must follow. */
  async take(): Promise<void> {
    const ticket = Atomics.add(this.state, NEXT, 1);
    if (Atomics.load(this.state, SERVED) === ticket) return;
    const alive = setInterval(() => undefined, KEEP_ALIVE_MS);
    try {
      await this.served(ticket);
    } finally {
      clearInterval(alive);
    }
  }

  give(): void {
    Atomics.add(this.state, SERVED, 1);
    Atomics.notify(this.state, SERVED);
  }

  private async served(ticket: number): Promise<void> {
    for (;;) {
      const now = Atomics.load(this.state, SERVED);
      if (now === ticket) return;
      const changed = Atomics.waitAsync(this.state, SERVED, now);
      if (changed.async) await changed.value;
    }
  }
}
