import { backoffOf } from '../event-log-config';
import { isPassing } from './kafka-errors';

/** How long something is tried again that fails for a reason that passes. */
export interface Patience {
  /** The pauses between two tries, doubling from first to most. Milliseconds. */
  backoffMs: { first: number; most: number };
  /** No try begins later than this after the first. Milliseconds. */
  forMs: number;
}

/**
 * For questions: a broker that has just started, or has just been told of a topic or a group, answers them with an
 * error first. Short, because a topic that nobody created gives the same error for ever.
 */
export const SHORT_PATIENCE: Patience = { backoffMs: { first: 50, most: 1_000 }, forMs: 5_000 };

/** For topics that were just created: they will be there, on a loaded machine after many seconds. */
export const LONG_PATIENCE: Patience = { backoffMs: { first: 50, most: 1_000 }, forMs: 60_000 };

/** Repeats `attempt` while its errors pass (see `isPassing`). Any other error, and the last one, comes out. */
export async function patiently<T>(attempt: () => Promise<T>, { backoffMs, forMs }: Patience): Promise<T> {
  const began = performance.now();
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || performance.now() - began >= forMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, backoffOf(tried, backoffMs)));
  }
}
