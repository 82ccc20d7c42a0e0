import type { ChangeEvent, Row } from '@syncline/mapping';
import { ingestError } from '../errors';
import { binaryAttributes, decodeCloudEvent, isStructured, structuredData } from './cloud-event';
import { bySchema } from './connect-schema';
import { decodeEnvelope, isEnvelope, type DecodedChange } from './envelope';
import { decodeFlattened, isFlattened } from './flattened';
import { isObject, parseJson, unwrap, type JsonObject } from './json';
import { cleanRow, mentionsUnavailable } from './rows';

/** A message of a source topic, as the log gives it. */
export interface SourceMessage {
  topic: string;
  partition: number;
  offset: number;
  key: Buffer | null;
  value: Buffer | null;
  headers?: Readonly<Record<string, string>>;
}

const HEARTBEAT = '__debezium-heartbeat';
const NEW_KEY = '__debezium.newkey';
const OLD_KEY = '__debezium.oldkey';
const NOTHING: DecodedChange = { op: 'tombstone', before: null, after: null, version: null };

/**
 * Reads a message in whichever encoding it is: Debezium's envelope, a flattened row, a CloudEvent (binary or
 * structured) or plain JSON. Pure.
 * @param topicPrefix what of the topic is not the source's name
 * @throws SynclineError of kind poison
 */
export function decodeMessage(message: SourceMessage, topicPrefix: string): ChangeEvent {
  const { topic, partition, offset } = message;
  const source = topic.startsWith(topicPrefix) ? topic.slice(topicPrefix.length) : topic;
  const place = { source, topic, partition, offset };
  if (topic.startsWith(HEARTBEAT)) return { ...NOTHING, ...place, op: 'heartbeat', key: null };
  const headers = message.headers ?? {};
  const decoded = decodeValue(message.value, headers);
  const { changedAtMs, key: ownKey, ...change } = decoded;
  const event: ChangeEvent = { ...change, ...place, key: decodeKey(message.key) ?? ownKey ?? null };
  if (changedAtMs !== undefined) event.changedAt = instant(changedAtMs);
  if (event.op === 'delete' && headers[NEW_KEY] !== undefined) event.renamedTo = headerKey(headers[NEW_KEY]);
  if (event.op === 'create' && headers[OLD_KEY] !== undefined) event.renamedFrom = headerKey(headers[OLD_KEY]);
  return event;
}

function decodeValue(value: Buffer | null, headers: Readonly<Record<string, string>>): DecodedChange {
  const attributes = binaryAttributes(headers);
  if (value === null || value.length === 0) return attributes ? decodeCloudEvent(attributes, null, false) : NOTHING;
  const parsed = parseJson(value);
  if (parsed === null) return NOTHING;
  const unavailable = mentionsUnavailable(value);
  if (attributes) return decodeCloudEvent(attributes, parsed, unavailable);
  const { payload, schema } = unwrap(parsed);
  if (payload === null) return NOTHING;
  if (!isObject(payload)) throw ingestError('INGEST_NOT_JSON', 'the message is JSON but no object');
  if (isEnvelope(payload)) return decodeEnvelope(payload, schema, unavailable);
  if (isStructured(payload)) return decodeCloudEvent(payload, structuredData(payload), unavailable);
  if (isFlattened(payload)) return decodeFlattened(payload, schema, unavailable);
  return plain(payload, schema, unavailable);
}

/** Plain JSON is the state of a thing; its version is what the mapping names. */
function plain(payload: JsonObject, schema: JsonObject | null, unavailable: boolean): DecodedChange {
  return { op: 'update', before: null, after: cleanRow(schema ? bySchema(payload, schema) : payload, unavailable), version: null };
}

/** The key columns; a key that is a plain text or number is the column `key`. */
function decodeKey(key: Buffer | null): Row | null {
  if (key === null || key.length === 0) return null;
  const first = key[0];
  // '{': anything else is a scalar.
  if (first !== 0x7b) return { key: key.toString('utf8').replace(/^"(.*)"$/s, '$1') };
  return keyColumns(parseJson(key));
}

function keyColumns(parsed: unknown): Row {
  const { payload, schema } = unwrap(parsed);
  if (!isObject(payload)) return { key: payload };
  return cleanRow(schema ? bySchema(payload, schema) : payload, false);
}

function headerKey(text: string): Row {
  return keyColumns(parseJson(Buffer.from(text)));
}

function instant(epochMs: number): string | undefined {
  return Math.abs(epochMs) <= 8.64e15 ? new Date(epochMs).toISOString() : undefined;
}
