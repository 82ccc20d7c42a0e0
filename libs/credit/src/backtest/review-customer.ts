import { addDays, type Decimal, type LocalDate } from '@syncline/model';
import type { CurrencyConverter } from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy } from '../rating/compiled-policy';
import type { CreditStanding } from '../rating/credit-standing';
import { capByRules } from '../rating/hard-rules';
import { rateCustomer, type RatingDecision } from '../rating/rate-customer';
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
  /** By the bounds, for the grade with hysteresis, before the rules on limit changes; in the policy currency. */
  limit: Decimal;
  /** After them. */
  dampedLimit: Decimal;
  outcome: ReviewOutcome;
  /** Values of the scorecard's features, in its order; NaN = missing. */
  features: Float64Array;
}

/** Twelve full calendar months before the running one are the longest that any fact looks back; see `salesFacts`. */
const LONGEST_LOOK_BACK_DAYS = 400;
/** A customer with nothing open that bought nothing for so long is not at risk, and not observed. */
const INACTIVE_DAYS = 365;

/** A review day with the days that are counted back from it, worked out once for all customers. */
interface ReviewDay {
  asOf: LocalDate;
  /** Closed items that are older than this show in no fact. */
  lookBackFrom: LocalDate;
  inactiveSince: LocalDate;
  converter: CurrencyConverter;
}

/** Rates customers one after the other on all review days. */
export class CustomerReviews {
  private readonly days: readonly ReviewDay[];
  private readonly features: readonly string[];

  constructor(private readonly settings: BacktestSettings) {
    const { policy, reviews, converterOn } = settings;
    const lookBack = Math.max(LONGEST_LOOK_BACK_DAYS, policy.windows.behaviourDays);
    this.days = reviews.map((asOf) => ({
      asOf,
      lookBackFrom: addDays(asOf, -lookBack),
      inactiveSince: addDays(asOf, -INACTIVE_DAYS),
      converter: converterOn(asOf),
    }));
    this.features = Object.keys(policy.scorecard);
  }

  /**
   * Rates a customer on every review day by the same function as the rating stage, from what was known on that day,
   * and says what became of it. Days before its first invoice, and days on which nothing is open and nothing was
   * bought for a year, give no observation.
   * @param customer its place in the input
   */
  of({ items }: BacktestCustomer, customer: number): Observation[] {
    const { policy, knownUntil } = this.settings;
    const history = new LedgerHistory(items);
    const { firstInvoicedOn } = history;
    if (firstInvoicedOn === null) return [];
    const outcomes = new CustomerOutcomes(history, this.settings);
    const observations: Observation[] = [];
    let opening: CreditStanding | null = null;
    this.days.forEach(({ asOf, lookBackFrom, inactiveSince, converter }, review) => {
      if (asOf < firstInvoicedOn) return;
      const known = history.knownOn(asOf, lookBackFrom);
      if (!isActive(known, inactiveSince)) return;
      const decision = rateCustomer({
        policy,
        asOf,
        items: known,
        openOrders: [],
        firstInvoicedOn,
        converter,
        opening,
      });
      opening = decision.standing;
      observations.push({
        customer,
        review,
        score: decision.score === null ? null : Number(decision.score),
        grade: gradeOfDay(decision, policy),
        dampedGrade: decision.grade,
        limit: decision.derivation.proposedLimit ?? decision.limit,
        dampedLimit: decision.limit,
        outcome: outcomes.after(asOf, knownUntil),
        features: Float64Array.from(this.features, (name) => numberOf(decision.features[name])),
      });
    });
    return observations;
  }
}

/** The grade that the day's score and rules give by themselves, without what stood before. */
function gradeOfDay({ derivation, reasons }: RatingDecision, policy: CreditPolicy): string {
  const codes = new Set(reasons.map(({ code }) => code));
  const fired = compilePolicy(policy).rules.filter(({ code }) => codes.has(code));
  return capByRules(derivation.byScore ?? policy.newCustomer.maxGrade, fired, policy).grade;
}

function isActive(known: readonly HistoricItem[], since: LocalDate): boolean {
  return known.some(
    ({ openAmount, type, postedOn }) => openAmount !== '0' || (type === 'invoice' && (postedOn ?? '') > since),
  );
}

function numberOf(text: string | null | undefined): number {
  return text === null || text === undefined ? NaN : Number(text);
}
