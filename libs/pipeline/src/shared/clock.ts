import { instantOfEpochMs, type Instant, type LocalDate } from '@syncline/model';

/** The only source of time. Composition makes the real one; tests make their own. */
export interface Clock {
  now(): number;
  /**
   * Milliseconds since some moment in the life of the process; setting the clock does not move them. For durations: how
   * long something waits, lasts or is believed. What is stored or shown is an instant of `now`.
   */
  elapsed(): number;
  /** The business date: today in the configured zone, or the configured fixed day. */
  today(): LocalDate;
}

export function instantOf(epochMs: number): Instant {
  return instantOfEpochMs(epochMs);
}

export const CLOCK = Symbol('Clock');
