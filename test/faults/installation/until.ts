import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Waits for a condition, not for a time. @throws Error when it does not come in time */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: () => string,
  patienceMs: number,
  everyMs = LOOK_EVERY_MS,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${patienceMs / 1000} s in vain for ${what()}`);
    await pause(everyMs);
  }
}
