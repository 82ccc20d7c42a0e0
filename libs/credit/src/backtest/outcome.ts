import { addDays, type LocalDate } from '@syncline/model';
import type { CurrencyConverter } from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';
import { convertItems } from '../rating/convert';
import { FAST_BAD_LATE_DAYS, FAST_BAD_WINDOW_DAYS, fastBad, type FastBad } from './fast-bad';
import type { HistoricItem, LedgerHistory } from './ledger-history';
import { severeDelinquency, type SevereDelinquency } from './severe-delinquency';

export const OUTCOMES = ['fast_bad', 'bad'] as const;
/** What counts as gone bad; see the policy's `validation`. */
export type Outcome = (typeof OUTCOMES)[number];

/** How many days after a review must be known before its outcome is. */
export const OUTCOME_DAYS: Readonly<Record<Outcome, number>> = {
  fast_bad: FAST_BAD_WINDOW_DAYS + FAST_BAD_LATE_DAYS,
  bad: 365,
};

/**
 * What became of a customer after a review, or why that can't be said:
 * - `already_bad`: it stood as `bad` on the day of the review, so there was nothing to foresee
 * - `window_incomplete`: the data ends before the window does
 * - `nothing_due`: nothing falls due in the window (fast_bad)
 * - `no_rate`: an item can't be converted, so that shares of amounts are not known
 */
export type ReviewOutcome = 'good' | 'bad' | 'already_bad' | 'window_incomplete' | 'nothing_due' | 'no_rate';

/** What outcomes are worked out by. */
export interface OutcomeSettings {
  policy: CreditPolicy;
  outcome: Outcome;
  /** Exchange rates of a day: an item counts by those of its posting day, whatever comes later. */
  converterOn: (day: LocalDate) => CurrencyConverter;
}

/** The outcomes of one customer, worked out from its whole ledger once and asked for many reviews. */
export class CustomerOutcomes {
  private readonly severe: SevereDelinquency | null;
  private readonly fast: FastBad | null;
  private readonly days: number;

  constructor(history: LedgerHistory, { policy, outcome, converterOn }: OutcomeSettings) {
    const { excludeFromOverdue, maxShieldDays } = policy.dispute;
    const items = inOneCurrency(history.items, policy.policy.currency, converterOn);
    this.severe = items && severeDelinquency(items, excludeFromOverdue ? maxShieldDays : -1);
    this.fast = items && outcome === 'fast_bad' ? fastBad(items) : null;
    this.days = OUTCOME_DAYS[outcome];
  }

  /** @param knownUntil last day that the data tells about */
  after(review: LocalDate, knownUntil: LocalDate): ReviewOutcome {
    if (this.severe === null) return 'no_rate';
    if (this.severe.isBadOn(review)) return 'already_bad';
    const until = addDays(review, this.days);
    if (until > knownUntil) return 'window_incomplete';
    const wentBad = this.fast ? this.fast.wentBad(review) : this.severe.wentBad(review, until);
    return wentBad === null ? 'nothing_due' : wentBad ? 'bad' : 'good';
  }
}

function inOneCurrency(
  items: readonly HistoricItem[],
  currency: string,
  converterOn: (day: LocalDate) => CurrencyConverter,
): readonly HistoricItem[] | null {
  if (items.every((item) => item.currency === currency)) return items;
  const converted: HistoricItem[] = [];
  for (const item of items) {
    const { rows, missing } = convertItems([item], currency, converterOn(item.postedOn ?? ''));
    if (missing.length > 0) return null;
    converted.push({ ...item, ...rows[0] });
  }
  return converted;
}
