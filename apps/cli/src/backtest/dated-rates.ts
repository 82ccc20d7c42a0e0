import { Big, isLocalDate, type LocalDate } from '@syncline/model';
import type { CurrencyConverter } from '@syncline/receivables';
import { cliError } from '../errors';

/** What one unit of a currency is worth in the policy's, from a day on. */
export interface GivenRate {
  currency: string;
  from: LocalDate;
  rate: Big;
}

const WRITTEN = /^([A-Z]{3})=(\d+(?:\.\d+)?)(?:@(.+))?$/;

/**
 * `USD=7.10` or `USD=7.10@2024-01-01` of the command line; without a day it holds from the beginning.
 * @throws SynclineError ITEMS_UNUSABLE
 */
export function givenRate(option: string): GivenRate {
  const [, currency, rate, from = '0000-01-01'] = WRITTEN.exec(option) ?? [];
  if (
    currency === undefined ||
    rate === undefined ||
    Number(rate) === 0 ||
    !(isLocalDate(from) || from === '0000-01-01')
  )
    throw cliError('ITEMS_UNUSABLE', `--rate ${option}: write --rate USD=7.10 or --rate USD=7.10@2024-01-01`);
  return { currency, from, rate: new Big(rate) };
}

/**
 * A converter for each day, by the latest rate of that day or before; null where there is none. Rates are taken as they
 * are written, so that no division stands between them and the amount.
 */
export function givenRates(target: string, rates: readonly GivenRate[]): (day: LocalDate) => CurrencyConverter {
  const latestFirst = [...rates].sort((a, b) => (a.from < b.from ? 1 : -1));
  const one = new Big(1);
  return (day) => {
    const factor = (_system: string, currency: string): Big | null =>
      currency === target
        ? one
        : (latestFirst.find((rate) => rate.currency === currency && rate.from <= day)?.rate ?? null);
    return {
      factor,
      outcome(system, currency) {
        if (factor(system, currency) !== null) return 'known';
        return rates.some((rate) => rate.currency === currency) ? 'missing_rate' : 'unknown_currency';
      },
    };
  };
}
