import { ingestError } from '../errors';
import { decodeEnvelope, isEnvelope, type DecodedChange } from './envelope';
import { decodeFlattened, isFlattened } from './flattened';
import { isObject, parseJson, textOf, unwrap, type JsonObject } from './json';
import { cleanRow, type Reading } from './rows';
import { sourceVersion } from '@syncline/model';

export type Attributes = Readonly<Record<string, unknown>>;

const REQUIRED = ['id', 'source', 'specversion', 'type'];
const DEBEZIUM = 'iodebezium';

/** The attributes in the headers of a CloudEvent in binary mode; null when it is none. */
export function binaryAttributes(headers: Readonly<Record<string, string>>): Attributes | null {
  if (headers.ce_specversion === undefined) return null;
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (name.startsWith('ce_')) attributes[name.slice(3)] = value;
  return attributes;
}

/** Whether a parsed value is a CloudEvent in structured mode. */
export function isStructured(value: JsonObject): boolean {
  return typeof value.specversion === 'string' && REQUIRED.every((name) => name in value);
}

/** The data of a structured event. */
export function structuredData(event: JsonObject): unknown {
  if (typeof event.data_base64 === 'string') return parseJson(textOf(Buffer.from(event.data_base64, 'base64')));
  return event.data ?? null;
}

/** Reads a CloudEvent: its data is a change event, a flattened row or the plain state of a thing. */
export function decodeCloudEvent(attributes: Attributes, data: unknown, reading: Reading): DecodedChange {
  const missing = REQUIRED.filter((name) => typeof attributes[name] !== 'string' || attributes[name] === '');
  if (missing.length > 0) throw ingestError('INGEST_SHAPE_UNKNOWN', `the CloudEvent lacks ${missing.join(', ')}`);
  const eventType = String(attributes.type);
  const { payload, schema } = unwrap(data);
  if (payload === null || payload === undefined)
    return { op: 'tombstone', before: null, after: null, version: null, eventType };
  if (!isObject(payload)) throw ingestError('INGEST_SHAPE_UNKNOWN', 'the data of the CloudEvent is no object');
  const envelope = withDebeziumAttributes(payload, attributes);
  if (isEnvelope(envelope)) return { ...decodeEnvelope(envelope, schema, reading), eventType };
  if (isFlattened(payload)) return { ...decodeFlattened(payload, schema, reading), eventType };
  const changedAtMs = typeof attributes.time === 'string' ? Date.parse(attributes.time) : Number.NaN;
  const key = typeof attributes.subject === 'string' ? { key: { subject: attributes.subject } } : {};
  return {
    op: 'update',
    before: null,
    after: cleanRow(payload, reading),
    version: versionOf(attributes, changedAtMs),
    eventType,
    ...key,
    ...(Number.isNaN(changedAtMs) ? {} : { changedAtMs }),
  };
}

/** Debezium's own CloudEvents have operation and source as attributes (`iodebeziumop`, `iodebeziumlsn` …). */
function withDebeziumAttributes(payload: JsonObject, attributes: Attributes): JsonObject {
  if (attributes.iodebeziumop === undefined) return payload;
  const source: JsonObject = {};
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith(DEBEZIUM)) source[SOURCE_NAMES[name] ?? name.slice(DEBEZIUM.length)] = value;
  const time = Number(source.tsms ?? Date.parse(String(attributes.time)));
  return {
    before: null,
    after: null,
    ...payload,
    op: attributes.iodebeziumop,
    source: { ...source, ...(Number.isFinite(time) ? { ts_ms: time } : {}) },
  };
}

/** Attribute names have no underscores. */
const SOURCE_NAMES: Readonly<Record<string, string>> = {
  iodebeziumchangelsn: 'change_lsn',
  iodebeziumcommitlsn: 'commit_lsn',
  iodebeziumeventserialno: 'event_serial_no',
  iodebeziumcommitscn: 'commit_scn',
};

/** `sequence` where the producer numbers its events, otherwise their time. */
function versionOf(attributes: Attributes, changedAtMs: number): string | null {
  const { sequence } = attributes;
  if (typeof sequence === 'string' && /^\d{1,20}$/.test(sequence)) return sourceVersion([sequence]);
  return Number.isNaN(changedAtMs) || changedAtMs < 0 ? null : sourceVersion([changedAtMs]);
}
