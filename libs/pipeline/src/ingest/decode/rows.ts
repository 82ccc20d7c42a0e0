import type { Row } from '@syncline/mapping';
import { connectDecimal } from './connect-decimal';
import { isObject, type JsonObject } from './json';

/** What connectors write for a column that did not change and is too large to be sent again. */
const UNAVAILABLE = '__debezium_unavailable_value';
const UNAVAILABLE_BYTES = Buffer.from(UNAVAILABLE).toString('base64');

/** Whether a message needs the search for unavailable values at all. */
export function mentionsUnavailable(bytes: Buffer): boolean {
  return bytes.includes(UNAVAILABLE) || bytes.includes(UNAVAILABLE_BYTES);
}

/**
 * A row as mappings see it: decimals that came as `{scale, value}` are text, columns whose value is
 * unavailable are absent.
 */
export function cleanRow(row: JsonObject, unavailable: boolean): Row {
  for (const column in row) {
    const value = row[column];
    if (typeof value === 'object' && value !== null) {
      if (isScaledDecimal(value)) row[column] = connectDecimal(value.value, value.scale);
    }
  }
  return unavailable ? withoutUnavailable(row) : row;
}

function isScaledDecimal(value: object): value is { scale: number; value: string } {
  return 'scale' in value && 'value' in value && Number.isInteger(value.scale) && typeof value.value === 'string' && Object.keys(value).length === 2;
}

function withoutUnavailable(row: JsonObject): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !isUnavailable(value)));
}

function isUnavailable(value: unknown): boolean {
  if (typeof value === 'string') return value === UNAVAILABLE || value === UNAVAILABLE_BYTES;
  if (Array.isArray(value)) return value.length === 1 && isUnavailable(value[0]);
  return isObject(value) && UNAVAILABLE in value;
}
