import fc from 'fast-check';
import { addDays, Big, type LocalDate } from '@syncline/model';
import { converterInto } from '@syncline/receivables';
import { BuyerCollector } from './buyer-columns';
import { baseFigures, customerBase } from './customer-base';
import type { CustomerHistory, HistoryItem, HistoryOrder } from './customer-history';
import { insightOf, INSIGHT_FACTS, type CustomerInsight } from './customer-insight';
import type { InsightPolicy } from './insight-policy';
import { measureCustomer } from './measure-customer';

const TODAY = '2026-07-15';
const policy: InsightPolicy = {
  currency: 'CNY',
  value: {
    current: { gross_profit: 0.3, volume: 0.2, cost_ratio: 0.1 },
    future: { industry_position: 0.15, tenure: 0.1, satisfaction: 0.15 },
    levels: { A: 80, B: 60, C: 40, D: 0 },
  },
  lifecycle: {
    exploreDays: 180,
    exploreOrders: 3,
    growth: 0.15,
    declineVsPeak: -0.25,
    pAliveMin: 0.5,
    confirmMonths: 2,
  },
  gapAlarm: { minGaps: 5, k: 2.5, logSigmaFloor: 0.1 },
  ewma: { lambda: 0.2, L: 3, minPeriods: 6 },
  cost: { perOrder: '150', perLine: '12', perVisit: '300', wacc: 0.08, lgd: 0.6 },
  keyAccountShare: 0.8,
  classes: [],
  defaultProbability: { B: 0.02 },
  pAliveMinCustomers: 5,
  alerts: ['PURCHASE_GAP', 'VOLUME_DROP', 'VOLUME_RISE', 'DECLINING', 'LOSS_MAKING'],
  firstAlerts: [],
};
const rates = [{ system: 'erp', currency: 'USD', validFrom: '2020-01-01', rate: '0.125' }];
const converter = converterInto('CNY', rates, { erp: 'CNY' }, TODAY);

