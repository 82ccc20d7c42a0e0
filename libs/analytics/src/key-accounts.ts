import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

export interface KeyAccounts {
  /** Σ of all profits. */
  total: Decimal;
  /** The smallest number of customers, best first, whose profits reach the share. */
  count: number;
  /** Cumulated profit / total after each customer, best first; empty when the total is not positive. */
  curve: number[];
}

/**
 * The key accounts: the smallest set of customers with `share` (0 to 1) of the whole profit. The curve (the whale
 * curve of Kaplan and Narayanan, Measuring and Managing Customer Profitability, 2001) rises above 1 when there are
 * loss-making customers. Profits in one currency, in any order. None when the total is not positive, or for a share
 * of zero.
 */
export function keyAccounts(profits: readonly Decimal[], share: number): KeyAccounts {
  return cumulated(
    profits.map((profit) => new Big(profit)).sort((a, b) => b.cmp(a)),
    share,
  );
}

function cumulated(sorted: readonly Big[], share: number): KeyAccounts {
  const total = sorted.reduce((all, profit) => all.plus(profit), new Big(0));
  if (total.lte(0)) return { total: canonicalDecimal(total), count: 0, curve: [] };
  const goal = total.times(share);
  let sum = new Big(0);
  let count = 0;
  const curve = sorted.map((profit, index) => {
    sum = sum.plus(profit);
    if (count === 0 && share > 0 && sum.gte(goal)) count = index + 1;
    return sum.div(total).toNumber();
  });
  return { total: canonicalDecimal(total), count, curve };
}

/**
 * The same, and which customers they are: best profit first, equal ones by id, so that the set is always the same one.
 * Customers without a known profit must not be given.
 */
export function namedKeyAccounts(
  profits: ReadonlyMap<string, Decimal>,
  share: number,
): KeyAccounts & { ids: string[] } {
  const best = Array.from(profits, ([id, profit]) => ({ id, profit: new Big(profit) }));
  best.sort((one, other) => other.profit.cmp(one.profit) || (one.id < other.id ? -1 : 1));
  const found = cumulated(
    best.map(({ profit }) => profit),
    share,
  );
  return { ...found, ids: best.slice(0, found.count).map(({ id }) => id) };
}

/** A point of the cumulative curve: what the best so many customers bring of the whole profit. */
export interface CurvePoint {
  customers: number;
  share: number;
}

/** The curve at no more than `most` (at least 2) evenly spread numbers of customers, the last one always among them. */
export function curvePoints(curve: readonly number[], most: number): CurvePoint[] {
  const count = Math.min(curve.length, most);
  return Array.from({ length: count }, (_, index) => {
    const customers = Math.round(((index + 1) * curve.length) / count);
    return { customers, share: curve[customers - 1] };
  });
}
