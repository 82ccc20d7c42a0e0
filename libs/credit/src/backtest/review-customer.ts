import { addDays, type Decimal, type LocalDate } from '@syncline/model';
import type { CurrencyConverter } from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';
import type { CreditStanding } from '../rating/credit-standing';
import { rateCustomer } from '../rating/rate-customer';
import { LedgerHistory, type HistoricItem } from './ledger-history';
import { CustomerOutcomes, type Outcome, type ReviewOutcome } from './outcome';

/** Everything that the backtest looks at beside the customers. */
export interface BacktestSettings {
  policy: CreditPolicy;
  outcome: Outcome;
  /** Review days, rising. */
  reviews: readonly LocalDate[];
  /** Last day that the data tells about. */
  knownUntil: LocalDate;
  /** Into the policy currency, as of a day. */
  converterOn: (day: LocalDate) => CurrencyConverter;
}

export interface BacktestCustomer {
  id: string;
  items: readonly HistoricItem[];
}

/** One customer on one review day: what the policy said then, and what became of it. */
export interface Observation {
  /** Place of the customer in the input. */
  customer: number;
  /** Place of the review in the settings. */
  review: number;
  /** Null = no score: the rule for new customers decided. */
  score: number | null;
  /** After hard rules, each review for itself. */
  grade: string;
  /** With the policy's hysteresis and cure from review to review. */
  dampedGrade: string;
  /** In the policy currency; likewise without and with the rules on limit changes. */
  limit: Decimal;
  dampedLimit: Decimal;
  outcome: ReviewOutcome;
  /** Values of the scorecard's features, in its order; NaN = missing. */
  features: Float64Array;
}

/** Twelve full calendar months before the running one are the longest that any fact looks back; see `salesFacts`. */
const LONGEST_LOOK_BACK_DAYS = 400;
/** A customer with nothing open that bought nothing for so long is not at risk, and not observed. */
const INACTIVE_DAYS = 365;

/**
 * Rates a customer on every review day by the same function as the rating stage, from what was known on that day, and
 * says what became of it. Days before its first invoice, and days on which nothing is open and nothing was bought for a
 * year, give no observation.
 */
export function reviewCustomer(
  { items }: BacktestCustomer,
  customer: number,
  settings: BacktestSettings,
): Observation[] {
  const { policy, reviews, knownUntil, converterOn } = settings;
  const history = new LedgerHistory(items);
  const first = history.firstInvoicedOn;
  if (first === null) return [];
  const outcomes = new CustomerOutcomes(history, settings.outcome, {
    currency: policy.policy.currency,
    maxShieldDays: policy.dispute.excludeFromOverdue ? policy.dispute.maxShieldDays : -1,
    converterOn,
  });
  const lookBack = Math.max(LONGEST_LOOK_BACK_DAYS, policy.windows.behaviourDays);
  const features = Object.keys(policy.scorecard);
  const observations: Observation[] = [];
  let standing: CreditStanding | null = null;
  reviews.forEach((asOf, review) => {
    if (asOf < first) return;
    const known = history.knownOn(asOf, addDays(asOf, -lookBack));
    if (!isActive(known, asOf)) return;
    const input = { policy, asOf, items: known, openOrders: [], firstInvoicedOn: first, converter: converterOn(asOf) };
    const alone = rateCustomer(input);
    const damped = standing === null ? alone : rateCustomer({ ...input, opening: standing });
    standing = damped.standing;
    observations.push({
      customer,
      review,
      score: alone.score === null ? null : Number(alone.score),
      grade: alone.grade,
      dampedGrade: damped.grade,
      limit: alone.limit,
      dampedLimit: damped.limit,
      outcome: outcomes.after(asOf, knownUntil),
      features: Float64Array.from(features, (name) => numberOf(alone.features[name])),
    });
  });
  return observations;
}

function isActive(known: readonly HistoricItem[], asOf: LocalDate): boolean {
  const since = addDays(asOf, -INACTIVE_DAYS);
  return known.some(({ openAmount, type, postedOn }) =>
    type === 'invoice' ? openAmount !== '0' || (postedOn ?? '') > since : openAmount !== '0',
  );
}

function numberOf(text: string | null | undefined): number {
  return text === null || text === undefined ? NaN : Number(text);
}
