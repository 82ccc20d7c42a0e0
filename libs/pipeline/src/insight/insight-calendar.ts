import type { Instant, LocalDate } from '@syncline/model';
import type { EvaluateInsights, InsightOutcome } from './evaluate-insights';
import type { InsightExtent, InsightRun, InsightStore } from './insight-store.port';

/** How often it is looked whether an evaluation is due: a few counts in the database. */
export const INSIGHT_CHECK_INTERVAL_MS = 10_000;

/** Looks for which a due evaluation waits for the documents to settle: an hour. */
const MOST_WAITS = 360;

/** A day's evaluation is made anew when customers or documents grew by this part since: a first load went on. */
const GROWTH = 0.1;

const NOTHING: InsightOutcome = { evaluated: 0, changed: 0 };

/**
 * Evaluates all customers once a business day. It waits until nothing new came between two looks (for an hour at the
 * longest), because a load that is under way would be evaluated by halves and slowed down; and it evaluates the day
 * again after such a load. Who asks for an evaluation gets it without waiting, on a day that was evaluated, too. What
 * was evaluated and asked for is in the store: a process needs no memory of it.
 */
export class InsightCalendar {
  private seen: InsightExtent | null = null;
  private waits = 0;

  constructor(
    private readonly store: Pick<InsightStore, 'extent' | 'lastRun' | 'requestedAt'>,
    private readonly insights: Pick<EvaluateInsights, 'run'>,
  ) {}

  async run(asOf: LocalDate, signal?: AbortSignal): Promise<InsightOutcome> {
    const extent = await this.store.extent();
    const isSettled = extent.customers === this.seen?.customers && extent.documents === this.seen.documents;
    this.seen = extent;
    const last = await this.store.lastRun();
    if (isAsked(last, asOf, await this.store.requestedAt(asOf))) return this.evaluate(asOf, signal);
    if (!isDue(last, extent, asOf)) {
      this.waits = 0;
      return NOTHING;
    }
    this.waits += 1;
    if (!isSettled && this.waits <= MOST_WAITS) return NOTHING;
    return this.evaluate(asOf, signal);
  }

  private evaluate(asOf: LocalDate, signal?: AbortSignal): Promise<InsightOutcome> {
    this.waits = 0;
    return this.insights.run(asOf, signal);
  }
}

/** Whether a request for an evaluation of the day waits: one that began after it answers it. */
export function isAsked(last: InsightRun | undefined, asOf: LocalDate, requestedAt: Instant | undefined): boolean {
  return requestedAt !== undefined && (last?.asOf !== asOf || last.startedAt < requestedAt);
}

function isDue(last: InsightRun | undefined, extent: InsightExtent, asOf: LocalDate): boolean {
  if (extent.customers === 0) return false;
  if (last === undefined || last.asOf < asOf) return true;
  const { customers, documents } = last.extent;
  return last.asOf === asOf && (hasGrown(customers, extent.customers) || hasGrown(documents, extent.documents));
}

function hasGrown(before: number, now: number): boolean {
  return now > before && now - before >= before * GROWTH;
}
