import type { Row } from '@syncline/mapping';
import { connectDecimal } from './connect-decimal';
import { isObject, mayBeInexact, type JsonObject } from './json';

/** What connectors write for a column that did not change and is too large to be sent again. */
const UNAVAILABLE = '__debezium_unavailable_value';
const UNAVAILABLE_BYTES = Buffer.from(UNAVAILABLE).toString('base64');

/** What is known of a message while it is read. */
export interface Reading {
  /** The message mentions the mark of unavailable values. */
  unavailable: boolean;
  /** Set when a number may have lost digits: the message must be parsed again, exactly. */
  inexact: boolean;
}

/** Starts reading a message. */
export function readingOf(text: string): Reading {
  return { unavailable: text.includes(UNAVAILABLE) || text.includes(UNAVAILABLE_BYTES), inexact: false };
}

/**
 * A row as mappings see it: decimals that came as `{scale, value}` are text, columns whose value is
 * unavailable are absent.
 */
export function cleanRow(row: JsonObject, reading: Reading): Row {
  for (const column in row) {
    const value = row[column];
    if (typeof value === 'number') {
      if (mayBeInexact(value)) reading.inexact = true;
    } else if (typeof value === 'object' && value !== null) {
      if (isScaledDecimal(value)) row[column] = connectDecimal(value.value, value.scale);
      else if (hasInexact(value)) reading.inexact = true;
    }
  }
  return reading.unavailable ? withoutUnavailable(row) : row;
}

/** Marks the reading when a number of the row may have lost digits: before anything converts it. */
export function watchNumbers(row: JsonObject, reading: Reading): JsonObject {
  if (hasInexact(row)) reading.inexact = true;
  return row;
}

function hasInexact(value: object): boolean {
  return Object.values(value).some((item: unknown) =>
    typeof item === 'number' ? mayBeInexact(item) : typeof item === 'object' && item !== null && hasInexact(item),
  );
}

function isScaledDecimal(value: object): value is { scale: number; value: string } {
  return (
    'scale' in value &&
    'value' in value &&
    Number.isInteger(value.scale) &&
    typeof value.value === 'string' &&
    Object.keys(value).length === 2
  );
}

function withoutUnavailable(row: JsonObject): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !isUnavailable(value)));
}

function isUnavailable(value: unknown): boolean {
  if (typeof value === 'string') return value === UNAVAILABLE || value === UNAVAILABLE_BYTES;
  if (Array.isArray(value)) return value.length === 1 && isUnavailable(value[0]);
  return isObject(value) && UNAVAILABLE in value;
}
