/** The only source of waiting; tests make their own. */
export interface Timers {
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** Timers that never keep a process alive. */
export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`, or at once when the signal aborts. */
export function sleep(timers: Timers, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = timers.after(ms, done);
    signal.addEventListener('abort', done);
  });
}

/** Raised by `withinTime` when the time is up. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/**
 * Runs `work` with a signal that aborts after `ms` or with `outer`, and settles by then even when `work` ignores it:
 * nothing that hangs can hold a worker.
 * @throws TimeIsUp when the time was up, the outer signal's reason when that one aborted
 */
export async function withinTime<T>(
  timers: Timers,
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const inner = new AbortController();
  const abortWithOuter = () => inner.abort(outer.reason);
  outer.addEventListener('abort', abortWithOuter);
  const cancel = timers.after(ms, () => inner.abort(new TimeIsUp(`no answer within ${ms} ms`)));
  try {
    return await new Promise<T>((resolve, reject) => {
      inner.signal.addEventListener('abort', () => reject(inner.signal.reason as Error));
      work(inner.signal).then(resolve, (error: unknown) =>
        reject((inner.signal.aborted ? inner.signal.reason : error) as Error),
      );
    });
  } finally {
    cancel();
    outer.removeEventListener('abort', abortWithOuter);
  }
}
