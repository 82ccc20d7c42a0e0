import { Big, canonicalDecimal, type Decimal, type LocalDate } from '@syncline/model';
import {
  adbtTrend,
  asIfPaidToday,
  averageDaysBeyondTerms,
  averageDaysLate,
  averageDaysToPay,
  dayNumber,
  exposureOf,
  exposureParts,
  onTimeRatio,
  overdueFacts,
  payIndex,
  paymentObservations,
  salesFacts,
  tenureMonths,
  type LedgerItem,
  type OpenOrder,
  type OverdueItem,
  type PaymentObservation,
  type SalesFacts,
} from '@syncline/receivables';
import type { CreditPolicy } from '../policy/policy-schema';
import type { FactValue } from '../rules/rule-condition';

import { compilePolicy } from './compiled-policy';

/** Facts that do not come from ledger and orders, where somebody knows them; see FACT_CATALOGUE for the names. */
export type KnownFacts = Readonly<Record<string, FactValue | undefined>>;

/** What the facts of a rating are made from, everything in the policy currency. */
export interface FactsInput {
  items: readonly LedgerItem[];
  orders: readonly OpenOrder[];
  /** False when an order could not be converted: then the exposure is not known. */
  ordersComplete: boolean;
  /** False when an item could not be converted: then no amount is known, days are. */
  itemsComplete: boolean;
  firstInvoicedOn: LocalDate | null;
  asOf: LocalDate;
  /** The limit that its systems hold today; null = none, or unlimited. */
  heldLimit: Decimal | null;
  known: KnownFacts | undefined;
}

export interface RatingFacts {
  /** All facts that rules and scorecard can name; names sorted. */
  values: Record<string, FactValue>;
  /** Null when amounts are not known. */
  sales: SalesFacts | null;
}

const HALF_YEAR = 180;

/** The facts of a customer by the definitions of the method. What can't be known is null. */
export function ratingFacts(input: FactsInput, policy: CreditPolicy): RatingFacts {
  const { items, asOf, itemsComplete, firstInvoicedOn } = input;
  const { windows, dispute } = policy;
  const overdue = overdueFacts(items, asOf, dispute.excludeFromOverdue ? dispute.maxShieldDays : -1);
  const paid = itemsComplete ? paymentObservations(items, asOf, windows.behaviourDays) : [];
  const sales = itemsComplete ? salesFacts(items, asOf, firstInvoicedOn) : null;
  const history = firstInvoicedOn === null ? -1 : dayNumber(asOf) - dayNumber(firstInvoicedOn);
  const hasPayIndex = history >= windows.minHistoryDays && paid.length >= windows.minSettlements;
  const exposure = exposureFact(input, policy);
  const amounts = (value: FactValue): FactValue => (itemsComplete ? value : null);
  // One literal with sorted names: it is made for every customer, and its texts are hashed in this order.
  const values: Record<string, FactValue> = {
    adbt: rounded(averageDaysBeyondTerms(paid)),
    adbt_trend: rounded(adbtTrend(paid, windows.trendRecentDays)),
    average_days_late: rounded(averageDaysLate(paid)),
    average_days_to_pay: rounded(averageDaysToPay(paid)),
    exposure,
    held_limit: input.heldLimit,
    materiality: amounts(materialityOf(overdue.open, policy)),
    max_dpd_open: overdue.maxDaysPastDue,
    on_time_ratio: rounded(onTimeRatio(paid, windows.graceDays)),
    open_amt: amounts(overdue.open),
    order_amount: '0',
    overdue_90_amt: amounts(overdue.overdue90),
    overdue_90_ratio: amounts(rounded(overdue.overdue90Ratio)),
    overdue_amt: amounts(overdue.overdue),
    overdue_ratio: amounts(rounded(overdue.overdueRatio)),
    pay_index: hasPayIndex ? rounded(payIndexOf(overdue.items, paid, policy)) : null,
    sales_12m: sales && sales.sales12m,
    // A trend against days in which the customer was not there yet says nothing.
    sales_trend: sales && history >= HALF_YEAR ? rounded(sales.salesTrend) : null,
    tenure_months: rounded(tenureMonths(firstInvoicedOn, asOf)),
    utilisation: utilisationOf(exposure, input.heldLimit),
  };
  return { values: input.known ? withKnown(values, input.known) : values, sales };
}

function withKnown(values: Record<string, FactValue>, known: KnownFacts): Record<string, FactValue> {
  const all = new Map(Object.entries(values));
  for (const [name, value] of Object.entries(known)) if (value !== undefined) all.set(name, value);
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function payIndexOf(overdue: OverdueItem[], paid: PaymentObservation[], policy: CreditPolicy): number | null {
  const { scale, capEarlyAt } = policy.payIndex;
  const observations = overdue.length === 0 ? paid : [...asIfPaidToday(overdue), ...paid];
  return payIndex(observations, { scale, capEarlyAt, halfLifeDays: policy.windows.halfLifeDays });
}

function materialityOf(open: Decimal, { materiality }: CreditPolicy): Decimal {
  // Far from the edge a double tells which is greater; the share is only worked out where it counts.
  if (Number(open) * materiality.pctOpenAr * 1.01 < Number(materiality.abs)) return materiality.abs;
  const share = new Big(open).times(materiality.pctOpenAr);
  return share.gt(materiality.abs) ? canonicalDecimal(share) : materiality.abs;
}

function exposureFact(input: FactsInput, policy: CreditPolicy): Decimal | null {
  if (!input.itemsComplete || !input.ordersComplete) return null;
  const { factors, floorZero, ...options } = compilePolicy(policy).exposure;
  const parts = exposureParts(input.items, input.orders, { ...options, asOf: input.asOf });
  return exposureOf(parts, factors, floorZero);
}

function utilisationOf(exposure: Decimal | null, heldLimit: Decimal | null): number | null {
  if (exposure === null || heldLimit === null || Number(heldLimit) <= 0) return null;
  return rounded(Number(exposure) / Number(heldLimit));
}

/** Six decimals are more than any curve needs, and hide the last bits of a sum. */
function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e6) / 1e6;
}
