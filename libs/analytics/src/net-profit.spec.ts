import fc from 'fast-check';
import { Big } from '@syncline/model';
import { curvePoints, keyAccounts, namedKeyAccounts } from './key-accounts';
import { isLossMaking, netProfit, type ProfitInput } from './net-profit';

const cost = { perOrder: '150', perLine: '12', perVisit: '300', wacc: 0.08, lgd: 0.6 };
const input: ProfitInput = {
  sales: '100000',
  returns: '2000',
  costOfGoods: '70000',
  discounts: '500',
  marketing: '1000',
  orders: 12,
  lines: 40,
  visits: 6,
  averageReceivables: '15000',
  days: 365,
  defaultProbability: 0.02,
  exposure: '20000',
};

describe('net profit', () => {
  it('takes off every cost', () => {
    const result = netProfit(input, cost);
    expect(result).toEqual({
      netSales: '98000',
      grossProfit: '28000',
      handling: '4080',
      financing: '1200',
      expectedLoss: '240',
      costToServe: '7020',
      costRatio: 7020 / 98000,
      profit: '20980',
      missing: [],
    });
  });

  it('finances and fails in proportion to the period', () => {
    const half = netProfit({ ...input, days: 182 }, cost);
    expect(half.financing).toBe('598.36');
    expect(half.expectedLoss).toBe('119.67');
  });

  it('is unknown without the cost of goods, while the cost to serve is not', () => {
    const result = netProfit({ ...input, costOfGoods: null }, cost);
    expect(result).toMatchObject({ profit: null, grossProfit: null, costToServe: '7020', missing: ['costOfGoods'] });
  });

  it('names what was left out', () => {
    const unknown = { discounts: null, marketing: null, visits: null, defaultProbability: null };
    const result = netProfit({ ...input, ...unknown }, cost);
    expect(result.missing).toEqual(['discounts', 'marketing', 'visits', 'expectedLoss']);
    expect(result.costToServe).toBe('3480');
    expect(result.expectedLoss).toBeNull();
  });

  it('has no cost ratio without sales', () => {
    expect(netProfit({ ...input, sales: '2000' }, cost).costRatio).toBeNull();
    expect(netProfit({ ...input, sales: '0', costOfGoods: '0' }, cost).profit).toBe('-9020');
  });

  it('adds up exactly', () => {
    const cents = fc.integer({ min: 0, max: 1e9 }).map((each) => new Big(each).div(100).toString());
    fc.assert(
      fc.property(cents, cents, cents, cents, (sales, returns, costOfGoods, discounts) => {
        const result = netProfit({ ...input, sales, returns, costOfGoods, discounts, days: 365 }, cost);
        const sum = new Big(sales).minus(returns).minus(costOfGoods).minus(discounts);
        expect(result.profit).toBe(sum.minus('6520').toString());
      }),
    );
  });
});

describe('loss-making', () => {
  it.each<[string | null, string | null, string | null, boolean | null]>([
    ['-10', '-6', '-4', true],
    ['-10', '-12', '2', false],
    ['5', '-6', '11', false],
    ['0', '-1', '-1', false],
    ['-10', '-10', null, null],
    [null, null, null, null],
    ['-10', '3', null, false],
  ])('year %s, half-years %s and %s: %s', (year, latest, before, expected) => {
    expect(isLossMaking(year, [latest, before])).toBe(expected);
  });
});

describe('key accounts', () => {
  it('are none when there is no profit', () => {
    expect(keyAccounts(['-5', '5'], 0.8)).toEqual({ total: '0', count: 0, curve: [] });
    expect(keyAccounts([], 0.8).count).toBe(0);
    expect(keyAccounts(['5'], 0).count).toBe(0);
  });

  it('have a curve that can be shown with few points', () => {
    const curve = Array.from({ length: 1_000 }, (_, index) => (index + 1) / 1_000);
    const points = curvePoints(curve, 100);
    expect(points).toHaveLength(100);
    expect([points[0], points[99]]).toEqual([
      { customers: 10, share: 0.01 },
      { customers: 1_000, share: 1 },
    ]);
    expect(curvePoints([0.7, 1], 100)).toEqual([
      { customers: 1, share: 0.7 },
      { customers: 2, share: 1 },
    ]);
    expect(curvePoints([], 100)).toEqual([]);
  });

  it('are the smallest set that has the share, the same one in any order', () => {
    const amounts = fc.array(fc.integer({ min: -1000, max: 5000 }).map(String), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(amounts, (profits) => {
        const entries = profits.map((profit, index) => [`c${String(index).padStart(2, '0')}`, profit] as const);
        const found = namedKeyAccounts(new Map(entries), 0.8);
        const ids = new Set(found.ids);
        expect(namedKeyAccounts(new Map([...entries].reverse()), 0.8)).toEqual(found);
        expect(found).toMatchObject(keyAccounts(profits, 0.8));
        const total = profits.reduce((sum, profit) => sum + Number(profit), 0);
        const chosen = entries.filter(([id]) => ids.has(id)).map(([, profit]) => Number(profit));
        const sum = chosen.reduce((all, profit) => all + profit, 0);
        if (total <= 0) expect(ids.size).toBe(0);
        else {
          expect(sum).toBeGreaterThanOrEqual(0.8 * total - 1e-9);
          expect(sum - Math.min(...chosen)).toBeLessThan(0.8 * total);
        }
      }),
    );
  });
});
