import { Big, canonicalDecimal, type Decimal, type Hold, type LocalDate, type RatingReason } from '@syncline/model';
import type { CurrencyConverter, LedgerItem, OpenOrder } from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';
import type { FactValue } from '../rules/rule-condition';
import { compilePolicy } from './compiled-policy';
import { convertItems, convertOrders } from './convert';
import { applyHardRules, applyLimitRules, strongerHold } from './hard-rules';
import { limitOf, newCustomerLimit } from './limit';
import { ratingFacts, type KnownFacts, type RatingFacts } from './rating-facts';
import { featureReasons, missingRateReason, newCustomerReason, ruleReason, statutoryTermReason } from './reasons';
import { gradeOfScore, scoreOf, type Score } from './score';
import { termOf, type Term } from './term';

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
  /** The grade in force; matters only while a rule freezes upgrades. */
  currentGrade?: string | null;
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
  /** Currencies without an exchange rate, sorted: what depends on them is missing. */
  missingRates: readonly string[];
  /** Canonical text of all that the decision was made of; its hash is the rating's `inputsHash`. */
  inputs: string;
}

/** Rates one customer by the policy: facts, score, grade, hard rules, term, limit, reasons. (Method, Rating, 1–4 and 6.) */
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

function decide(input: RatingInput, facts: RatingFacts, missingRates: readonly string[]): RatingDecision {
  const { policy } = input;
  const score = scoreOf(scoredValues(facts.values, policy), policy);
  const before = score.score === null ? policy.newCustomer.maxGrade : gradeOfScore(score.score, policy);
  const ruled = applyHardRules(before, facts.values, policy, input.currentGrade ?? null);
  const term = grantTerm(input, ruled.grade, score);
  const expected = score.score === null ? expectedMonthlySales(input, facts) : null;
  const limit = grantLimit(input, facts, ruled.grade, term.days, score, expected);
  const limited = applyLimitRules(facts.values, limit, policy);
  const features = featureTexts(facts.values, expected);
  return {
    grade: ruled.grade,
    termDays: term.days,
    limit,
    currency: policy.policy.currency,
    hold: strongerHold(ruled.hold, limited.hold),
    score: score.score === null ? null : score.score.toFixed(4),
    reasons: [
      ...[...ruled.fired, ...limited.fired].map(ruleReason),
      ...missingRates.map(missingRateReason),
      ...(score.score === null ? [newCustomerReason(score, policy.missing.minWeightPresent)] : featureReasons(score)),
      ...statutoryTermReason(term),
    ],
    features,
    missingRates,
    inputs: inputsText(
      input,
      facts,
      features,
      missingRates,
      ruled.fired.some((rule) => rule.freeze !== undefined),
    ),
  };
}

function scoredValues(values: Record<string, FactValue>, policy: CreditPolicy): Record<string, number | null> {
  const scored: Record<string, number | null> = {};
  for (const name of compilePolicy(policy).features) {
    const value = values[name];
    scored[name] = typeof value === 'string' ? Number(value) : typeof value === 'number' ? value : null;
  }
  return scored;
}

function grantTerm(input: RatingInput, grade: string, score: Score): Term {
  const { policy } = input;
  const { grades, rankOf } = compilePolicy(policy);
  const byGrade = grades[rankOf.get(grade) ?? grades.length - 1].grade.term;
  const granted = score.score === null ? Math.min(byGrade, policy.newCustomer.term) : byGrade;
  return termOf({ granted, sellerIsSme: input.sellerIsSme ?? false, buyerClass: input.buyerClass ?? null }, policy);
}

function grantLimit(
  input: RatingInput,
  { sales }: RatingFacts,
  grade: string,
  termDays: number,
  score: Score,
  expected: Decimal | null,
): Decimal {
  if (score.score === null) return newCustomerLimit(grade, expected, input.policy);
  const { netWorth, workingCapital, totalReceivables, valueLevel } = input;
  return limitOf(
    {
      grade,
      termDays,
      sales12m: sales?.sales12m ?? null,
      seasonality: sales?.seasonality ?? null,
      receipts: sales?.receipts ?? null,
      netWorth,
      workingCapital,
      totalReceivables,
      valueLevel,
    },
    input.policy,
  ).limit;
}

/**
 * What a customer without a score may be expected to buy in a month: what was said, or its sales of the last 12
 * months a month since the first invoice, or, before any invoice, its open orders. Null when amounts aren't known.
 */
function expectedMonthlySales(input: RatingInput, { sales, values }: RatingFacts): Decimal | null {
  if (input.expectedMonthlySales !== undefined) return input.expectedMonthlySales;
  if (sales === null) return null;
  if (input.firstInvoicedOn === null) return typeof values.exposure === 'string' ? values.exposure : null;
  const months = Math.min(12, Math.max(1, Number(values.tenure_months ?? 1)));
  return canonicalDecimal(new Big(sales.sales12m).div(months.toFixed(6)).round(2));
}

/** `order_amount` belongs to the decision on an order, not to the customer. */
function featureTexts(values: Record<string, FactValue>, expected: Decimal | null): Record<string, string | null> {
  const texts: Record<string, string | null> = { expected_monthly_sales: expected };
  for (const name in values) {
    const value = values[name];
    if (name !== 'order_amount') texts[name] = typeof value === 'string' || value === null ? value : String(value);
  }
  return texts;
}

function inputsText(
  input: RatingInput,
  { sales }: RatingFacts,
  features: Record<string, string | null>,
  missingRates: readonly string[],
  frozen: boolean,
): string {
  const { id, version } = input.policy.policy;
  const parts: (string | number | null | undefined)[] = [
    id,
    version,
    ...missingRates,
    frozen ? input.currentGrade : null,
  ];
  for (const name in features) parts.push(name, features[name]);
  if (sales) parts.push(sales.seasonality, ...sales.receipts);
  parts.push(input.netWorth, input.workingCapital, input.totalReceivables, input.valueLevel);
  parts.push(String(input.sellerIsSme ?? false), input.buyerClass);
  return parts.map((part) => part ?? '').join('\n');
}
