import { Big } from '@syncline/model';

/** Longest number that expressions and fields read; longer ones are no amounts. */
const MAX_DIGITS = 100;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$/;

/** An exact decimal inside an expression: `dec(debit) - dec(credit)`. */
export class ExactDecimal {
  constructor(readonly value: Big) {}

  toString(): string {
    const text = this.value.toString();
    return text === '-0' ? '0' : text;
  }
}

/**
 * Reads a decimal from what a row can hold. JSON numbers count as what they print: 2.0 is 2.
 * @throws RangeError for anything that is no decimal number
 */
export function toExactDecimal(value: unknown): ExactDecimal {
  if (value instanceof ExactDecimal) return value;
  return new ExactDecimal(new Big(decimalText(value)));
}

/**
 * The text of a decimal that Big can read without growing out of bounds.
 * @throws RangeError for anything that is no decimal number
 */
export function decimalText(value: unknown): string {
  if (typeof value === 'string') {
    const text = value.trim();
    if (text.length > MAX_DIGITS || !NUMBER.test(text)) throw new RangeError('the text is not a decimal number');
    return text.startsWith('+') ? text.slice(1) : text;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  if (value instanceof ExactDecimal) return value.toString();
  throw new RangeError(`a ${typeName(value)} is not a decimal number`);
}

/** The kind of a value for messages: says nothing of its content. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof ExactDecimal) return 'decimal';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'bigint' ? 'whole number' : typeof value;
}
