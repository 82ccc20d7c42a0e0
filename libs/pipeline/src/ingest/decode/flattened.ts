import type { ChangeOperation } from '@syncline/mapping';
import type { DecodedChange } from './envelope';
import type { JsonObject } from './json';
import { positionOf } from './position';
import { cleanRow, type Reading } from './rows';
import { bySchema } from './connect-schema';

const MARKS = ['__op', '__deleted', '__table', '__lsn', '__source_ts_ms', '__source_lsn', '__ts_ms'];
const OPERATIONS: Readonly<Record<string, ChangeOperation>> = { c: 'create', u: 'update', d: 'delete', r: 'snapshot' };
const OWN = '__';
const OWN_SOURCE = '__source_';

/** Whether a payload is a row with Debezium's added fields (ExtractNewRecordState). */
export function isFlattened(payload: JsonObject): boolean {
  return MARKS.some((mark) => mark in payload);
}

/** Reads a flattened row: the fields that begin with `__` say operation and position, the rest is the row. */
export function decodeFlattened(payload: JsonObject, schema: JsonObject | null, reading: Reading): DecodedChange {
  const row: JsonObject = {};
  const source: JsonObject = {};
  for (const [name, value] of Object.entries(schema ? bySchema(payload, schema, reading) : payload)) {
    if (name.startsWith(OWN_SOURCE)) source[name.slice(OWN_SOURCE.length)] = value;
    else if (name.startsWith(OWN)) source[name.slice(OWN.length)] ??= value;
    else row[name] = value;
  }
  const op = operationOf(payload);
  const cleaned = cleanRow(row, reading);
  const version = positionOf(source, op === 'snapshot');
  return {
    op,
    before: op === 'delete' ? cleaned : null,
    after: op === 'delete' ? null : cleaned,
    version,
    ...(typeof source.ts_ms === 'number' ? { changedAtMs: source.ts_ms } : {}),
  };
}

/** Without an operation a row is an upsert. */
function operationOf(payload: JsonObject): ChangeOperation {
  if (payload.__deleted === 'true' || payload.__deleted === true) return 'delete';
  return OPERATIONS[String(payload.__op)] ?? 'update';
}
