import { Big, type Decimal, type LocalDate } from '@syncline/model';

/** A dated rate of one system: units of `currency` for one unit of that system's own currency. */
export interface CurrencyRate {
  system: string;
  currency: string;
  validFrom: LocalDate;
  rate: Decimal;
}

/**
 * Whether an amount can be converted, and why not:
 * - `unknown_system`: it is not configured which currency the system keeps its books in
 * - `unknown_currency`: not a code of ISO 4217's form, or the system never had a rate for it
 * - `missing_rate`: the system has rates for it, but none that is valid on the day
 */
export type RateOutcome = 'known' | 'unknown_system' | 'unknown_currency' | 'missing_rate';

/** Amounts converted through a system's own rate table. */
export interface CurrencyConverter {
  /** What there is to say about `factor`: `known` exactly when it is not null. */
  outcome(system: string, currency: string): RateOutcome;
  /**
   * What one unit of `currency` is worth in the target currency on the day, by the rates of `system`; null when a
   * rate is missing: callers must not guess.
   */
  factor(system: string, currency: string): Big | null;
}

/**
 * Conversion into `target` with the latest rates whose first day is at most `asOf`. `systemCurrencies` names each
 * system's own currency, whose rate is 1 by definition. A rate of zero or less counts as missing.
 */
export function converterInto(
  target: string,
  rates: Iterable<CurrencyRate>,
  systemCurrencies: Readonly<Record<string, string>>,
  asOf: LocalDate,
): CurrencyConverter {
  const { latest, everRated } = latestRates(rates, asOf);
  const known = new Map<string, Big | null>();
  const rateOf = (system: string, currency: string): Big | null =>
    systemCurrencies[system] === currency ? ONE : (latest.get(`${system}\n${currency}`)?.rate ?? null);
  const factor = (system: string, currency: string): Big | null => {
    if (currency === target) return ONE;
    const key = `${system}\n${currency}`;
    let found = known.get(key);
    if (found === undefined) {
      const from = rateOf(system, currency);
      const to = rateOf(system, target);
      found = from === null || to === null ? null : to.div(from);
      known.set(key, found);
    }
    return found;
  };
  const isKnownCurrency = (system: string, currency: string): boolean =>
    CURRENCY_CODE.test(currency) && (systemCurrencies[system] === currency || everRated.has(`${system}\n${currency}`));
  return {
    factor,
    outcome(system, currency) {
      if (factor(system, currency) !== null) return 'known';
      if (systemCurrencies[system] === undefined) return 'unknown_system';
      const bothKnown = isKnownCurrency(system, currency) && isKnownCurrency(system, target);
      return bothKnown ? 'missing_rate' : 'unknown_currency';
    },
  };
}

const CURRENCY_CODE = /^[A-Z]{3}$/;

const ONE = new Big(1);

interface RateTable {
  latest: Map<string, { validFrom: LocalDate; rate: Big }>;
  /** System and currency of every usable rate of any day. */
  everRated: Set<string>;
}

function latestRates(rates: Iterable<CurrencyRate>, asOf: LocalDate): RateTable {
  const table: RateTable = { latest: new Map(), everRated: new Set() };
  for (const { system, currency, validFrom, rate } of rates) {
    const key = `${system}\n${currency}`;
    const value = new Big(rate);
    if (value.lte(0)) continue;
    table.everRated.add(key);
    const best = table.latest.get(key);
    if (validFrom > asOf || (best && best.validFrom >= validFrom)) continue;
    table.latest.set(key, { validFrom, rate: value });
  }
  return table;
}
