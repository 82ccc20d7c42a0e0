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
 * The key accounts: the smallest set of customers with `share` (0 to 1) of the whole profit. The curve rises above 1
 * when there are loss-making customers. Profits in one currency, in any order.
 */
export function keyAccounts(profits: readonly Decimal[], share: number): KeyAccounts {
  const sorted = profits.map((profit) => new Big(profit)).sort((a, b) => b.cmp(a));
  const total = sorted.reduce((sum, profit) => sum.plus(profit), new Big(0));
  if (total.lte(0)) return { total: canonicalDecimal(total), count: 0, curve: [] };
  const goal = total.times(share);
  let cumulated = new Big(0);
  let count = 0;
  const curve = sorted.map((profit, index) => {
    cumulated = cumulated.plus(profit);
    if (count === 0 && cumulated.gte(goal)) count = index + 1;
    return cumulated.div(total).toNumber();
  });
  return { total: canonicalDecimal(total), count, curve };
}
