import { Big, type Decimal, type LocalDate } from '@syncline/model';

/** A dated rate of one system: units of `currency` for one unit of that system's own currency. */
export interface CurrencyRate {
  system: string;
  currency: string;
  validFrom: LocalDate;
  rate: Decimal;
}

/** Amounts converted through a system's own rate table. */
export interface CurrencyConverter {
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
  const latest = latestRates(rates, asOf);
  const known = new Map<string, Big | null>();
  const rateOf = (system: string, currency: string): Big | null =>
    systemCurrencies[system] === currency ? ONE : (latest.get(`${system}\n${currency}`)?.rate ?? null);
  return {
    factor(system, currency) {
      if (currency === target) return ONE;
      const key = `${system}\n${currency}`;
      let factor = known.get(key);
      if (factor === undefined) {
        const from = rateOf(system, currency);
        const to = rateOf(system, target);
        factor = from === null || to === null ? null : to.div(from);
        known.set(key, factor);
      }
      return factor;
    },
  };
}

const ONE = new Big(1);

function latestRates(rates: Iterable<CurrencyRate>, asOf: LocalDate): Map<string, { validFrom: LocalDate; rate: Big }> {
  const latest = new Map<string, { validFrom: LocalDate; rate: Big }>();
  for (const { system, currency, validFrom, rate } of rates) {
    const key = `${system}\n${currency}`;
    const best = latest.get(key);
    if (validFrom > asOf || (best && best.validFrom >= validFrom)) continue;
    const value = new Big(rate);
    if (value.gt(0)) latest.set(key, { validFrom, rate: value });
  }
  return latest;
}
