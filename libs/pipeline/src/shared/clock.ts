import { instantOfEpochMs, type Instant, type LocalDate } from '@syncline/model';

/** The only source of time. Composition makes the real one; tests make their own. */
export interface Clock {
  now(): number;
  /** The business date: today in the configured zone, or the configured fixed day. */
  today(): LocalDate;
}

export function instantOf(epochMs: number): Instant {
  return instantOfEpochMs(epochMs);
}

export const CLOCK = Symbol('Clock');
