import { createHash } from 'node:crypto';
import { creditRatingEvent, type PreviousRating } from '@syncline/contracts';
import { sameStanding, type CreditPolicy, type RatingDecision } from '@syncline/credit';
import type { CreditRating, LocalDate } from '@syncline/model';
import { instantOf, type Clock } from '../shared/clock';
import type { StageMetrics } from '../shared/stage-metrics.port';
import { TOPICS } from '../shared/topics';
import type { StandingRow } from './credit-state.port';
import { DecideCustomers, type RatedCustomer, type RatedSystem } from './decide-customers';
import { policyDigest } from './policy-digest';
import type { RateTx } from './rate-store.port';

export interface EvaluationParts {
  systems: readonly RatedSystem[];
  clock: Clock;
  metrics: StageMetrics;
}

export interface EvaluationOutcome {
  evaluated: number;
  changed: number;
}

export interface Evaluation extends EvaluationOutcome {
  /** Of the customers whose rating waits for nothing: the version that it was made from. */
  versions: ReadonlyMap<string, number>;
}

/** A customer with what was decided on it. */
interface Decided extends RatedCustomer {
  decision: RatingDecision;
}

/**
 * Rates customers inside one transaction. A rating is a pure function of facts, day, policy, and what earlier days and
 * people left behind; a new version is written only when the decision, or the reasons for it, changed. Numbers inside
 * the reasons move every day and are no change.
 */
export class EvaluateCustomers {
  private readonly decisions: DecideCustomers;

  constructor(private readonly parts: EvaluationParts) {
    this.decisions = new DecideCustomers(parts.systems);
  }

  /**
   * Ids that are no customer (any more) are passed over; those that share a limit with others are rated with them.
   * Evaluating again without new facts changes nothing.
   */
  async evaluate(tx: RateTx, customerIds: string[], asOf: LocalDate, policy: CreditPolicy): Promise<Evaluation> {
    if (customerIds.length === 0) return { evaluated: 0, changed: 0, versions: new Map() };
    const loaded = await this.decisions.load(tx, customerIds, asOf, [policy]);
    const decisions = await this.decisions.decide(tx, loaded, asOf, policy);
    const decided = loaded.customers.map((customer, index) => ({ ...customer, decision: decisions[index] }));
    const changed = decided.filter(({ facts, decision }) => !isSame(facts.current, decision, policy));
    await this.save(tx, changed, asOf, policy);
    await tx.saveStandings(decided.flatMap((each) => movedStanding(each, asOf)));
    // Who waits for an exchange rate stays due: no event of the customer would tell that it came.
    const waiting = new Set(
      decided.filter(({ decision }) => decision.missingRates.length > 0).map(({ facts }) => facts.customer.id),
    );
    const evaluated = new Set([...customerIds, ...decided.map(({ facts }) => facts.customer.id)]);
    await tx.markEvaluated(
      [...evaluated].filter((id) => !waiting.has(id)),
      asOf,
    );
    this.parts.metrics.count('syncline_ratings_evaluated_total', {}, decided.length);
    this.parts.metrics.count('syncline_ratings_changed_total', {}, changed.length);
    const settled = decided.filter(({ facts }) => !waiting.has(facts.customer.id));
    const versions = new Map(settled.map(({ facts: { customer } }) => [customer.id, customer.version]));
    return { evaluated: decided.length, changed: changed.length, versions };
  }

  private async save(tx: RateTx, changed: readonly Decided[], asOf: LocalDate, policy: CreditPolicy): Promise<void> {
    if (changed.length === 0) return;
    const rows = changed.map((each) => ({ rating: this.rating(each, asOf, policy), previous: each.facts.current }));
    await tx.saveRatings(rows.map(({ rating }) => rating));
    const messages = rows.map(({ rating, previous }) =>
      creditRatingEvent({ ...rating, previous: previous && previousOf(previous) }),
    );
    await tx.outbox.append([{ topic: TOPICS.ratings, messages }]);
  }

  private rating({ facts, decision }: Decided, asOf: LocalDate, policy: CreditPolicy): CreditRating {
    const { inputs, missingRates: _, standing: __, ...decided } = decision;
    return {
      customerId: facts.customer.id,
      version: (facts.current?.version ?? 0) + 1,
      ...decided,
      policy: policy.policy.id,
      policyVersion: policy.policy.version,
      asOf,
      decidedAt: instantOf(this.parts.clock.now()),
      inputsHash: createHash('sha256')
        .update(`${policyDigest(policy)}\n${inputs}`)
        .digest('base64url'),
    };
  }
}

/** Nothing when the day leaves the customer where it was: most days move nobody. */
function movedStanding({ facts, state, decision }: Decided, asOf: LocalDate): StandingRow[] {
  if (sameStanding(state.today ?? state.opening, decision.standing)) return [];
  return [{ customerId: facts.customer.id, asOf, standing: decision.standing }];
}

/** Whether the decision and the codes of its reasons are what they were. */
function isSame(current: CreditRating | null, decision: RatingDecision, { policy }: CreditPolicy): boolean {
  return (
    current !== null &&
    current.grade === decision.grade &&
    current.termDays === decision.termDays &&
    current.limit === decision.limit &&
    current.currency === decision.currency &&
    current.hold === decision.hold &&
    (current.score === null) === (decision.score === null) &&
    current.policy === policy.id &&
    current.policyVersion === policy.version &&
    codesOf(current) === codesOf(decision) &&
    // A rating names the overrides that it lies under: another one of the same effect is another record.
    (current.derivation?.overrides ?? []).join() === decision.derivation.overrides.join()
  );
}

function codesOf({ reasons }: Pick<CreditRating, 'reasons'>): string {
  return reasons
    .map(({ code }) => code)
    .sort()
    .join();
}

function previousOf({ version, grade, termDays, limit, currency, hold }: CreditRating): PreviousRating {
  return { version, grade, termDays, limit, currency, hold };
}
