import Big from 'big.js';

/**
 * An exact decimal in plain notation (`-1843.525`), the only form in which an amount, price, rate or
 * quantity travels: in records, topics, JSON and the store. Never a JavaScript number.
 */
export type Decimal = string;

// Division is the one inexact operation; ratios and rates never need more than this.
Big.DP = 20;
Big.RM = Big.roundHalfUp;
// Plain notation for every magnitude that an amount can have.
Big.PE = 1_000;
Big.NE = -1_000;

const PLAIN = /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/;

/**
 * The canonical text of a decimal: no exponent, no trailing zeros, no `-0`. Equal values have equal texts.
 * @throws RangeError when `value` is not a finite decimal number
 */
export function canonicalDecimal(value: string | number | Big): Decimal {
  if (typeof value === 'string' && value !== '-0' && PLAIN.test(value)) return value;
  try {
    const text = new Big(value).toString();
    return text === '-0' ? '0' : text;
  } catch {
    throw new RangeError(`not a decimal number: ${typeof value}`);
  }
}

/** The sum of decimals, exact; '0' for none. */
export function sumDecimals(values: Iterable<Decimal>): Decimal {
  let total = new Big(0);
  for (const value of values) if (value !== '0') total = total.plus(value);
  return total.toString();
}

/** -1, 0 or 1 as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return a === b ? 0 : new Big(a).cmp(b);
}

/** `value` rounded half up to `places` decimals, always showing them ('12.50'): the form of amounts in the API. */
export function fixedDecimal(value: Decimal | Big, places = 2): Decimal {
  return new Big(value).toFixed(places, Big.roundHalfUp);
}

export { Big };
