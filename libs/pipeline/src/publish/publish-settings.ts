import type { ExposureFactors } from '@syncline/receivables';

/** How the policy in force counts exposure. */
export interface ExposurePolicy {
  factors: ExposureFactors;
  floorZero: boolean;
  /** Orders to be delivered later than this many days don't count; null = all count. */
  horizonDays: number | null;
}

/** What the gateway has to know of the installation. */
export interface PublishSettings {
  /** Version of the product, shown on the index page and in OpenAPI. */
  version: string;
  /** The policy's grades, the best first. */
  grades: readonly string[];
  exposure: ExposurePolicy;
  /** System → its ledger currency. */
  systemCurrencies: Readonly<Record<string, string>>;
}

export const PUBLISH_SETTINGS = Symbol('PublishSettings');
