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
}

/** The rules that hold for a customer, of those that are asked for, with what they saw. */
export function alertsOf(
  measures: Pick<CustomerMeasures, 'gap' | 'volume' | 'profit' | 'lastPurchaseOn'>,
  stage: StageState,
  observed: ObservedStage,
  rules: readonly AlertRule[],
): Omit<CustomerAlert, 'since'>[] {
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
  raised: CustomerAlert[];
  /** With the evidence that they had last. */
  ended: CustomerAlert[];
}

/** Compares what holds now with what held before: the same evaluation twice raises and ends nothing. */
export function alertChanges(
  before: readonly CustomerAlert[],
  now: readonly Omit<CustomerAlert, 'since'>[],
  asOf: LocalDate,
): AlertChanges {
  const known = new Map(before.map((alert) => [alert.rule, alert]));
  const active = now.map((alert) => ({ ...alert, since: known.get(alert.rule)?.since ?? asOf }));
  const holds = new Set(active.map(({ rule }) => rule));
  return {
    active,
    raised: active.filter(({ rule }) => !known.has(rule)),
    ended: before.filter(({ rule }) => !holds.has(rule)),
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
