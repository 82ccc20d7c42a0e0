import { isUtf8 } from 'node:buffer';
import { ingestError } from '../errors';

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const SAFE_DIGITS = 15;

/**
 * The text of a message.
 * @throws SynclineError INGEST_NOT_TEXT when it is not UTF-8
 */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(bytes)) throw ingestError('INGEST_NOT_TEXT', 'the message is no UTF-8 text');
  return text;
}

/**
 * Parses a message.
 * @throws SynclineError INGEST_NOT_JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message quotes the payload.
    throw ingestError('INGEST_NOT_JSON', 'the message is no JSON');
  }
}

/** Parses with every number as text that a JavaScript number would change: ids beyond 2^53, long amounts. */
export function parseExactJson(text: string): unknown {
  return parseJson(
    text.replace(TOKEN, (token) => {
      if (token.length <= SAFE_DIGITS || token.startsWith('"')) return token;
      return String(Number(token)) === token ? token : `"${token}"`;
    }),
  );
}

/** A larger number with a fraction may have lost digits. */
const LARGE = 1e9;

/** Whether a parsed number may have lost digits. */
export function mayBeInexact(value: number): boolean {
  return (value > LARGE || value < -LARGE) && !Number.isSafeInteger(value);
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
