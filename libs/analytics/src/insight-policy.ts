import type { Decimal } from '@syncline/model';
import type { ClassRule } from './customer-class';
import type { AlertRule } from './customer-alert';
import type { CostPolicy } from './net-profit';
import type { GapAlarmOptions } from './purchase-gap';
import type { LifecyclePolicy } from './stage';
import type { ValuePolicy } from './value-score';
import type { VolumeAlarmOptions } from './volume-alarm';

/** All that a customer's insight is judged by: sections of the credit policy, conditions compiled. */
export interface InsightPolicy {
  /** Amounts are converted into this currency. */
  currency: string;
  value: ValuePolicy;
  lifecycle: LifecyclePolicy;
  gapAlarm: GapAlarmOptions;
  ewma: VolumeAlarmOptions;
  cost: CostPolicy;
  /** Share of all profit that the key accounts make. */
  keyAccountShare: number;
  classes: readonly ClassRule[];
  /** Chance to fail within a year by grade; a grade that is not named has none that is known. */
  defaultProbability: Readonly<Record<string, number>>;
  /** With fewer customers that ever bought there is no P(alive). */
  pAliveMinCustomers: number;
  /** The alerts that are raised. */
  alerts: readonly AlertRule[];
}

/** An amount in the policy's currency, or null where an exchange rate is missing. */
export type KnownAmount = Decimal | null;
