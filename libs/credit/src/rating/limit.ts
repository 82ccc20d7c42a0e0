import { Big, canonicalDecimal, type Decimal } from '@syncline/model';
import type { CreditPolicy } from '../policy/policy-schema';
import { compilePolicy } from './compiled-policy';

/** What bounds a limit, in the policy currency; null = not known, and so no bound. */
export interface LimitInput {
  grade: string;
  termDays: number;
  /** Sales of the last 12 months. */
  sales12m: Decimal | null;
  /** Peak month / mean month. */
  seasonality: number | null;
  /** Cash received in the last six blocks of 30 days, the latest first. */
  receipts: readonly Decimal[] | null;
  netWorth?: Decimal | null;
  workingCapital?: Decimal | null;
  /** What all customers owe together. */
  totalReceivables?: Decimal | null;
  /** Value level A to D. */
  valueLevel?: 'A' | 'B' | 'C' | 'D' | null;
}

export type LimitBound = 'need' | 'capacity' | 'collections' | 'grade_cap' | 'concentration';

export interface Limit {
  limit: Decimal;
  /** What was the least. */
  bound: LimitBound;
}

/** Each bound before rounding; null = not known, and so no bound. The grade's cap is always known. */
export type LimitBounds = Readonly<Record<LimitBound, Big | null>> & { readonly grade_cap: Big };

/** The five bounds of a limit. With a cap of zero need and collections are not asked for. (Method, Rating, 4.) */
export function limitBounds(input: LimitInput, policy: CreditPolicy): LimitBounds {
  const { grades, rankOf } = compilePolicy(policy);
  const { cap, multiple } = grades[rankOf.get(input.grade) ?? grades.length - 1];
  return {
    grade_cap: cap,
    need: cap.eq(0) ? null : needOf(input, multiple, policy),
    collections: cap.eq(0) ? null : collectionsBackstop(input, policy),
    capacity: capacityOf(input, policy),
    concentration: shareOf(input.totalReceivables, policy.limit.concentrationPctOfTotalAr),
  };
}

/** The least of the bounds, rounded down in the policy's steps. */
export function leastOf(bounds: LimitBounds, policy: CreditPolicy): Limit {
  let least = bounds.grade_cap;
  let bound: LimitBound = 'grade_cap';
  for (const name of BOUNDS) {
    const value = bounds[name];
    if (value !== null && value.lt(least)) [least, bound] = [value, name];
  }
  return { limit: roundDown(least, policy), bound };
}

const BOUNDS = ['grade_cap', 'need', 'collections', 'capacity', 'concentration'] as const;

/** The least of the five bounds, rounded down in the policy's steps. (Method, Rating, 4.) */
export function limitOf(input: LimitInput, policy: CreditPolicy): Limit {
  return leastOf(limitBounds(input, policy), policy);
}

/** Sales a day × days of the term and a buffer × seasonality × the grade's multiple × the value uplift. */
function needOf(input: LimitInput, multiple: Big, policy: CreditPolicy): Big | null {
  if (input.sales12m === null) return null;
  const { bufferDays, seasonality } = policy.limit;
  const peak = Math.min(seasonality.max, Math.max(seasonality.min, input.seasonality ?? seasonality.min));
  const factor = new Big(peak.toFixed(6)).times(multiple).times(upliftOf(input, policy));
  return new Big(input.sales12m)
    .times(input.termDays + bufferDays)
    .times(factor)
    .div(365);
}

function upliftOf({ valueLevel, grade }: LimitInput, policy: CreditPolicy): number {
  if (!valueLevel) return 1;
  const { rankOf } = compilePolicy(policy);
  const uplift = policy.limit.valueUplift[valueLevel];
  const worst = rankOf.get(policy.limit.valueUplift.notBelowGrade) ?? 0;
  return (rankOf.get(grade) ?? 0) > worst ? Math.min(1, uplift) : uplift;
}

/** What the customer itself could bear, where its accounts are known. */
function capacityOf({ netWorth, workingCapital }: LimitInput, { limit }: CreditPolicy): Big | null {
  const byWorth = shareOf(netWorth, limit.capacity.netWorthPct);
  const byCapital = shareOf(workingCapital, limit.capacity.workingCapitalPct);
  if (byWorth === null || byCapital === null) return byWorth ?? byCapital;
  return byWorth.lt(byCapital) ? byWorth : byCapital;
}

/** What it really pays within the granted term, the latest months weighing most, with headroom. */
function collectionsBackstop({ receipts, termDays }: LimitInput, { limit }: CreditPolicy): Big | null {
  const { enabled, weights, headroom } = limit.collectionsBackstop;
  if (!enabled || receipts === null) return null;
  let weighted = new Big(0);
  let total = 0;
  weights.forEach((weight, index) => {
    const received = receipts[index] ?? '0';
    if (received !== '0') weighted = weighted.plus(new Big(received).times(weight));
    total += weight;
  });
  return weighted.times(termDays).times(headroom).div(total).div(30);
}

function shareOf(amount: Decimal | null | undefined, share: number): Big | null {
  return amount === null || amount === undefined ? null : new Big(amount).times(share);
}

/** Rounds an amount down to the step of its size; never below zero. */
export function roundDown(amount: Big, { limit }: CreditPolicy): Decimal {
  if (amount.lte(0)) return '0';
  const step = limit.roundDown.reduce((current, [from, size]) => (amount.gte(from) ? size : current), 1);
  return canonicalDecimal(amount.div(step).round(0, Big.roundDown).times(step));
}

/**
 * The limit of a customer without a score: so many months of what it is expected to buy, at most the rule's cap and
 * the grade's. Nothing expected means nothing on credit. In the policy currency.
 */
export function newCustomerLimit(grade: string, expectedMonthlySales: Decimal | null, policy: CreditPolicy): Decimal {
  const { grades, rankOf } = compilePolicy(policy);
  const { cap } = grades[rankOf.get(grade) ?? grades.length - 1];
  const months = new Big(expectedMonthlySales ?? '0').times(policy.newCustomer.limitMonths);
  const most = new Big(policy.newCustomer.cap);
  const capped = months.lt(most) ? months : most;
  return roundDown(capped.lt(cap) ? capped : cap, policy);
}
