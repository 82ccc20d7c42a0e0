import type { CreditPolicy, RatingDecision } from '@syncline/credit';
import {
  Big,
  canonicalDecimal,
  HOLDS,
  type Decimal,
  type Hold,
  type LocalDate,
  type RatingReason,
} from '@syncline/model';
import type { PolicyImpact } from './credit-state.port';
import { DecideCustomers, type RatedSystem } from './decide-customers';
import type { RateStore } from './rate-store.port';

/** Customers read at a time. */
const PAGE = 500;

/** What a policy would decide. */
export interface DiffSide {
  grade: string;
  termDays: number;
  limit: Decimal;
  currency: string;
  hold: Hold;
  score: Decimal | null;
}

/** A customer that would move. */
export interface PolicyMove {
  customerId: string;
  name: string | null;
  from: DiffSide;
  to: DiffSide;
  direction: 'better' | 'worse' | 'mixed';
  /** In the policy's currency; null = not known. */
  exposure: Decimal | null;
  /** Reasons that only the new policy gives; without any, those that cost most. */
  reasons: RatingReason[];
}

export interface PolicyDiff {
  asOf: LocalDate;
  customers: number;
  moved: number;
  better: number;
  worse: number;
  /** Sum of what those that move could still fail to pay, where known. */
  exposure: Decimal;
  currency: string;
  /** Grade before → grade after → customers, those that stay too. */
  grades: Record<string, Record<string, number>>;
  /** The first `mostMoves` of them, the greatest exposure first. */
  moves: PolicyMove[];
}

/**
 * Who would move if a policy took the place of another: both decide on the same customers, from what is known now and
 * where they stand, and nothing is written. Reads page by page beside the running stages.
 */
export class DiffPolicies {
  private readonly decisions: DecideCustomers;

  constructor(
    private readonly store: Pick<RateStore, 'read' | 'ratedCustomers'>,
    systems: readonly RatedSystem[],
  ) {
    this.decisions = new DecideCustomers(systems);
  }

  /** @param mostMoves how many movers are kept; all are counted */
  async diff(from: CreditPolicy, to: CreditPolicy, asOf: LocalDate, mostMoves: number): Promise<PolicyDiff> {
    const tally = new DiffTally(asOf, to, mostMoves);
    let after = '';
    for (;;) {
      const ids = await this.store.ratedCustomers(PAGE, after);
      const last = ids.at(-1);
      if (last === undefined) return tally.result();
      after = last;
      await this.store.read(async (reads) => {
        const loaded = await this.decisions.load(reads, ids, asOf, [from, to]);
        const before = await this.decisions.decide(reads, loaded, asOf, from);
        const then = await this.decisions.decide(reads, loaded, asOf, to);
        // Others of their groups have pages of their own.
        const ofPage = new Set(ids);
        loaded.customers.forEach(({ facts: { customer } }, index) => {
          if (ofPage.has(customer.id)) tally.add(customer, before[index], then[index]);
        });
      });
    }
  }

  /** The numbers alone. */
  async impact(to: CreditPolicy, from: CreditPolicy, asOf: LocalDate): Promise<PolicyImpact> {
    const { customers, moved, better, worse } = await this.diff(from, to, asOf, 0);
    return { asOf, customers, moved, better, worse };
  }
}

/** Counts customers one after another; keeps few moves, whatever the number of customers. */
class DiffTally {
  private customers = 0;
  private readonly counts = { moved: 0, better: 0, worse: 0 };
  private exposure = new Big(0);
  private readonly grades: Record<string, Record<string, number>> = {};
  private moves: PolicyMove[] = [];
  private readonly rank: Map<string, number>;

  constructor(
    private readonly asOf: LocalDate,
    private readonly to: CreditPolicy,
    private readonly most: number,
  ) {
    this.rank = new Map(to.grades.map(({ grade }, index) => [grade, index]));
  }

  add({ id, name }: { id: string; name: string | null }, from: RatingDecision, to: RatingDecision): void {
    this.customers += 1;
    const row = (this.grades[from.grade] ??= {});
    row[to.grade] = (row[to.grade] ?? 0) + 1;
    if (isSame(from, to)) return;
    const exposure = to.features['exposure'] ?? null;
    const direction = this.direction(from, to);
    this.counts.moved += 1;
    if (direction !== 'mixed') this.counts[direction] += 1;
    this.exposure = this.exposure.plus(exposure ?? '0');
    if (this.most === 0) return;
    const move = { customerId: id, name, from: sideOf(from), to: sideOf(to), direction, exposure };
    this.moves.push({ ...move, reasons: newReasons(from, to) });
    if (this.moves.length >= 2 * this.most) this.moves = this.greatest();
  }

  result(): PolicyDiff {
    return {
      asOf: this.asOf,
      customers: this.customers,
      ...this.counts,
      exposure: canonicalDecimal(this.exposure),
      currency: this.to.policy.currency,
      grades: this.grades,
      moves: this.greatest(),
    };
  }

  private greatest(): PolicyMove[] {
    const size = ({ exposure }: PolicyMove) => new Big(exposure ?? '0');
    return this.moves
      .sort((a, b) => size(b).cmp(size(a)) || (a.customerId < b.customerId ? -1 : 1))
      .slice(0, this.most);
  }

  /** Better or worse in grade, else in limit, else in term, else in hold. */
  private direction(from: RatingDecision, to: RatingDecision): PolicyMove['direction'] {
    const signs = [
      (this.rank.get(from.grade) ?? 0) - (this.rank.get(to.grade) ?? 0),
      from.currency === to.currency ? new Big(to.limit).cmp(from.limit) : 0,
      to.termDays - from.termDays,
      HOLDS.indexOf(from.hold) - HOLDS.indexOf(to.hold),
    ].filter((sign) => sign !== 0);
    if (signs.length === 0) return 'mixed';
    if (signs.every((sign) => sign > 0)) return 'better';
    return signs.every((sign) => sign < 0) ? 'worse' : 'mixed';
  }
}

function isSame(a: RatingDecision, b: RatingDecision): boolean {
  return (
    a.grade === b.grade &&
    a.termDays === b.termDays &&
    a.limit === b.limit &&
    a.currency === b.currency &&
    a.hold === b.hold
  );
}

function sideOf({ grade, termDays, limit, currency, hold, score }: RatingDecision): DiffSide {
  return { grade, termDays, limit, currency, hold, score };
}

const MOST_REASONS = 4;

function newReasons(from: RatingDecision, to: RatingDecision): RatingReason[] {
  const before = new Set(from.reasons.map(({ code }) => code));
  const fresh = to.reasons.filter(({ code }) => !before.has(code));
  return (fresh.length > 0 ? fresh : to.reasons).slice(0, MOST_REASONS);
}
