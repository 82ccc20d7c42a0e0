import type { Decimal } from '@syncline/model';
import type { BaseOptions } from './customer-base';
import type { ClassRule } from './customer-class';
import type { AlertRule } from './customer-alert';
import type { CostPolicy } from './net-profit';
import type { GapAlarmOptions } from './purchase-gap';
import type { LifecyclePolicy } from './stage';
import type { ValuePolicy } from './value-score';
import type { VolumeAlarmOptions } from './volume-alarm';

/** All that a customer's insight is judged by: sections of the credit policy, conditions compiled. */
export interface InsightPolicy extends BaseOptions {
  /** Amounts are converted into this currency. */
  currency: string;
  value: ValuePolicy;
  lifecycle: LifecyclePolicy;
  gapAlarm: GapAlarmOptions;
  ewma: VolumeAlarmOptions;
  cost: CostPolicy;
  classes: readonly ClassRule[];
  /** Chance to fail within a year by grade; a grade that is not named has none that is known. */
  defaultProbability: Readonly<Record<string, number>>;
  /** The alerts that are raised. */
  alerts: readonly AlertRule[];
  /** Those of them that are told even where the first look at a customer finds them. */
  firstAlerts: readonly AlertRule[];
}

/** An amount in the policy's currency, or null where an exchange rate is missing. */
export type KnownAmount = Decimal | null;
