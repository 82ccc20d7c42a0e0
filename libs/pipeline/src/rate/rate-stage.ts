import type { LogBatch } from '../shared/event-log.port';
import type { PolicyStore, StoredPolicy } from './credit-state.port';
import { DiffPolicies } from './diff-policies';
import { EvaluateCustomers, type EvaluationOutcome, type EvaluationParts } from './evaluate-customers';
import { PolicyBook, type PolicyFile } from './policy-book';
import { RateBatch } from './rate-batch';
import { RateByCalendar } from './rate-by-calendar';
import type { RateStore } from './rate-store.port';
import { RatingSchedule } from './rating-schedule';

export interface RateParts extends EvaluationParts {
  store: RateStore;
  policies: PolicyStore;
  /** The policy of the configuration. */
  policy: PolicyFile;
  /** A new policy that moves more than this fraction of the customers waits for approval. Default: none does. */
  policyApprovalAbove?: number | null;
  /** A new policy waits for approval. */
  onPolicyWaiting?(policy: StoredPolicy): void;
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
    const policies = policyBook(parts);
    const afterCommit = () => parts.afterCommit();
    this.batch = new RateBatch(store, customers, policies, clock, afterCommit);
    this.calendar = new RateByCalendar(store, customers, policies, afterCommit);
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

function policyBook(parts: RateParts): PolicyBook {
  const diff = new DiffPolicies(parts.store, parts.systems);
  return new PolicyBook({
    store: parts.policies,
    file: parts.policy,
    clock: parts.clock,
    approvalAbove: parts.policyApprovalAbove ?? null,
    examine: (candidate, inForce, asOf) => diff.impact(candidate, inForce, asOf),
    onWaiting: (policy) => parts.onPolicyWaiting?.(policy),
  });
}
