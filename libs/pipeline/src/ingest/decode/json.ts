import { isUtf8 } from 'node:buffer';
import { ingestError } from '../errors';

/** A number that a JavaScript number can't hold exactly; timestamps in nanoseconds are not read. */
const LONG_NUMBER = /(?<!"ts_ns")[[:,]\s?-?(?:[\d.]{17}|9\d{15})/;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const SAFE_DIGITS = 15;

/**
 * Parses a message. Numbers that would lose digits (ids beyond 2^53, long amounts) become text.
 * @throws SynclineError INGEST_NOT_TEXT, INGEST_NOT_JSON
 */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(bytes)) throw ingestError('INGEST_NOT_TEXT', 'the message is no UTF-8 text');
  try {
    return JSON.parse(LONG_NUMBER.test(text) ? quoteLongNumbers(text) : text) as unknown;
  } catch (cause) {
    // The parser's own message quotes the payload.
    throw ingestError('INGEST_NOT_JSON', 'the message is no JSON', { cause: cause instanceof SyntaxError ? undefined : cause });
  }
}

function quoteLongNumbers(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.length <= SAFE_DIGITS || token.startsWith('"')) return token;
    return String(Number(token)) === token ? token : `"${token}"`;
  });
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The payload of `{schema, payload}`, and the schema; the value itself when it is not wrapped. */
export function unwrap(value: unknown): { payload: unknown; schema: JsonObject | null } {
  if (isObject(value) && 'schema' in value && 'payload' in value && Object.keys(value).length === 2) {
    return { payload: value.payload, schema: isObject(value.schema) ? value.schema : null };
  }
  return { payload: value, schema: null };
}
