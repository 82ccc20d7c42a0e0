import { canonicalDecimal, type FieldDescription, type FieldValue } from '@syncline/model';
import { didYouMean } from '../finding';
import { decimalText, typeName } from '../expression/exact-decimal';
import { toInstant, toLocalDate, type TemporalReading } from './temporal';

/** Longest text that a field holds, in UTF-16 code units. */
export const MAX_FIELD_LENGTH = 32_768;

/** Why a value does not fit; the caller adds where. */
export class UnfitValue extends Error {
  constructor(
    message: string,
    readonly suggestion?: string,
    readonly tooLarge = false,
  ) {
    super(message);
  }
}

/** Turns what a row or an expression gives (never null) into what the field holds. */
export type Coercion = (value: unknown) => FieldValue;

/**
 * The coercion to a field of the catalogue.
 * @throws UnfitValue (from the coercion) for a value that does not fit
 */
export function coercionTo(field: FieldDescription, reading: TemporalReading): Coercion {
  switch (field.type) {
    case 'text':
      return toText;
    case 'decimal':
      return explained(toDecimal, 'map it with values:, or convert it with dec(...)');
    case 'integer':
      return explained(toInteger, 'a whole number is needed');
    case 'boolean':
      return toBoolean;
    case 'date':
      return explained(
        (value) => toLocalDate(value, reading),
        `set unit: (${'days, seconds, millis, micros, nanos, yyyymmdd'}) or give an ISO date`,
      );
    case 'instant':
      return explained(
        (value) => toInstant(value, reading),
        'set unit: (seconds, millis, micros, nanos) or give an ISO time',
      );
    case 'enum':
      return oneOf(field.values ?? []);
  }
}

function explained(convert: Coercion, suggestion: string): Coercion {
  return (value) => {
    try {
      return convert(value);
    } catch (error) {
      if (error instanceof RangeError) throw new UnfitValue(error.message, suggestion);
      throw error;
    }
  };
}

/** Text of a scalar: numbers as they print, never of a list or object. */
export function toText(value: unknown): string {
  if (typeof value === 'string') {
    if (value.length > MAX_FIELD_LENGTH)
      throw new UnfitValue(`a text of ${value.length} characters is longer than a field may be`, undefined, true);
    return value;
  }
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'object') {
    const text = scalarObjectText(value);
    if (text !== undefined) return text;
  }
  throw new UnfitValue(`a ${typeName(value)} is no text`, 'pick a part of it, or map it with values:');
}

function scalarObjectText(value: unknown): string | undefined {
  return typeName(value) === 'decimal' ? String(value) : undefined;
}

function toDecimal(value: unknown): string {
  return canonicalDecimal(decimalText(value));
}

function toInteger(value: unknown): number {
  const number = Number(canonicalDecimal(decimalText(value)));
  if (!Number.isSafeInteger(number)) throw new RangeError('the number is not whole, or too large');
  return number;
}

const TRUE = new Set<unknown>([true, 1, 1n, 'true', 't', '1', 'TRUE', 'True', 'T']);
const FALSE = new Set<unknown>([false, 0, 0n, 'false', 'f', '0', 'FALSE', 'False', 'F']);

function toBoolean(value: unknown): boolean {
  if (TRUE.has(value)) return true;
  if (FALSE.has(value)) return false;
  throw new UnfitValue(
    `a ${typeName(value)} other than true, false, t, f, 1 and 0 is no yes or no`,
    'map it with values:',
  );
}

function oneOf(allowed: readonly string[]): Coercion {
  const set = new Set<unknown>(allowed);
  return (value) => {
    if (set.has(value)) return value as string;
    const near = typeof value === 'string' && value.length < 40 ? didYouMean(value, allowed) : undefined;
    throw new UnfitValue(`a ${typeName(value)} that is none of ${allowed.join(', ')}`, near ?? 'map it with values:');
  };
}
