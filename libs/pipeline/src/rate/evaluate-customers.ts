import { createHash } from 'node:crypto';
import { creditRatingEvent, type PreviousRating } from '@syncline/contracts';
import { rateCustomer, type CreditPolicy, type RatingDecision } from '@syncline/credit';
import { addDays, Big, canonicalDecimal, type CreditRating, type Decimal, type LocalDate } from '@syncline/model';
import { converterInto, type CurrencyConverter } from '@syncline/receivables';
import { instantOf, type Clock } from '../shared/clock';
import type { StageMetrics } from '../shared/stage-metrics.port';
import type { SystemDescription } from '../shared/system';
import { TOPICS } from '../shared/topics';
import type { CreditFacts, RateTx } from './rate-store.port';

/** Twelve full calendar months before the running one, which seasonality looks at. */
const LONGEST_LOOK_BACK_DAYS = 400;

export interface EvaluationParts {
  policy: CreditPolicy;
  /** The connected systems; their currencies are those of their ledgers. */
  systems: readonly Pick<SystemDescription, 'name' | 'currency'>[];
  clock: Clock;
  metrics: StageMetrics;
}

export interface EvaluationOutcome {
  evaluated: number;
  changed: number;
}

/**
 * Rates customers inside one transaction. A rating is a pure function of facts, day and policy; a new version is
 * written only when the decision, or the reasons for it, changed. Numbers inside the reasons move every day and are
 * no change.
 */
export class EvaluateCustomers {
  private readonly systemCurrencies: Readonly<Record<string, string>>;
  private readonly policyDigest: string;
  private readonly lookBackDays: number;

  constructor(private readonly parts: EvaluationParts) {
    this.systemCurrencies = Object.fromEntries(parts.systems.map(({ name, currency }) => [name, currency]));
    this.policyDigest = sha256(JSON.stringify(parts.policy));
    this.lookBackDays = Math.max(LONGEST_LOOK_BACK_DAYS, parts.policy.windows.behaviourDays);
  }

  /** Ids that are no customer (any more) are passed over; evaluating again without new facts changes nothing. */
  async evaluate(tx: RateTx, customerIds: string[], asOf: LocalDate): Promise<EvaluationOutcome> {
    if (customerIds.length === 0) return { evaluated: 0, changed: 0 };
    const facts = (await tx.facts(customerIds, addDays(asOf, -this.lookBackDays))).filter(isRated);
    const converter = await this.converter(tx, facts, asOf);
    const changed: { rating: CreditRating; previous: CreditRating | null }[] = [];
    const waiting = new Set<string>();
    for (const each of facts) {
      const decision = this.rate(each, asOf, converter);
      if (decision.missingRates.length > 0) waiting.add(each.customer.id);
      if (each.current && isSame(each.current, decision, this.parts.policy)) continue;
      changed.push({ rating: this.rating(each, decision, asOf), previous: each.current });
    }
    if (changed.length > 0) {
      await tx.saveRatings(changed.map(({ rating }) => rating));
      const messages = changed.map(({ rating, previous }) =>
        creditRatingEvent({ ...rating, previous: previous && previousOf(previous) }),
      );
      await tx.outbox.append([{ topic: TOPICS.ratings, messages }]);
    }
    // Who waits for an exchange rate stays due: no event of the customer would tell that it came.
    await tx.markEvaluated(
      customerIds.filter((id) => !waiting.has(id)),
      asOf,
    );
    this.parts.metrics.count('syncline_ratings_evaluated_total', {}, facts.length);
    this.parts.metrics.count('syncline_ratings_changed_total', {}, changed.length);
    return { evaluated: facts.length, changed: changed.length };
  }

  private rate(facts: CreditFacts, asOf: LocalDate, converter: CurrencyConverter): RatingDecision {
    return rateCustomer({
      policy: this.parts.policy,
      asOf,
      items: facts.items,
      openOrders: facts.openOrders,
      firstInvoicedOn: facts.firstInvoicedOn,
      converter,
      heldLimit: this.heldLimit(facts, converter),
    });
  }

  /**
   * The limit that stands in the customer's systems: the greatest of its accounts, because Syncline brings the same
   * limit to each. Null when there is none, one is unlimited, or one can't be converted.
   */
  private heldLimit({ heldLimits }: CreditFacts, converter: CurrencyConverter): Decimal | null {
    let greatest: Big | null = null;
    for (const { system, limit } of heldLimits) {
      const factor = converter.factor(system, this.systemCurrencies[system] ?? '');
      if (limit === null || factor === null) return null;
      const converted = factor.times(limit);
      if (greatest === null || converted.gt(greatest)) greatest = converted;
    }
    return greatest && canonicalDecimal(greatest);
  }

  /** Rates are read only when something is in another currency. */
  private async converter(tx: RateTx, facts: CreditFacts[], asOf: LocalDate): Promise<CurrencyConverter> {
    const target = this.parts.policy.policy.currency;
    const foreign = (row: { currency: string }) => row.currency !== target;
    const isNeeded = facts.some(
      ({ items, openOrders, heldLimits }) =>
        items.some(foreign) ||
        openOrders.some(foreign) ||
        heldLimits.some(({ system }) => this.systemCurrencies[system] !== target),
    );
    return converterInto(target, isNeeded ? await tx.rates() : [], this.systemCurrencies, asOf);
  }

  private rating({ customer, current }: CreditFacts, decision: RatingDecision, asOf: LocalDate): CreditRating {
    const { id, version } = this.parts.policy.policy;
    const { inputs, missingRates: _, ...decided } = decision;
    return {
      customerId: customer.id,
      version: (current?.version ?? 0) + 1,
      ...decided,
      policy: id,
      policyVersion: version,
      asOf,
      decidedAt: instantOf(this.parts.clock.now()),
      inputsHash: sha256(`${this.policyDigest}\n${inputs}`),
    };
  }
}

function isRated({ customer }: CreditFacts): boolean {
  return customer.status === 'active' && customer.summary.isCustomer;
}

/** Whether the decision and the codes of its reasons are what they were. */
function isSame(current: CreditRating, decision: RatingDecision, { policy }: CreditPolicy): boolean {
  return (
    current.grade === decision.grade &&
    current.termDays === decision.termDays &&
    current.limit === decision.limit &&
    current.currency === decision.currency &&
    current.hold === decision.hold &&
    (current.score === null) === (decision.score === null) &&
    current.policy === policy.id &&
    current.policyVersion === policy.version &&
    codesOf(current) === codesOf(decision)
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