const anInvoice = (over: Partial<HistoryItem> = {}): HistoryItem => ({
  system: 'erp',
  type: 'invoice',
  currency: 'CNY',
  amount: '1000',
  openAmount: '0',
  postedOn: TODAY,
  dueOn: null,
  settledOn: null,
  disputed: false,
  settlements: [],
  ...over,
});
const anOrder = (orderedOn: LocalDate, over: Partial<HistoryOrder> = {}): HistoryOrder => ({
  system: 'erp',
  currency: 'CNY',
  state: 'done',
  orderedOn,
  lines: [{ unitPrice: '100', invoiced: '10', unitCost: '60' }],
  ...over,
});
const aHistory = (over: Partial<CustomerHistory> = {}): CustomerHistory => ({
  customerId: 'c1',
  purchaseDays: [],
  items: [],
  orders: [],
  consultations: 0,
  industryPosition: null,
  satisfaction: null,
  grade: null,
  classOverride: null,
  ...over,
});
/** Buys for `amount` on the tenth of each of the last `months` months before the running one. */
const monthly = (customerId: string, amount: (monthsAgo: number) => number, months = 30): CustomerHistory => {
  const days = Array.from({ length: months }, (_, index) => {
    const month = 2026 * 12 + 6 - (months - index);
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-10`;
  });
  const items = days.map((postedOn, index) => anInvoice({ postedOn, amount: String(amount(months - index)) }));
  const orders = days.map((day, index) =>
    anOrder(day, { lines: [{ unitPrice: String(amount(months - index)), invoiced: '1', unitCost: '50' }] }),
  );
  return aHistory({ customerId, purchaseDays: days, items, orders });
};
const measure = (history: CustomerHistory, asOf = TODAY) => measureCustomer(history, asOf, policy, converter);

describe('what a customer’s history says by itself', () => {
  it('counts purchases, sales and months as of the day', () => {
    const measures = measure(monthly('c1', () => 100));
    expect(measures.purchases).toEqual({ repeats: 29, lastAt: 882, observed: 917 });
    expect(measures).toMatchObject({
      firstPurchaseOn: '2024-01-10',
      lastPurchaseOn: '2026-06-10',
      purchases12m: 11,
      sales12m: '1100',
      missingRates: [],
    });
    expect(measures.stage).toMatchObject({ tenureDays: 917, orders: 30 });
    expect(measures.stage.monthlySales).toEqual(Array<number>(24).fill(100));
  });

  it('does not look beyond the day', () => {
    const history = monthly('c1', () => 100);
    const before = measure(history, '2026-03-31');
    expect(before.lastPurchaseOn).toBe('2026-03-10');
    expect(before.stage.monthlySales).toHaveLength(24);
    const later = { ...history, items: [...history.items, anInvoice({ postedOn: '2026-04-01', amount: '9' })] };
    expect(measure(later, '2026-03-31')).toEqual(before);
  });

  it('takes credit notes off, and converts by the rates of the system', () => {
    const items = [
      anInvoice({ amount: '1000.004' }),
      anInvoice({ amount: '-300', type: 'credit_note' }),
      anInvoice({ amount: '-900', type: 'on_account' }),
      anInvoice({ amount: '10', currency: 'USD' }),
    ];
    expect(measure(aHistory({ purchaseDays: [TODAY], items })).sales12m).toBe('780');
  });

  it('knows no sales where a rate is missing, and says so', () => {
    const items = [anInvoice({ currency: 'EUR' })];
    const measures = measure(aHistory({ purchaseDays: [TODAY], items }));
    expect(measures).toMatchObject({ sales12m: null, rfm: null, volume: null, missingRates: ['EUR'] });
    expect(measures.features.volume).toBeNull();
    expect(measures.stage.monthlySales).toBeNull();
    expect(measures.profit.year.profit).toBeNull();
  });

  it('knows nothing of who never bought', () => {
    const measures = measure(aHistory());
    expect(measures).toMatchObject({ purchases: null, gap: null, volume: null, rfm: null, sales12m: '0' });
    expect(measures.features.tenure).toBeNull();
    expect(measures.profit.year.profit).toBeNull();
  });

  it('measures the gap by the customer’s own gaps', () => {
    const days = [0, 28, 58, 89, 118, 153, 180, 213, 243].map((offset) => addDays('2025-10-01', offset));
    const gap = measure(aHistory({ purchaseDays: days })).gap;
    expect(gap).toMatchObject({ days: 44, alarm: true });
    expect(gap?.threshold).toBeCloseTo(38.52, 2);
    expect(measure(aHistory({ purchaseDays: days }), '2026-06-20').gap?.alarm).toBe(false);
  });
});

describe('the profit of a history', () => {
  it('is that of orders by their day, without tax', () => {
    const { year, halfYears, lossMaking } = measure(
      aHistory({
        purchaseDays: ['2024-12-01', '2025-12-01', '2026-06-01'],
        orders: [anOrder('2026-06-01'), anOrder('2025-12-01'), anOrder('2024-12-01', { state: 'quotation' })],
      }),
    ).profit;
    expect(year).toMatchObject({ netSales: '2000', grossProfit: '800', handling: '324', profit: '476' });
    expect(halfYears).toEqual(['238', '238', '0']);
    expect(lossMaking).toBe(false);
  });

  it('is loss-making when small orders cost more than they bring', () => {
    const lines = [{ unitPrice: '100', invoiced: '1', unitCost: '60' }];
    const days = ['2025-03-01', '2025-12-01', '2026-06-01'];
    const history = aHistory({ purchaseDays: days, orders: days.map((day) => anOrder(day, { lines })) });
    expect(measure(history).profit).toMatchObject({ lossMaking: true, halfYears: ['-122', '-122', '-122'] });
    expect(measure({ ...history, purchaseDays: ['2026-06-01'] }).profit.lossMaking).toBeNull();
  });

  it('counts returns, and the goods that came back', () => {
    const lines = [
      { unitPrice: '100', invoiced: '10', unitCost: '60' },
      { unitPrice: '100', invoiced: '-2', unitCost: '60' },
      { unitPrice: '100', invoiced: '0' },
    ];
    const { year } = measure(
      aHistory({ purchaseDays: ['2024-06-01'], orders: [anOrder('2026-06-01', { lines })] }),
    ).profit;
    expect(year).toMatchObject({ netSales: '800', grossProfit: '320' });
  });

  it('is not known when one cost is not', () => {
    const lines = [
      { unitPrice: '100', invoiced: '10', unitCost: '60' },
      { unitPrice: '1', invoiced: '1' },
    ];
    const { year } = measure(
      aHistory({ purchaseDays: ['2024-06-01'], orders: [anOrder('2026-06-01', { lines })] }),
    ).profit;
    expect(year).toMatchObject({ profit: null, grossProfit: null, netSales: '1001' });
    expect(year.costRatio).toBeCloseTo(174 / 1001, 10);
  });

  it('is not known while nothing of the orders is invoiced', () => {
    const lines = [{ unitPrice: '100', invoiced: '0', unitCost: '60' }];
    const history = aHistory({ purchaseDays: ['2024-06-01'], orders: [anOrder('2026-06-01', { lines })] });
    expect(measure(history).profit).toMatchObject({ year: { profit: null, handling: '162' }, lossMaking: false });
  });

  it('takes sales from the ledger where there are no orders', () => {
    const items = [anInvoice({ amount: '500' }), anInvoice({ amount: '-50', type: 'credit_note' })];
    const { year } = measure(aHistory({ purchaseDays: [TODAY], items })).profit;
    expect(year).toMatchObject({ netSales: '450', profit: null });
    expect(year.missing).toContain('costOfGoods');
  });

  it('finances what was open, for the days that it was', () => {
    const items = [
      anInvoice({
        amount: '3650',
        postedOn: '2026-01-01',
        settlements: [{ on: '2026-02-10', amount: '1825', cash: true }],
        settledOn: '2026-03-02',
      }),
    ];
    const { year } = measure(aHistory({ purchaseDays: ['2026-01-01'], items })).profit;
    // 40 days × 1,825 and 60 days × 1,825, over 365 days: on average 500.
    expect(year.financing).toBe('40');
  });

  it('expects a loss of what is open where the grade has a chance of failure', () => {
    const items = [anInvoice({ amount: '10000', openAmount: '10000' })];
    const history = aHistory({ purchaseDays: [TODAY], items, grade: 'B' });
    expect(measure(history).profit.year.expectedLoss).toBe('120');
    expect(measure({ ...history, grade: 'A' }).profit.year.expectedLoss).toBeNull();
  });

  it('of the year is the sum of its half-years, but for cents', () => {
    const order = fc.record({
      age: fc.integer({ min: 0, max: 700 }),
      price: fc.integer({ min: 1, max: 99_999 }),
      invoiced: fc.integer({ min: -5, max: 50 }).filter((quantity) => quantity !== 0),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 12 }), (all) => {
        const orders = all.map(({ age, price, invoiced }) =>
          anOrder(addDays(TODAY, -age), {
            lines: [{ unitPrice: new Big(price).div(100).toString(), invoiced: String(invoiced), unitCost: '12.34' }],
          }),
        );
        const { year, halfYears } = measure(aHistory({ purchaseDays: ['2020-01-01'], orders })).profit;
        const sum = new Big(halfYears[0]!).plus(halfYears[1]!);
        expect(sum.minus(year.profit!).abs().lte('0.02')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the insight of a customer among others', () => {
  const customers = [
    ...[1, 2, 3, 4, 5, 6].map((rank) => monthly(`c${rank}`, () => rank * 1_000)),
    monthly('falling', (monthsAgo) => (monthsAgo <= 6 ? 300 : 1_000 + (monthsAgo % 3) * 20)),
    aHistory({ customerId: 'prospect' }),
  ].map((history) => measure(history));
  const buyers = new BuyerCollector();
  for (const each of customers) buyers.add(each);
  const base = customerBase(baseFigures(buyers.columns(), policy), policy.value);
  const of = (id: string, previous: CustomerInsight | null = null, asOf = TODAY) =>
    insightOf(
      customers.find(({ customerId }) => customerId === id)!,
      base,
      { previous },
      asOf,
      policy,
    );

  it('puts the greatest first', () => {
    expect(base.customers).toBe(7);
    const insight = of('c6').insight;
    expect(insight.value).toMatchObject({ level: 'A', weightPresent: 0.7 });
    expect(insight).toMatchObject({ keyAccount: true, rfm: { monetary: 5 }, stage: { stage: 'stable', since: TODAY } });
    expect(of('c1').insight.keyAccount).toBe(false);
    expect(insight.pAlive).toBeGreaterThan(0.5);
    expect(base.keyAccounts.curve.at(-1)).toBe(1);
  });

  it('compares a prospect with nobody', () => {
    const { insight, changes } = of('prospect');
    expect(insight).toMatchObject({ value: null, rfm: null, pAlive: null, keyAccount: null, alerts: [] });
    expect(insight.stage.stage).toBe('exploring');
    expect(changes.raised).toEqual([]);
  });

  it('takes what it finds at its first look for what was so already', () => {
    const first = of('falling');
    expect(first.changes.raised).toEqual([]);
    expect(first.insight.alerts.map(({ rule, since, first: isFirst }) => [rule, since, isFirst])).toEqual([
      ['VOLUME_DROP', TODAY, true],
      ['DECLINING', TODAY, true],
    ]);
    expect(first.insight.alerts[1]?.evidence).toEqual({ since: TODAY, reason: 'SALES_BELOW_PEAK' });
    expect(first.insight.alertSequence).toBe(0);
    const again = of('falling', first.insight);
    expect(again.insight).toEqual(first.insight);
    const tomorrow = of('falling', first.insight, addDays(TODAY, 1));
    expect(tomorrow.changes).toMatchObject({ raised: [], ended: [] });
    expect(tomorrow.insight.alerts[0]).toMatchObject({ since: TODAY, first: true });
  });

  it('tells of the first look what the policy asks for', () => {
    const measures = customers.find(({ customerId }) => customerId === 'falling')!;
    const keen = { ...policy, firstAlerts: ['VOLUME_DROP' as const] };
    const { changes, insight } = insightOf(measures, base, { previous: null }, TODAY, keen);
    expect(changes.raised).toEqual([expect.objectContaining({ rule: 'VOLUME_DROP', first: true })]);
    expect(insight).toMatchObject({ alertSequence: 1, alerts: [{}, { rule: 'DECLINING', first: true }] });
    expect(insightOf(measures, base, { previous: insight }, TODAY, keen).changes).toMatchObject({
      raised: [],
      ended: [],
    });
  });

  it('raises what began since it looked last, once', () => {
    const before = { ...of('falling').insight, alerts: [] };
    const seen = of('falling', before);
    expect(seen.changes.raised.map(({ rule }) => rule)).toEqual(['VOLUME_DROP', 'DECLINING']);
    expect(seen.insight.alerts[0]).not.toHaveProperty('first');
    expect(of('falling', seen.insight).changes).toMatchObject({ raised: [], ended: [] });
  });

  it('has not looked yet while nothing was known that the customer bought', () => {
    const unknown = { ...of('prospect').insight, customerId: 'falling' };
    expect(of('falling', unknown).changes.raised).toEqual([]);
  });

  it('goes on with the alerts of a customer that was merged into it', () => {
    const measures = customers.find(({ customerId }) => customerId === 'falling')!;
    const alert = (since: LocalDate) => ({ rule: 'VOLUME_DROP' as const, since, evidence: {} });
    const inherited = [
      alert('2026-07-02'),
      alert('2026-07-01'),
      { ...alert('2026-07-01'), rule: 'LOSS_MAKING' as const },
    ];
    const previous = { ...of('falling').insight, alerts: [] };
    for (const before of [null, previous]) {
      const { changes } = insightOf(measures, base, { previous: before, inherited }, TODAY, policy);
      expect(changes.raised).toContainEqual(expect.objectContaining({ rule: 'VOLUME_DROP', since: '2026-07-01' }));
      expect(changes.active.map(({ rule }) => rule)).toEqual(['VOLUME_DROP', 'DECLINING']);
    }
    const own = { ...previous, alerts: [alert('2026-06-01')] };
    const kept = insightOf(measures, base, { previous: own, inherited }, TODAY, policy);
    expect(kept.changes.raised.map(({ rule }) => rule)).toEqual(['DECLINING']);
    expect(kept.insight.alerts[0]?.since).toBe('2026-06-01');
  });

  it('ends an alert that holds no longer', () => {
    const before = {
      ...of('c1').insight,
      alerts: [{ rule: 'PURCHASE_GAP' as const, since: '2026-07-01', evidence: {} }],
    };
    const { insight, changes } = of('c1', { ...before, alertSequence: 7 });
    expect(changes.ended).toEqual(before.alerts);
    expect(insight).toMatchObject({ alerts: [], alertSequence: 8 });
  });

  it('raises only what is asked for', () => {
    const quiet = { ...policy, alerts: ['LOSS_MAKING' as const] };
    const measures = customers.find(({ customerId }) => customerId === 'falling')!;
    expect(insightOf(measures, base, { previous: null }, TODAY, quiet).insight.alerts).toEqual([]);
  });

  it('waits two months before it says that a customer declines', () => {
    const stable = { ...of('c1').insight, stage: { stage: 'stable' as const, since: '2025-01-01', candidate: null } };
    const seen = of('falling', stable).insight;
    expect(seen.stage).toMatchObject({ stage: 'stable', candidate: { stage: 'declining', since: TODAY } });
    expect(seen.alerts.map(({ rule }) => rule)).toEqual(['VOLUME_DROP']);
    expect(of('falling', seen, '2026-09-15').changes.raised.map(({ rule }) => rule)).toEqual(['DECLINING']);
  });

  it('gives the rules of classes every fact that they may name', () => {
    const names: string[] = [];
    const when = { holds: (facts: object) => (names.push(...Object.keys(facts)), true) };
    const classes = [{ class: 'strategic' as const, when }];
    const { insight } = insightOf(customers[0], base, { previous: null }, TODAY, { ...policy, classes });
    expect(insight.class).toEqual({ class: 'strategic', by: 'rule', rule: 1 });
    expect(names.sort()).toEqual(Object.keys(INSIGHT_FACTS).sort());
  });

  it('keeps to a person’s word on the class', () => {
    const measures = { ...customers[0], classOverride: 'extrinsic_value' as const };
    expect(insightOf(measures, base, { previous: null }, TODAY, policy).insight.class?.by).toBe('person');
  });
});
