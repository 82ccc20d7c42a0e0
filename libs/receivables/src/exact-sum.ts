import { Big, type Decimal } from '@syncline/model';

const UNITS_PER_ONE = 10_000;
const SHORT = 14;
const LARGEST = Number.MAX_SAFE_INTEGER / 2;

/**
 * A sum of decimals that is exact and cheap. Short amounts of at most four decimals are counted as whole
 * ten-thousandths in a number, as long as that is exact; everything else goes through Big.
 */
export class ExactSum {
  private units = 0;
  private rest: Big | null = null;

  /** Adds `amount`, or takes it away when `sign` is -1. */
  add(amount: Decimal, sign: 1 | -1 = 1): this {
    const units = unitsOf(amount);
    if (units === null) this.rest = (this.rest ?? new Big(0)).plus(sign === 1 ? amount : new Big(amount).neg());
    else this.units += sign * units;
    if (Math.abs(this.units) > LARGEST) this.spill();
    return this;
  }

  /** Whether nothing is left: -1, 0 or 1 as the sum is below, at or above zero. */
  sign(): -1 | 0 | 1 {
    if (this.rest) return this.big().cmp(0);
    return this.units > 0 ? 1 : this.units < 0 ? -1 : 0;
  }

  /** Adds what another sum has. */
  addSum(other: ExactSum): this {
    this.units += other.units;
    if (other.rest) this.rest = (this.rest ?? new Big(0)).plus(other.rest);
    if (Math.abs(this.units) > LARGEST) this.spill();
    return this;
  }

  big(): Big {
    const units = new Big(this.units).times('0.0001');
    return this.rest ? units.plus(this.rest) : units;
  }

  toDecimal(): Decimal {
    return this.rest === null ? decimalOfUnits(this.units) : this.big().toString();
  }

  /** The nearest number: for weights and ratios only, never for an amount that is shown. */
  toNumber(): number {
    return this.rest ? Number(this.big().toString()) : this.units / UNITS_PER_ONE;
  }

  private spill(): void {
    this.rest = (this.rest ?? new Big(0)).plus(new Big(this.units).times('0.0001'));
    this.units = 0;
  }
}

function decimalOfUnits(units: number): Decimal {
  const fraction = Math.abs(units % UNITS_PER_ONE);
  if (fraction === 0) return String(units / UNITS_PER_ONE + 0);
  const whole = Math.trunc(units / UNITS_PER_ONE);
  const digits = fraction % 100 === 0 ? String(fraction / 100 + 100) : String(fraction + UNITS_PER_ONE);
  const text = `${Math.abs(whole)}.${digits.slice(1).replace(/0+$/, '')}`;
  return units < 0 ? `-${text}` : text;
}

/** Whole ten-thousandths, or null when the amount is too long or too fine for them. */
function unitsOf(amount: Decimal): number | null {
  if (amount.length > SHORT) return null;
  const point = amount.indexOf('.');
  if (point >= 0 && amount.length - point - 1 > 4) return null;
  // At most 13 digits before and 4 after the point, 14 in all or 18 when whole: the product is off by far less than half a unit.
  const units = Math.round(+amount * UNITS_PER_ONE);
  return Number.isSafeInteger(units) ? units : null;
}
