import { RatingSchedule } from '../rate/rating-schedule';
import { EvaluateInsights, type InsightEvaluationParts } from './evaluate-insights';
import { INSIGHT_CHECK_INTERVAL_MS, InsightCalendar } from './insight-calendar';

/** The name under which alerts go through the outbox. */
export const INSIGHT_STAGE = 'insight';

export interface InsightParts extends InsightEvaluationParts {
  /** A run failed; it is tried again by itself. */
  onError(error: unknown): void;
  /** How often the calendar is looked at; null = never. Default ten seconds. */
  intervalMs?: number | null;
}

/** The daily evaluation of all customers, beside the rate stage. */
export class InsightStage {
  readonly insights: EvaluateInsights;
  private readonly schedule: RatingSchedule | null;

  constructor(parts: InsightParts) {
    this.insights = new EvaluateInsights(parts);
    const calendar = new InsightCalendar(parts.store, this.insights);
    const { intervalMs = INSIGHT_CHECK_INTERVAL_MS } = parts;
    this.schedule =
      intervalMs === null
        ? null
        : new RatingSchedule(calendar, parts.clock, (error) => parts.onError(error), intervalMs);
  }

  start(): void {
    this.schedule?.start();
  }

  async stop(): Promise<void> {
    await this.schedule?.stop();
  }
}
