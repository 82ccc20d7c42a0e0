import type { Decimal, LocalDate } from '@syncline/model';
import { pAlive } from './bg-nbd';
import { alertChanges, alertsOf, type AlertChanges, type CustomerAlert } from './customer-alert';
import type { CustomerBase } from './customer-base';
import { classifyCustomer, type ClassDecision, type ClassFacts } from './customer-class';
import type { InsightPolicy, KnownAmount } from './insight-policy';
import type { CustomerMeasures, MeasuredGap } from './measure-customer';
import type { NetProfit } from './net-profit';
import type { Rfm } from './rfm';
import { confirmStage, observeStage, type ObservedStage, type StageState } from './stage';
import type { ValueScore } from './value-score';
import type { VolumeState } from './volume-alarm';

/** What Syncline found out about a customer beyond its credit, as of a day. Amounts in `currency`. */
export interface CustomerInsight {
  customerId: string;
  asOf: LocalDate;
  currency: string;
  /** Null = it never bought, or nothing of it can be compared. */
  value: ValueScore | null;
  /** The stage in force, what waits for confirmation, and what today shows. */
  stage: StageState;
  observed: ObservedStage;
  pAlive: number | null;
  rfm: Rfm | null;
  class: ClassDecision | null;
  /** Null = its profit is not known. */
  keyAccount: boolean | null;
  profit: NetProfit;
  halfYearProfits: (Decimal | null)[];
  lossMaking: boolean | null;
  sales12m: KnownAmount;
  purchases12m: number;
  tenureDays: number | null;
  lastPurchaseOn: LocalDate | null;
  gap: MeasuredGap | null;
  volume: VolumeState | null;
  alerts: CustomerAlert[];
  /** Alerts that were raised or ended so far: the sequence of the latest such event. */
  alertSequence: number;
  missingRates: string[];
}

/** The facts that conditions of classes may name; the policy's check and its reference are made from this list. */
export const INSIGHT_FACTS = {
  value_score: { type: 'number', unit: 'points', description: 'Value score, 0 to 100.' },
  tenure_days: { type: 'number', unit: 'days', description: 'Since the first purchase.' },
  sales_12m: { type: 'number', unit: 'amount', description: 'Invoiced less credited in 365 days, with tax.' },
  purchases_12m: { type: 'number', unit: 'count', description: 'Days with a purchase in 365 days.' },
  net_profit_12m: { type: 'number', unit: 'amount', description: 'Net profit of 365 days.' },
  cost_ratio: { type: 'number', unit: 'fraction', description: 'Cost to serve / net sales of 365 days.' },
  p_alive: { type: 'number', unit: 'fraction', description: 'Chance that it still buys.' },
  consultations_12m: {
    type: 'number',
    unit: 'count',
    description: 'Opportunities and service cases opened in 365 days.',
  },
  recency: { type: 'number', unit: 'fifth', description: 'RFM: 1 to 5, 5 = bought most recently.' },
  frequency: { type: 'number', unit: 'fifth', description: 'RFM: 1 to 5, 5 = bought most often.' },
  monetary: { type: 'number', unit: 'fifth', description: 'RFM: 1 to 5, 5 = bought most.' },
  key_account: { type: 'flag', unit: 'yes/no', description: 'One of the key accounts.' },
  loss_making: { type: 'flag', unit: 'yes/no', description: 'Loss-making.' },
} as const satisfies Record<string, { type: 'number' | 'flag'; unit: string; description: string }>;

export type InsightFact = keyof typeof INSIGHT_FACTS;

/** What an evaluation goes on from. */
export interface InsightBefore {
  /** The insight stored last; null = none. */
  previous: Pick<CustomerInsight, 'stage' | 'alerts' | 'alertSequence' | 'tenureDays'> | null;
  /** Alerts of customers that were merged into this one since. */
  inherited?: readonly CustomerAlert[];
}

/**
 * A customer's insight as of a day, and what became of its alerts. Stage, alerts and their sequence go on from the
 * insight before; evaluating the same day again gives the same insight and no alert.
 */
export function insightOf(
  measures: CustomerMeasures,
  base: CustomerBase,
  { previous, inherited }: InsightBefore,
  asOf: LocalDate,
  policy: InsightPolicy,
): { insight: CustomerInsight; changes: AlertChanges } {
  const { customerId, purchases, profit } = measures;
  const alive = base.pAlive && purchases && pAlive(purchases, base.pAlive);
  const observed = observeStage({ ...measures.stage, pAlive: alive }, policy.lifecycle);
  const stage = confirmStage(previous?.stage ?? null, observed.stage, asOf, policy.lifecycle.confirmMonths);
  // Until something is known that it bought, there is nothing to compare with: documents may be on their way.
  const isKnown = previous !== null && (previous.tenureDays !== null || previous.alerts.length > 0);
  const before = isKnown ? previous.alerts : null;
  const history = { before, inherited, firstAlerts: policy.firstAlerts };
  const changes = alertChanges(history, alertsOf(measures, stage, observed, policy.alerts), asOf);
  const judged = {
    value: purchases && base.valueOf(measures.features),
    pAlive: alive,
    rfm: measures.rfm && base.rfmOf(measures.rfm),
    keyAccount: profit.year.profit === null ? null : base.keyAccountIds.has(customerId),
  };
  const insight: CustomerInsight = {
    customerId,
    asOf,
    currency: policy.currency,
    ...judged,
    stage,
    observed,
    class: classifyCustomer(policy.classes, classFacts(measures, judged), measures.classOverride),
    profit: profit.year,
    halfYearProfits: profit.halfYears,
    lossMaking: profit.lossMaking,
    sales12m: measures.sales12m,
    purchases12m: measures.purchases12m,
    tenureDays: purchases && purchases.observed,
    lastPurchaseOn: measures.lastPurchaseOn,
    gap: measures.gap,
    volume: measures.volume,
    alerts: changes.active,
    alertSequence: (previous?.alertSequence ?? 0) + changes.raised.length + changes.ended.length,
    missingRates: measures.missingRates,
  };
  return { insight, changes };
}

function classFacts(
  measures: CustomerMeasures,
  { value, pAlive: alive, rfm, keyAccount }: Pick<CustomerInsight, 'value' | 'pAlive' | 'rfm' | 'keyAccount'>,
): ClassFacts & Record<InsightFact, unknown> {
  return {
    value_score: value && value.score,
    tenure_days: measures.purchases && measures.purchases.observed,
    sales_12m: measures.sales12m,
    purchases_12m: measures.purchases12m,
    net_profit_12m: measures.profit.year.profit,
    cost_ratio: measures.profit.year.costRatio,
    p_alive: alive,
    consultations_12m: measures.consultations,
    recency: rfm && rfm.recency,
    frequency: rfm && rfm.frequency,
    monetary: rfm && rfm.monetary,
    key_account: keyAccount,
    loss_making: measures.profit.lossMaking,
  };
}
