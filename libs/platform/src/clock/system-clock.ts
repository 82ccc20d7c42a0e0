import { localDateIn, type LocalDate } from '@syncline/model';
import type { Clock } from '@syncline/pipeline/shared';

/** The real clock. The business date is today in the configured zone, or a fixed day. */
export class SystemClock implements Clock {
  constructor(
    private readonly timeZone: string,
    private readonly businessDate: LocalDate | 'today' = 'today',
  ) {}

  now(): number {
    return Date.now();
  }

  elapsed(): number {
    return performance.now();
  }

  today(): LocalDate {
    return this.businessDate === 'today' ? localDateIn(this.timeZone, this.now()) : this.businessDate;
  }
}
