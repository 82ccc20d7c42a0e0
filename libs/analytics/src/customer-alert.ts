import type { LocalDate } from '@syncline/model';
import type { CustomerMeasures } from './measure-customer';
import type { ObservedStage, StageState } from './stage';

/** What an alert can be about; the reference documentation is made from this list. */
export const ALERT_RULES = {
  PURCHASE_GAP: 'It did not buy for longer than is usual for it (`analytics.gap_alarm`).',
  VOLUME_DROP: 'Its monthly sales fell below what was usual for it (`analytics.ewma`).',
  VOLUME_RISE: 'Its monthly sales rose above what was usual for it (`analytics.ewma`).',
  DECLINING: 'Its stage in force is declining (`analytics.lifecycle`).',
  LOSS_MAKING: 'Its net profit is below zero over 12 months and in both half-years (`analytics.cost`).',
} as const;

export type AlertRule = keyof typeof ALERT_RULES;

/** What a rule saw: numbers with at most two decimals, amounts as exact text, days. */
export type AlertEvidence = Readonly<Record<string, number | string | null>>;

/** An alert that holds. */
export interface CustomerAlert {
  rule: AlertRule;
  /** Day on which it was raised; the evidence is that of the latest evaluation. */
  since: LocalDate;
  evidence: AlertEvidence;
  /** It held already when the customer was first looked at: nobody knows since when. */
  first?: true;
}

/** The rules that hold for a customer, of those that are asked for, with what they saw. */
export function alertsOf(
  measures: Pick<CustomerMeasures, 'gap' | 'volume' | 'profit' | 'lastPurchaseOn'>,
  stage: StageState,
  observed: ObservedStage,
  rules: readonly AlertRule[],
): Omit<CustomerAlert, 'since' | 'first'>[] {
  const { gap, volume, profit, lastPurchaseOn } = measures;
  const found = new Map<AlertRule, AlertEvidence>();
  if (gap?.alarm) {
    const { days, usual, threshold, z } = gap;
    found.set('PURCHASE_GAP', {
      gapDays: days,
      usualGapDays: rounded(usual),
      thresholdDays: rounded(threshold),
      z: rounded(z),
      lastPurchaseOn,
    });
  }
  if (volume?.alarm) {
    const { average, lower, upper, baseline } = volume;
    found.set(volume.alarm === 'drop' ? 'VOLUME_DROP' : 'VOLUME_RISE', {
      average: rounded(average),
      lowerLimit: rounded(lower),
      upperLimit: rounded(upper),
      baseline: rounded(baseline),
    });
  }
  if (stage.stage === 'declining') found.set('DECLINING', { since: stage.since, reason: observed.reason });
  if (profit.lossMaking) {
    const [latest, before] = profit.halfYears;
    found.set('LOSS_MAKING', { netProfit12m: profit.year.profit, latestHalfYear: latest, halfYearBefore: before });
  }
  return rules.flatMap((rule) => {
    const evidence = found.get(rule);
    return evidence ? [{ rule, evidence }] : [];
  });
}

/** What became of a customer's alerts since they were evaluated last. */
export interface AlertChanges {
  /** All that hold now; those that held before keep their day. */
  active: CustomerAlert[];
  /** Those that began, and of those found at the first look the ones that are wanted then. */
  raised: CustomerAlert[];
  /** With the evidence that they had last. */
  ended: CustomerAlert[];
}

/** What alerts are compared with. */
export interface AlertHistory {
  /** What held at the last look; null = the customer was not looked at before, or had not bought anything yet. */
  before: readonly CustomerAlert[] | null;
  /** What held for customers that were merged into this one since. */
  inherited?: readonly CustomerAlert[];
  /** Rules of which an alert is told even where the first look finds it. */
  firstAlerts?: readonly AlertRule[];
}

/**
 * Compares what holds now with what held before: the same evaluation twice raises and ends nothing. An alert says that
 * something began. So the first look at a customer only sets what later ones are compared with, and raises nothing
 * but what is asked for. An alert of a customer that was merged into this one goes on here, with its day.
 */
export function alertChanges(
  { before, inherited = [], firstAlerts = [] }: AlertHistory,
  now: readonly Omit<CustomerAlert, 'since' | 'first'>[],
  asOf: LocalDate,
): AlertChanges {
  const known = new Map((before ?? []).map((alert) => [alert.rule, alert]));
  const heritage = new Map<AlertRule, CustomerAlert>();
  for (const alert of inherited) {
    const other = heritage.get(alert.rule);
    if (!other || alert.since < other.since) heritage.set(alert.rule, alert);
  }
  const active = now.map((alert): CustomerAlert => {
    const source = known.get(alert.rule) ?? heritage.get(alert.rule);
    const isFirst = source ? source.first === true : before === null;
    return { ...alert, since: source?.since ?? asOf, ...(isFirst ? { first: true } : {}) };
  });
  const holds = new Set(active.map(({ rule }) => rule));
  const isTold = ({ rule }: CustomerAlert) => before !== null || heritage.has(rule) || firstAlerts.includes(rule);
  return {
    active,
    raised: active.filter((alert) => !known.has(alert.rule) && isTold(alert)),
    ended: [...known.values()].filter(({ rule }) => !holds.has(rule)),
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
