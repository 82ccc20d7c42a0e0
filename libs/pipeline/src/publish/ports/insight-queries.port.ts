import type { CustomerInsight } from '@syncline/analytics';
import type { ClassOverride, InsightRun } from '../../insight/insight-store.port';

/** What the API reads of the daily evaluation, and what people decide on classes. */
export interface InsightQueries {
  current(customerId: string): Promise<CustomerInsight | undefined>;
  /** The evaluation of the latest day. */
  lastRun(): Promise<InsightRun | undefined>;
  /** The decision that counts: its own, or that of a customer that was merged into it. */
  classOverride(customerId: string): Promise<ClassOverride | undefined>;
  /** Replaces what was decided before. */
  saveClassOverride(override: ClassOverride): Promise<void>;
  /** Takes the decision that counts back. Resolves to false when nobody decided on this customer. */
  removeClassOverride(customerId: string): Promise<boolean>;
}

export const INSIGHT_QUERIES = Symbol('InsightQueries');
