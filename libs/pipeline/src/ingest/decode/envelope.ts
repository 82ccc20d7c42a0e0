import type { ChangeOperation, Row } from '@syncline/mapping';
import { ingestError } from '../errors';
import { bySchema, fieldSchema } from './connect-schema';
import { documentOf } from './extended-json';
import { isObject, type JsonObject } from './json';
import { positionOf } from './position';
import { cleanRow, type Reading } from './rows';

const OPERATIONS: Readonly<Record<string, ChangeOperation>> = {
  c: 'create',
  u: 'update',
  d: 'delete',
  r: 'snapshot',
  t: 'truncate',
  m: 'message',
};

/** The part of a change event that an encoding says. */
export interface DecodedChange {
  op: ChangeOperation;
  before: Row | null;
  after: Row | null;
  version: string | null;
  /** Milliseconds since 1970. */
  changedAtMs?: number;
  eventType?: string;
  /** Key columns, where the encoding itself has them. */
  key?: Row;
}

/** Whether a payload is Debezium's envelope. */
export function isEnvelope(payload: JsonObject): boolean {
  return (
    typeof payload.op === 'string' &&
    ('after' in payload || 'before' in payload || isObject(payload.source)) &&
    Object.hasOwn(OPERATIONS, payload.op)
  );
}

/** Reads Debezium's envelope, with or without the schema of its rows. */
export function decodeEnvelope(payload: JsonObject, schema: JsonObject | null, reading: Reading): DecodedChange {
  const op = Object.hasOwn(OPERATIONS, String(payload.op)) ? OPERATIONS[String(payload.op)] : undefined;
  if (!op)
    throw ingestError('INGEST_SHAPE_UNKNOWN', 'the operation of the change event is not one of c, u, d, r, t and m');
  const source = isObject(payload.source) ? payload.source : {};
  const after = rowOf(payload.after, schema, 'after', reading) ?? patchedDocument(payload);
  const before = rowOf(payload.before, schema, 'before', reading);
  if (after === null && (op === 'create' || op === 'update' || op === 'snapshot'))
    throw ingestError('INGEST_SHAPE_UNKNOWN', `the change event says ${op} and has no row after it`);
  const version =
    op === 'truncate' || op === 'message' ? null : positionOf(withTime(source, payload), op === 'snapshot');
  const time = source.ts_ms ?? payload.ts_ms;
  return { op, before, after, version, changedAtMs: typeof time === 'number' ? time : undefined };
}

/** Some connectors give the time of the change on the envelope alone. */
function withTime(source: JsonObject, payload: JsonObject): JsonObject {
  if (source.ts_ms !== undefined || source.ts_us !== undefined || payload.ts_ms === undefined) return source;
  return { ...source, ts_ms: payload.ts_ms };
}

function rowOf(value: unknown, schema: JsonObject | null, side: 'before' | 'after', reading: Reading): Row | null {
  if (value === null || value === undefined) return null;
  // MongoDB's connector writes the document as text.
  const row = typeof value === 'string' ? documentText(value) : value;
  if (!isObject(row)) throw ingestError('INGEST_SHAPE_UNKNOWN', `the row ${side} the change is no object`);
  const typed = schema ? bySchema(row, fieldSchema(schema, side), reading) : row;
  return cleanRow(isCells(typed) ? cellValues(typed) : typed, reading);
}

function documentText(text: string): JsonObject | null {
  try {
    return documentOf(text);
  } catch {
    throw ingestError('INGEST_NOT_JSON', 'the document inside the change event is no JSON');
  }
}

/** MongoDB without full documents: the changed fields alone; removed ones are null. */
function patchedDocument(payload: JsonObject): Row | null {
  const description = payload.updateDescription;
  if (!isObject(description)) return null;
  const updated = typeof description.updatedFields === 'string' ? documentText(description.updatedFields) : null;
  const removed = Array.isArray(description.removedFields) ? (description.removedFields as unknown[]) : [];
  const row: JsonObject = { ...updated };
  for (const name of removed) if (typeof name === 'string') row[name] = null;
  return row;
}

/** Cassandra's connector wraps each column: `{value, set}`; columns that were not set are absent. */
function isCells(row: JsonObject): boolean {
  const values = Object.values(row);
  const isCell = (value: unknown): boolean => value === null || (isObject(value) && 'value' in value && 'set' in value);
  return isObject(values.find((value) => value !== null)) && values.every(isCell);
}

function cellValues(row: JsonObject): JsonObject {
  const cells: JsonObject = {};
  for (const [column, cell] of Object.entries(row))
    if (isObject(cell) && cell.set !== false) cells[column] = cell.value;
  return cells;
}
