/** Bounds of what one caller may; they hold for each process that serves the API. */
export interface AccessLimitSettings {
  /** Of one key; 0 = without bound. */
  requestsPerMinute: number;
  /** Wrong keys from one address, or on one key id, after which it is locked out; 0 = never. */
  failedAttempts: number;
  /** How long attempts are remembered, and how long a lockout lasts after the last one. */
  lockoutSeconds: number;
}

/** What the gateway has to know of the installation. */
export interface PublishSettings {
  /** Version of the product, shown on the index page and in OpenAPI. */
  version: string;
  /** System → its ledger currency. */
  systemCurrencies: Readonly<Record<string, string>>;
  /** Absent = DEFAULT_ACCESS_LIMITS. */
  accessLimits?: AccessLimitSettings;
}

export const PUBLISH_SETTINGS = Symbol('PublishSettings');
