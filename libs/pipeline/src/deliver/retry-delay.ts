import type { RetryDescription } from './target';

/**
 * Milliseconds to wait after the `failures`-th failure in a row (from 1): anything between 0 and an exponentially
 * growing cap ("full jitter", so that many deliveries that failed together don't come back together), and not less
 * than what the target asked for.
 * @param random a number from 0 up to 1
 */
export function retryDelay(retry: RetryDescription, failures: number, random: number, askedMs = 0): number {
  const cap = Math.min(retry.maxMs, retry.initialMs * 2 ** Math.min(failures - 1, 30));
  const jittered = Math.round(cap * random);
  return askedMs > 0 ? askedMs + Math.round(Math.min(retry.initialMs, askedMs) * random) : jittered;
}
