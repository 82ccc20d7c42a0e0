import type { LogBatch } from '../shared/event-log.port';
import { EvaluateCustomers, type EvaluationOutcome, type EvaluationParts } from './evaluate-customers';
import { RateBatch } from './rate-batch';
import { RateByCalendar } from './rate-by-calendar';
import type { RateStore } from './rate-store.port';
import { RatingSchedule } from './rating-schedule';

export interface RateParts extends EvaluationParts {
  store: RateStore;
  /** Called after each commit: the outbox may have something. */
  afterCommit(): void;
  /** A run by the calendar failed; it is tried again by itself. */
  onCalendarError(error: unknown): void;
  /** How often the calendar is looked at; null = never (commands, benches). Default five seconds. */
  calendarIntervalMs?: number | null;
}

/** Rate by events and by the calendar, wired together. */
export class RateStage {
  readonly calendar: RateByCalendar;
  private readonly batch: RateBatch;
  private readonly schedule: RatingSchedule | null;

  constructor(parts: RateParts) {
    const { store, clock } = parts;
    const customers = new EvaluateCustomers(parts);
    const afterCommit = () => parts.afterCommit();
    this.batch = new RateBatch(store, customers, clock, afterCommit);
    this.calendar = new RateByCalendar(store, customers, afterCommit);
    const onError = (error: unknown) => parts.onCalendarError(error);
    this.schedule =
      parts.calendarIntervalMs === null
        ? null
        : new RatingSchedule(this.calendar, clock, onError, parts.calendarIntervalMs);
  }

  handle(batch: LogBatch): Promise<EvaluationOutcome> {
    return this.batch.handle(batch);
  }

  start(): void {
    this.schedule?.start();
  }

  async stop(): Promise<void> {
    await this.schedule?.stop();
  }
}
