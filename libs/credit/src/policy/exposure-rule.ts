import { EXPOSURE_PRESETS, type ExposureFactors, type ExposurePreset } from '@syncline/receivables';
import type { CreditPolicy } from './policy-schema';

/** What a policy counts as exposure: everything that a preset says, but where it says so. */
export type ExposureRule = Omit<ExposurePreset, 'source'>;

type ExposurePolicy = CreditPolicy['exposure'];

/** Every part of an exposure, in the order of the policy file. */
const FACTORS: readonly (keyof ExposureFactors)[] = [
  'openItems',
  'disputedItems',
  'unappliedCash',
  'unappliedCreditMemos',
  'bankAcceptanceUnmatured',
  'commercialAcceptanceUnmatured',
  'deliveredNotInvoicedGross',
  'openOrdersGross',
  'orderDeposits',
];

/** What has to be said where no preset says it. */
export const WITHOUT_PRESET: readonly (keyof ExposurePolicy)[] = [...FACTORS, 'openOrderHorizonDays', 'floorZero'];

/** The rule of a checked policy: its own fields, and for those that it leaves out its preset's. */
export function exposureRuleOf({ exposure }: Pick<CreditPolicy, 'exposure'>): ExposureRule {
  const preset = exposure.preset === undefined ? null : EXPOSURE_PRESETS[exposure.preset];
  const factors = FACTORS.map((part) => [part, exposure[part] ?? preset?.factors[part] ?? 0]);
  const { openOrderHorizonDays: horizon } = exposure;
  return {
    factors: Object.fromEntries(factors) as unknown as ExposureFactors,
    horizonDays: horizon === undefined ? (preset?.horizonDays ?? null) : horizon,
    orderValue: exposure.orderValue ?? preset?.orderValue ?? 'gross',
    deposits: exposure.deposits ?? preset?.deposits ?? 'per_order',
    floorZero: exposure.floorZero ?? preset?.floorZero ?? false,
  };
}
