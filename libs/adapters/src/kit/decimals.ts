import { Big, canonicalDecimal, compareDecimals, type Decimal } from '@syncline/model';

/** Digits that a target's amount column holds. */
export interface DecimalRoom {
  /** After the point. */
  scale: number;
  /** In all. */
  precision: number;
}

/** Why the amount doesn't fit, or null. */
export function decimalProblem(amount: Decimal, room: DecimalRoom): string | null {
  const value = new Big(amount);
  if (!value.eq(value.round(room.scale, Big.roundDown))) return `more than ${room.scale} digits after the point`;
  const whole = value.abs().round(0, Big.roundDown).toFixed(0);
  return whole.length > room.precision - room.scale ? `more than ${room.precision - room.scale} digits` : null;
}

/** The amount rounded towards zero, so that a rounded limit never allows more. */
export function roundedDown(amount: Decimal, scale: number): Decimal {
  return canonicalDecimal(new Big(amount).round(scale, Big.roundDown));
}

/**
 * The canonical text of an amount as a target shows it.
 * @throws RangeError when it is no decimal, or a number that has more digits than a double can tell apart
 */
export function readDecimal(value: string | number | bigint): Decimal {
  if (typeof value === 'number') {
    const digits = String(value).replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '');
    if (digits.length > 15)
      throw new RangeError('an amount came as a number with more digits than it can hold exactly');
  }
  return canonicalDecimal(typeof value === 'string' ? value.trim() : String(value));
}

/** Whether two amounts are the same number, whatever their scale; null only equals null. */
export function sameDecimal(a: string | null | undefined, b: string | null | undefined): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === null || right === null) return left === right;
  return compareDecimals(canonicalDecimal(left), canonicalDecimal(right)) === 0;
}
