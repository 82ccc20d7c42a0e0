/** What the gateway has to know of the installation. */
export interface PublishSettings {
  /** Version of the product, shown on the index page and in OpenAPI. */
  version: string;
  /** System → its ledger currency. */
  systemCurrencies: Readonly<Record<string, string>>;
}

export const PUBLISH_SETTINGS = Symbol('PublishSettings');
