import { Big, type Decimal } from '@syncline/model';

export interface DsoInput {
  receivables: Decimal;
  /** The part that is not yet due. */
  current: Decimal;
  /** Credit sales of the period. */
  sales: Decimal;
  /** Length of the period. */
  days: number;
}

/** All in days. */
export interface Dso {
  /** Receivables / sales × days. */
  dso: number;
  /** The same with the part that is not yet due: what it would be if everybody paid on time. */
  bestPossible: number;
  /** Average days delinquent: the difference. */
  delinquent: number;
}

/** Days sales outstanding; null where sales are not positive. */
export function daysSalesOutstanding({ receivables, current, sales, days }: DsoInput): Dso | null {
  if (new Big(sales).lte(0)) return null;
  const dso = new Big(receivables).div(sales).times(days);
  const bestPossible = new Big(current).div(sales).times(days);
  return { dso: dso.toNumber(), bestPossible: bestPossible.toNumber(), delinquent: dso.minus(bestPossible).toNumber() };
}

export interface MonthOfSales {
  sales: Decimal;
  days: number;
}

/**
 * Count-back DSO in days: whole months' sales, latest first, are taken off the receivables; the month in which
 * nothing would be left counts pro rata. Null when the given months don't reach that far back.
 */
export function countBackDso(receivables: Decimal, monthsBack: readonly MonthOfSales[]): number | null {
  let left = new Big(receivables);
  let days = 0;
  if (left.lte(0)) return 0;
  for (const month of monthsBack) {
    if (left.lte(month.sales)) return days + left.div(month.sales).times(month.days).toNumber();
    left = left.minus(month.sales);
    days += month.days;
  }
  return null;
}

export interface CeiInput {
  /** Receivables at the period's begin. */
  begin: Decimal;
  sales: Decimal;
  /** Receivables at its end. */
  end: Decimal;
  /** The part of them that is not yet due. */
  endCurrent: Decimal;
}

/** Collection effectiveness index in percent: what was collected of what could have been. Null when nothing could. */
export function collectionEffectiveness({ begin, sales, end, endCurrent }: CeiInput): number | null {
  const owed = new Big(begin).plus(sales);
  const collectable = owed.minus(endCurrent);
  return collectable.lte(0) ? null : owed.minus(end).div(collectable).times(100).toNumber();
}
