import { LRUCache } from 'lru-cache';

export interface WindowCount {
  count: number;
  /** When the count is forgotten, in elapsed milliseconds. */
  endsAt: number;
}

/**
 * Counts by name, each in a window of its own that begins with the first count. Memory is bounded: beyond `most` names
 * the one that was counted longest ago is forgotten.
 */
export class WindowCounter {
  private readonly counts: LRUCache<string, WindowCount>;

  constructor(
    private readonly windowMs: number,
    most: number,
  ) {
    this.counts = new LRUCache({ max: most });
  }

  /** One more, at `now`. */
  add(name: string, now: number): WindowCount {
    const { count, endsAt } = this.at(name, now) ?? { count: 0, endsAt: now + this.windowMs };
    const next = { count: count + 1, endsAt };
    this.counts.set(name, next);
    return next;
  }

  /** The count in the window that is open at `now`; undefined when none is. Does not make the name younger. */
  at(name: string, now: number): WindowCount | undefined {
    const found = this.counts.peek(name);
    return found && now < found.endsAt ? found : undefined;
  }

  /** Lets the window of a name end at `endsAt`. */
  extend(name: string, endsAt: number): void {
    const found = this.counts.peek(name);
    if (found) this.counts.set(name, { ...found, endsAt });
  }

  get size(): number {
    return this.counts.size;
  }
}
