import type { CustomerAlert, CustomerInsight, NetProfit, ValueFeature, ValueScore } from '@syncline/analytics';
import { fixedDecimal, type Decimal, type Instant, type LocalDate } from '@syncline/model';
import { isAsked } from '../../insight/insight-calendar';
import type { ClassOverride, InsightRun } from '../../insight/insight-store.port';
import { withoutProfits } from '../../insight/masked-evidence';
import { maskedProfit } from '../access/masking';
import { seesProfits, type Role } from '../access/roles';

/** Features of the value score that tell of profits. */
const OF_PROFITS: ReadonlySet<string> = new Set<ValueFeature>(['gross_profit', 'cost_ratio']);

/**
 * What the daily evaluation found out about a customer, as `role` may see it; a person's word on its class counts at
 * once.
 */
export function insightView(insight: CustomerInsight, override: ClassOverride | undefined, role: Role) {
  const { value, stage, observed, gap, volume } = insight;
  return {
    as_of: insight.asOf,
    currency: insight.currency,
    value: value && {
      score: rounded(value.score),
      level: value.level,
      current: value.current === null ? null : rounded(value.current),
      future: value.future === null ? null : rounded(value.future),
      percentiles: percentilesView(value, role),
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
      ...profitView(insight.profit, role),
      half_years: insight.halfYearProfits.map((each) => maskedProfit(amount(each), role)),
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
    alerts: insight.alerts.map((alert) => alertView(alert, role)),
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

/** The state of the daily evaluation on a business day. */
export function evaluationView(asOf: LocalDate, last: InsightRun | undefined, requestedAt: Instant | undefined) {
  return {
    as_of: asOf,
    requested_at: requestedAt ?? null,
    waiting: isAsked(last, asOf, requestedAt),
    last: last
      ? {
          as_of: last.asOf,
          started_at: last.startedAt,
          completed_at: last.completedAt,
          customers: last.extent.customers,
          buyers: last.buyers,
        }
      : null,
  };
}

function percentilesView({ percentiles }: ValueScore, role: Role): Record<string, number> {
  const shown = Object.entries(percentiles).filter(([name]) => seesProfits(role) || !OF_PROFITS.has(name));
  return Object.fromEntries(shown.map(([name, each]) => [name, rounded(each)]));
}

function alertView(alert: CustomerAlert, role: Role) {
  const { rule, since, evidence, first = false } = alert;
  return { rule, since, first, evidence: seesProfits(role) ? evidence : withoutProfits(alert) };
}

function profitView(profit: NetProfit, role: Role) {
  const shown = (value: Decimal | null) => maskedProfit(amount(value), role);
  return {
    net_profit: shown(profit.profit),
    gross_profit: shown(profit.grossProfit),
    net_sales: fixedDecimal(profit.netSales),
    cost_to_serve: shown(profit.costToServe),
    cost_ratio: maskedProfit(profit.costRatio === null ? null : rounded(profit.costRatio), role),
    handling: shown(profit.handling),
    financing: shown(profit.financing),
    expected_loss: shown(profit.expectedLoss),
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
