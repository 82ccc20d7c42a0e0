import { Big, canonicalDecimal, type Decimal } from '@syncline/model';

/** What a customer brought and cost in one period. Amounts in one currency; null = not known. */
export interface ProfitInput {
  /** Invoiced, without tax, before returns. */
  sales: Decimal;
  /** Credited for returns; positive. */
  returns: Decimal;
  costOfGoods: Decimal | null;
  discounts: Decimal | null;
  marketing: Decimal | null;
  orders: number;
  lines: number;
  visits: number | null;
  averageReceivables: Decimal;
  /** Length of the period. */
  days: number;
  /** Chance that the customer fails within a year, 0 to 1, and what it would owe then. */
  defaultProbability: number | null;
  exposure: Decimal;
}

/** The `analytics.cost` section of the policy. */
export interface CostPolicy {
  perOrder: Decimal;
  perLine: Decimal;
  perVisit: Decimal;
  /** Cost of capital a year, and the part of an exposure that is lost on failure, as fractions. */
  wacc: number;
  lgd: number;
}

export type ProfitPart = 'costOfGoods' | 'discounts' | 'marketing' | 'visits' | 'expectedLoss';

export interface NetProfit {
  /** Null without the cost of goods: a profit that leaves it out would be no profit. */
  profit: Decimal | null;
  /** Sales − returns − cost of goods; null without the cost of goods. */
  grossProfit: Decimal | null;
  netSales: Decimal;
  /** Discounts, marketing, handling, financing and expected loss, as far as known. */
  costToServe: Decimal;
  /** Cost to serve / net sales; null when nothing was sold. */
  costRatio: number | null;
  /** Orders, lines and visits × their cost; financing of the receivables; expected loss (null = not known). */
  handling: Decimal;
  financing: Decimal;
  expectedLoss: Decimal | null;
  /** What nobody told: left out of the costs, and named here. */
  missing: ProfitPart[];
}

/**
 * Net profit = sales − returns − discounts − cost of goods − marketing − (orders, lines, visits × their cost) −
 * average receivables × wacc × days/365 − expected loss, where expected loss = chance of failure × loss given failure
 * × exposure × days/365. Costs that are not known are left out and named, except the cost of goods, without which
 * there is no profit. Rounded half up to cents. (Method, net profit; cost to serve after Kaplan and Anderson,
 * Time-Driven Activity-Based Costing, 2004.)
 */
export function netProfit(input: ProfitInput, policy: CostPolicy): NetProfit {
  const netSales = new Big(input.sales).minus(input.returns);
  const handling = new Big(policy.perOrder)
    .times(input.orders)
    .plus(new Big(policy.perLine).times(input.lines))
    .plus(new Big(policy.perVisit).times(input.visits ?? 0));
  const year = new Big(input.days).div(365);
  const financing = new Big(input.averageReceivables).times(policy.wacc).times(year);
  const expectedLoss = expectedLossOf(input, policy.lgd, year);
  const costToServe = [input.discounts, input.marketing, expectedLoss].reduce<Big>(
    (sum, part) => (part === null ? sum : sum.plus(part)),
    handling.plus(financing),
  );
  const grossProfit = input.costOfGoods === null ? null : netSales.minus(input.costOfGoods);
  return {
    profit: grossProfit && cents(grossProfit.minus(costToServe)),
    grossProfit: grossProfit && cents(grossProfit),
    netSales: cents(netSales),
    costToServe: cents(costToServe),
    costRatio: netSales.gt(0) ? costToServe.div(netSales).toNumber() : null,
    handling: cents(handling),
    financing: cents(financing),
    expectedLoss: expectedLoss && cents(expectedLoss),
    missing: missingParts(input),
  };
}

/**
 * Loss-making: below zero over 12 months and in both half-years, so that one bad order makes nobody loss-making.
 * Null when one of the three is not known.
 */
export function isLossMaking(
  year: Decimal | null,
  halfYears: readonly [Decimal | null, Decimal | null],
): boolean | null {
  const all = [year, ...halfYears];
  if (all.some((profit) => profit !== null && !profit.startsWith('-'))) return false;
  return all.includes(null) ? null : true;
}

function expectedLossOf({ defaultProbability, exposure }: ProfitInput, lgd: number, year: Big): Big | null {
  return defaultProbability === null ? null : new Big(exposure).times(defaultProbability).times(lgd).times(year);
}

function missingParts(input: ProfitInput): ProfitPart[] {
  const parts: [ProfitPart, unknown][] = [
    ['costOfGoods', input.costOfGoods],
    ['discounts', input.discounts],
    ['marketing', input.marketing],
    ['visits', input.visits],
    ['expectedLoss', input.defaultProbability],
  ];
  return parts.filter(([, value]) => value === null).map(([part]) => part);
}

function cents(amount: Big): Decimal {
  return canonicalDecimal(amount.round(2, Big.roundHalfUp));
}
