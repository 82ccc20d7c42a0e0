import type { Decimal, Hold, LocalDate, RatingDerivation, RatingReason, GroupShare } from '@syncline/model';
import type { CurrencyConverter, LedgerItem, OpenOrder } from '@syncline/receivables';
import type { CreditOverride } from '../override/credit-override';
import type { CreditPolicy } from '../policy/policy-schema';
import { convertItems, convertOrders } from './convert';
import type { CreditStanding } from './credit-standing';
import { decide } from './decide-rating';
import { ratingFacts, type KnownFacts } from './rating-facts';

/** Everything that a rating depends on. Equal inputs give an equal rating, in whatever order they come. */
export interface RatingInput {
  policy: CreditPolicy;
  asOf: LocalDate;
  items: readonly (LedgerItem & { system: string })[];
  /** Orders with an open amount. */
  openOrders: readonly (OpenOrder & { system: string })[];
  firstInvoicedOn: LocalDate | null;
  /** Into the policy currency, as of the day; see `converterInto`. */
  converter: CurrencyConverter;
  /** The limit that its systems hold today, in the policy currency; null = none, or unlimited. */
  heldLimit?: Decimal | null;
  /** Where earlier days left the customer; null or absent = the rating stands for its day alone. */
  opening?: CreditStanding | null;
  /** What people decided, in force or not. */
  overrides?: readonly CreditOverride[];
  /** A limit that it shares with others. */
  group?: GroupShare | null;
  /** What others know: `external`, `broken_ratio`, `insolvency`, `legal_hold`, … */
  known?: KnownFacts;
  /** In the policy currency; absent = estimated from what it bought so far. */
  expectedMonthlySales?: Decimal | null;
  netWorth?: Decimal | null;
  workingCapital?: Decimal | null;
  totalReceivables?: Decimal | null;
  valueLevel?: 'A' | 'B' | 'C' | 'D' | null;
  sellerIsSme?: boolean;
  buyerClass?: string | null;
}

/** A rating before it gets its customer, version and time. */
export interface RatingDecision {
  grade: string;
  termDays: number;
  /** In `currency`. */
  limit: Decimal;
  currency: string;
  hold: Hold;
  /** 0 to 100 with four decimals; null = no score, the new-customer rule decided. */
  score: Decimal | null;
  /** Hard rules first, then what cost most points. */
  reasons: RatingReason[];
  /** Every fact as text; null = missing. */
  features: Record<string, string | null>;
  derivation: RatingDerivation;
  /** Where the day leaves the customer; what ratings of later days start from. */
  standing: CreditStanding;
  /** Currencies without an exchange rate, sorted: what depends on them is missing. */
  missingRates: readonly string[];
  /** Canonical text of all that the decision was made of; its hash is the rating's `inputsHash`. */
  inputs: string;
}

/**
 * Rates one customer by the policy: facts, score, grade, bands, hard rules, overrides, term, limit, reasons. (Method,
 * Rating, 1–7.)
 */
export function rateCustomer(input: RatingInput): RatingDecision {
  const { policy, asOf } = input;
  const currency = policy.policy.currency;
  const items = convertItems(input.items, currency, input.converter);
  const orders = convertOrders(input.openOrders, currency, input.converter);
  const facts = ratingFacts(
    {
      items: items.rows,
      itemsComplete: items.missing.length === 0,
      orders: orders.rows,
      ordersComplete: orders.missing.length === 0,
      firstInvoicedOn: input.firstInvoicedOn,
      asOf,
      heldLimit: input.heldLimit ?? null,
      known: input.known,
    },
    policy,
  );
  return decide(input, facts, union(items.missing, orders.missing));
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])].sort();
}
