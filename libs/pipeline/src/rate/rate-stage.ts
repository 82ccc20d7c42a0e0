import type { BatchControl, LogBatch } from '../shared/event-log.port';
import type { CatchUpGate } from './catch-up-gate';
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
  /** Where rate waits for the stages ahead of it; absent = it does not. */
  gate?: CatchUpGate;
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
  private readonly gate: CatchUpGate | undefined;

  constructor(parts: RateParts) {
    const { store, clock } = parts;
    this.gate = parts.gate;
    const customers = new EvaluateCustomers(parts);
    const policies = policyBook(parts);
    const afterCommit = () => parts.afterCommit();
    this.batch = new RateBatch(store, customers, policies, clock, afterCommit);
    this.calendar = new RateByCalendar(store, customers, policies, afterCommit);
    const onError = (error: unknown) => parts.onCalendarError(error);
    this.schedule =
      parts.calendarIntervalMs === null
        ? null
        : new RatingSchedule(this.gatedCalendar(), clock, onError, parts.calendarIntervalMs);
  }

  /** @param control absent = the stages ahead are not waited for */
  async handle(batch: LogBatch, control?: BatchControl): Promise<EvaluationOutcome> {
    if (control) await this.gate?.pass(control);
    return this.batch.handle(batch);
  }

  start(): void {
    this.schedule?.start();
  }

  async stop(): Promise<void> {
    await this.schedule?.stop();
  }

  /** Looks again at the next turn of the schedule where the stages ahead are behind. */
  private gatedCalendar(): Pick<RateByCalendar, 'run'> {
    return {
      run: async (asOf, signal) => {
        const isOpen = (await this.gate?.isOpen()) ?? true;
        return isOpen ? this.calendar.run(asOf, signal) : { evaluated: 0, changed: 0 };
      },
    };
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
