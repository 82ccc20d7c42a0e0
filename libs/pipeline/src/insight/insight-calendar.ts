import type { LocalDate } from '@syncline/model';
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
 * again after such a load. What was evaluated is in the store: a process needs no memory of it.
 */
export class InsightCalendar {
  private seen: InsightExtent | null = null;
  private waits = 0;

  constructor(
    private readonly store: Pick<InsightStore, 'extent' | 'lastRun'>,
    private readonly insights: Pick<EvaluateInsights, 'run'>,
  ) {}

  async run(asOf: LocalDate, signal?: AbortSignal): Promise<InsightOutcome> {
    const extent = await this.store.extent();
    const isSettled = extent.customers === this.seen?.customers && extent.documents === this.seen.documents;
    this.seen = extent;
    if (!isDue(await this.store.lastRun(), extent, asOf)) {
      this.waits = 0;
      return NOTHING;
    }
    this.waits += 1;
    if (!isSettled && this.waits <= MOST_WAITS) return NOTHING;
    this.waits = 0;
    return this.insights.run(asOf, signal);
  }
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
