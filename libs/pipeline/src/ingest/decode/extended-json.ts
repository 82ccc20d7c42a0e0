import { isObject, type JsonObject } from './json';

/** Values that MongoDB's JSON wraps to keep their types. */
const WRAPPERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  $oid: (value) => value,
  $numberDecimal: (value) => value,
  $numberLong: (value) => value,
  $numberInt: (value) => value,
  $numberDouble: (value) => value,
  $date: (value) => {
    const inner = plainJson(value);
    const epochMs = typeof inner === 'string' && /^-?\d+$/.test(inner) ? Number(inner) : inner;
    return typeof epochMs === 'number' ? new Date(epochMs).toISOString() : epochMs;
  },
};

/** MongoDB's extended JSON as plain values. */
export function plainJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isObject(value)) return value;
  const [only, ...others] = Object.keys(value);
  const wrapper = only !== undefined && others.length === 0 ? WRAPPERS[only] : undefined;
  if (wrapper && only !== undefined) return wrapper(value[only]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item)]));
}

/** A document that came as JSON text inside JSON. */
export function documentOf(value: unknown): JsonObject | null {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  const plain = plainJson(parsed);
  return isObject(plain) ? plain : null;
}
