import type { Decimal, LocalDate } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';

/**
 * What a customer's ratings of earlier days leave behind for those of a later day: where its grade and limit stand,
 * and how its last reviews ended. A rating of a day starts from the standing at the end of the days before, however
 * often it is made on that day; so the result does not depend on how often, or in which order, facts arrive on it.
 */
export interface CreditStanding {
  /** `<id>@<version>` of the policy that it was made by. */
  policy: string;
  /** The scale that the scores were measured on; see `CompiledPolicy`. */
  scale: string;
  /** Grade by score and bands, before hard rules; null = it never had a score. */
  grade: string | null;
  /** Since when it has this grade; null with it. */
  gradeSince: LocalDate | null;
  /** Grade after rules, cure and no override: what a freeze holds. */
  granted: string;
  /** Period of the last review, or of the first rating: `2026-03`, `2026-Q1`. */
  period: string;
  /** A review took place. Before the first one, grade and limit follow the facts freely. */
  settled: boolean;
  /** Scores of the last reviews, the latest first, as many as the policy asks for. */
  scores: readonly number[];
  /** Limit by score, bounds and change rules, before hard rules; null = it never had a score. In the policy currency. */
  limit: Decimal | null;
  /** When it was last raised; null = never. */
  limitRaisedOn: LocalDate | null;
  /** A hard rule that asks for a cure held at the end of the day. */
  capped: boolean;
  /** The first day without such a rule, while the cure lasts. */
  curedFrom: LocalDate | null;
}

/** The period that has one review: its first day on which the customer is rated. `2026-03`, or `2026-Q1`. */
export function reviewPeriod(asOf: LocalDate, review: CreditPolicy['policy']['review']): string {
  if (review === 'monthly') return asOf.slice(0, 7);
  return `${asOf.slice(0, 4)}-Q${Math.floor((Number(asOf.slice(5, 7)) + 2) / 3)}`;
}

/** Whether two standings say the same; nothing to store then. */
export function sameStanding(a: CreditStanding | null, b: CreditStanding | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.policy === b.policy &&
    a.scale === b.scale &&
    a.grade === b.grade &&
    a.gradeSince === b.gradeSince &&
    a.granted === b.granted &&
    a.period === b.period &&
    a.settled === b.settled &&
    a.limit === b.limit &&
    a.limitRaisedOn === b.limitRaisedOn &&
    a.capped === b.capped &&
    a.curedFrom === b.curedFrom &&
    a.scores.join() === b.scores.join()
  );
}
