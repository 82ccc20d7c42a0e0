import { Big, type Decimal, type LocalDate } from '@syncline/model';
import { dayNumber, monthNumber, type CurrencyConverter } from '@syncline/receivables';
import type { PurchaseSummary } from './purchase-summary';
import type { CustomerHistory } from './customer-history';
import type { InsightPolicy, KnownAmount } from './insight-policy';
import { measureProfit, type MeasuredProfit } from './measure-profit';
import { gapAlarm, gapsBetween } from './purchase-gap';
import type { RfmInput } from './rfm';
import type { StageFacts } from './stage';
import type { ValueFeatures } from './value-score';
import { volumeState, type VolumeState } from './volume-alarm';

/** The gap since the last purchase, judged by the customer's own gaps. */
export interface MeasuredGap {
  /** Days since the last purchase. */
  days: number;
  /** The usual gap, and the one above which it is an alarm; in days. */
  usual: number;
  threshold: number;
  z: number;
  alarm: boolean;
}

/** What one customer's history says by itself, before it is compared with other customers. */
export interface CustomerMeasures {
  customerId: string;
  grade: string | null;
  classOverride: CustomerHistory['classOverride'];
  consultations: number;
  /** Null = never bought. Times in days. */
  purchases: PurchaseSummary | null;
  firstPurchaseOn: LocalDate | null;
  lastPurchaseOn: LocalDate | null;
  /** Purchase days of the last 365 days. */
  purchases12m: number;
  /** Invoiced less credited in the last 365 days, with tax. */
  sales12m: KnownAmount;
  profit: MeasuredProfit;
  gap: MeasuredGap | null;
  volume: VolumeState | null;
  features: ValueFeatures;
  rfm: RfmInput | null;
  stage: Omit<StageFacts, 'pAlive'>;
  /** Currencies without a rate: what depends on them is not known. */
  missingRates: string[];
}

const YEAR = 365;
const MONTHS = 24;

/**
 * Measures a customer as of the end of a day, from what its systems tell. Sales are those of the ledger, with tax, by
 * posting day; months are full calendar months before the running one; purchases are days, so that two orders of one
 * day are one purchase. Whatever needs a missing exchange rate is null. (Method, customer value, stage and alarms.)
 */
export function measureCustomer(
  history: CustomerHistory,
  asOf: LocalDate,
  policy: InsightPolicy,
  converter: CurrencyConverter,
): CustomerMeasures {
  const today = dayNumber(asOf);
  const days = history.purchaseDays.filter((day) => day <= asOf).map(dayNumber);
  const purchases = purchaseSummary(days, today);
  const firstPurchaseOn = days.length > 0 ? history.purchaseDays[0] : null;
  const lastPurchaseOn = days.length > 0 ? history.purchaseDays[days.length - 1] : null;
  const sales = measureSales(history, asOf, firstPurchaseOn, converter);
  const profit = measureProfit(history, asOf, policy, converter);
  const purchases12m = days.filter((day) => today - day < YEAR).length;
  return {
    customerId: history.customerId,
    grade: history.grade,
    classOverride: history.classOverride,
    consultations: history.consultations,
    purchases,
    firstPurchaseOn,
    lastPurchaseOn,
    purchases12m,
    sales12m: sales.year,
    profit,
    gap: measureGap(days, today, policy),
    volume: sales.months && volumeState(sales.months, policy.ewma),
    features: {
      gross_profit: numberOf(profit.year.grossProfit),
      volume: numberOf(sales.year),
      cost_ratio: profit.year.costRatio,
      industry_position: history.industryPosition,
      tenure: purchases && purchases.observed,
      satisfaction: history.satisfaction,
    },
    rfm:
      purchases && sales.year !== null
        ? {
            recencyDays: purchases.observed - purchases.lastAt,
            frequency: purchases12m,
            monetary: Number(sales.year),
          }
        : null,
    stage: {
      tenureDays: purchases && purchases.observed,
      orders: days.length,
      monthlySales: sales.months,
      halfYearProfits: profit.halfYears.map(numberOf),
    },
    missingRates: [...new Set([...sales.missingRates, ...profit.missingRates])].sort(),
  };
}

function purchaseSummary(days: readonly number[], today: number): PurchaseSummary | null {
  if (days.length === 0) return null;
  return { repeats: days.length - 1, lastAt: days[days.length - 1] - days[0], observed: today - days[0] };
}

function measureGap(days: readonly number[], today: number, policy: InsightPolicy): MeasuredGap | null {
  const alarm = gapAlarm(gapsBetween(days), policy.gapAlarm);
  if (alarm === null) return null;
  const gap = today - days[days.length - 1];
  return { days: gap, usual: alarm.usual, threshold: alarm.threshold, z: alarm.z(gap), alarm: gap > alarm.threshold };
}

interface MeasuredSales {
  year: KnownAmount;
  /** The latest last; as many as there are since the first purchase, at most 24; null = not known. */
  months: number[] | null;
  missingRates: Set<string>;
}

function measureSales(
  { items }: CustomerHistory,
  asOf: LocalDate,
  firstPurchaseOn: LocalDate | null,
  converter: CurrencyConverter,
): MeasuredSales {
  const today = dayNumber(asOf);
  const thisMonth = monthNumber(asOf);
  const count = firstPurchaseOn === null ? 0 : Math.min(MONTHS, thisMonth - monthNumber(firstPurchaseOn));
  const months = Array.from({ length: count }, () => new Big(0));
  const missingRates = new Set<string>();
  let year = new Big(0);
  for (const { type, postedOn, amount, system, currency } of items) {
    if (postedOn === null || postedOn > asOf || (type !== 'invoice' && type !== 'credit_note')) continue;
    const isRecent = today - dayNumber(postedOn) < YEAR;
    const month = count - (thisMonth - monthNumber(postedOn));
    if (!isRecent && !(month in months)) continue;
    const factor = converter.factor(system, currency);
    if (factor === null) {
      missingRates.add(currency);
      continue;
    }
    const converted = factor.times(amount);
    if (isRecent) year = year.plus(converted);
    if (month in months) months[month] = months[month].plus(converted);
  }
  if (missingRates.size > 0) return { year: null, months: null, missingRates };
  return {
    year: year.round(2, Big.roundHalfUp).toString(),
    months: months.map((month) => month.toNumber()),
    missingRates,
  };
}

function numberOf(amount: Decimal | null): number | null {
  return amount === null ? null : Number(amount);
}
