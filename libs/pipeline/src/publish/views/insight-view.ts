import type { CustomerInsight, NetProfit } from '@syncline/analytics';
import { fixedDecimal, type Decimal } from '@syncline/model';
import type { ClassOverride, InsightRun } from '../../insight/insight-store.port';

/** What the daily evaluation found out about a customer; a person's word on its class counts at once. */
export function insightView(insight: CustomerInsight, override: ClassOverride | undefined) {
  const { value, stage, observed, gap, volume } = insight;
  return {
    as_of: insight.asOf,
    currency: insight.currency,
    value: value && {
      score: rounded(value.score),
      level: value.level,
      current: value.current === null ? null : rounded(value.current),
      future: value.future === null ? null : rounded(value.future),
      percentiles: Object.fromEntries(Object.entries(value.percentiles).map(([name, each]) => [name, rounded(each)])),
      weight_present: rounded(value.weightPresent),
    },
    stage: { ...stage, reason: observed.reason },
    p_alive: insight.pAlive === null ? null : rounded(insight.pAlive),
    rfm: insight.rfm,
    class: override
      ? { class: override.class, by: 'person', rule: null, reason: override.reason }
      : insight.class && { ...insight.class, reason: null },
    key_account: insight.keyAccount,
    profit: {
      ...profitView(insight.profit),
      half_years: insight.halfYearProfits.map(amount),
      loss_making: insight.lossMaking,
    },
    sales_12m: amount(insight.sales12m),
    purchases_12m: insight.purchases12m,
    tenure_days: insight.tenureDays,
    last_purchase_on: insight.lastPurchaseOn,
    purchase_gap: gap && {
      days: gap.days,
      usual: rounded(gap.usual),
      threshold: rounded(gap.threshold),
      z: rounded(gap.z),
    },
    volume: volume && {
      average: rounded(volume.average),
      lower: rounded(volume.lower),
      upper: rounded(volume.upper),
      baseline: rounded(volume.baseline),
    },
    alerts: insight.alerts.map(({ rule, since, evidence }) => ({ rule, since, evidence })),
    missing_rates: insight.missingRates,
  };
}

/** The key accounts of the latest evaluation, with the cumulative curve. */
export function keyAccountsView({ asOf, currency, buyers, keyAccounts }: InsightRun) {
  return {
    as_of: asOf,
    currency,
    customers: buyers,
    total_profit: fixedDecimal(keyAccounts.total),
    count: keyAccounts.count,
    share: keyAccounts.share,
    curve: keyAccounts.curve.map(({ customers, share }) => ({ customers, share: rounded(share) })),
  };
}

export function classOverrideView({ customerId, class: name, reason, decidedBy, decidedAt }: ClassOverride) {
  return { customer_id: customerId, class: name, reason, decided_by: decidedBy, decided_at: decidedAt };
}

function profitView(profit: NetProfit) {
  return {
    net_profit: amount(profit.profit),
    gross_profit: amount(profit.grossProfit),
    net_sales: fixedDecimal(profit.netSales),
    cost_to_serve: fixedDecimal(profit.costToServe),
    cost_ratio: profit.costRatio === null ? null : rounded(profit.costRatio),
    handling: fixedDecimal(profit.handling),
    financing: fixedDecimal(profit.financing),
    expected_loss: amount(profit.expectedLoss),
    missing: profit.missing,
  };
}

function amount(value: Decimal | null): Decimal | null {
  return value === null ? null : fixedDecimal(value);
}

/** Four decimals: enough for a statistic that is shown. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
