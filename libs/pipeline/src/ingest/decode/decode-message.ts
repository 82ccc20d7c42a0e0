import type { ChangeEvent, Row } from '@syncline/mapping';
import { instantOfEpochMs } from '@syncline/model';
import { ingestError } from '../errors';
import { binaryAttributes, decodeCloudEvent, isStructured, structuredData, type Attributes } from './cloud-event';
import { bySchema } from './connect-schema';
import { decodeEnvelope, isEnvelope, type DecodedChange } from './envelope';
import { decodeFlattened, isFlattened } from './flattened';
import { isObject, parseExactJson, parseJson, textOf, unwrap, type JsonObject } from './json';
import { cleanRow, readingOf, type Reading } from './rows';

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
const HEARTBEAT_CHANGE: DecodedChange = { ...NOTHING, op: 'heartbeat' };
const NO_HEADERS: Readonly<Record<string, string>> = {};
/** A number of at most 15 digits fits. */
const SHORT_KEY = 20;

/**
 * Reads a message in whichever encoding it is: Debezium's envelope, a flattened row, a CloudEvent (binary or
 * structured) or plain JSON. Pure.
 * @param topicPrefix what of the topic is not the source's name
 * @throws SynclineError of kind poison
 */
export function decodeMessage(message: SourceMessage, topicPrefix: string): ChangeEvent {
  const { topic } = message;
  const source = topic.startsWith(topicPrefix) ? topic.slice(topicPrefix.length) : topic;
  if (topic.startsWith(HEARTBEAT)) return eventOf(HEARTBEAT_CHANGE, source, message, null);
  const headers = message.headers ?? NO_HEADERS;
  const decoded = decodeValue(message.value, headers);
  const event = eventOf(decoded, source, message, decodeKey(message.key) ?? decoded.key ?? null);
  if (headers[NEW_KEY] !== undefined && event.op === 'delete') event.renamedTo = headerKey(headers[NEW_KEY]);
  if (headers[OLD_KEY] !== undefined && event.op === 'create') event.renamedFrom = headerKey(headers[OLD_KEY]);
  return event;
}

/** Written out: spreading would cost as much as parsing. */
function eventOf(
  decoded: DecodedChange,
  source: string,
  { topic, partition, offset }: SourceMessage,
  key: Row | null,
): ChangeEvent {
  return {
    op: decoded.op,
    source,
    eventType: decoded.eventType,
    before: decoded.before,
    after: decoded.after,
    key,
    version: decoded.version,
    changedAt: decoded.changedAtMs === undefined ? undefined : instant(decoded.changedAtMs),
    topic,
    partition,
    offset,
  };
}

function decodeValue(value: Buffer | null, headers: Readonly<Record<string, string>>): DecodedChange {
  const attributes = binaryAttributes(headers);
  if (value === null || value.length === 0)
    return attributes ? decodeCloudEvent(attributes, null, readingOf('')) : NOTHING;
  const text = textOf(value);
  const reading = readingOf(text);
  const decoded = decodeParsed(parseJson(text), attributes, reading);
  return reading.inexact ? decodeParsed(parseExactJson(text), attributes, readingOf(text)) : decoded;
}

function decodeParsed(parsed: unknown, attributes: Attributes | null, reading: Reading): DecodedChange {
  if (parsed === null) return NOTHING;
  if (attributes) return decodeCloudEvent(attributes, parsed, reading);
  const { payload, schema } = unwrap(parsed);
  if (payload === null) return NOTHING;
  if (!isObject(payload)) throw ingestError('INGEST_NOT_JSON', 'the message is JSON but no object');
  if (isEnvelope(payload)) return decodeEnvelope(payload, schema, reading);
  if (isStructured(payload)) return decodeCloudEvent(payload, structuredData(payload), reading);
  if (isFlattened(payload)) return decodeFlattened(payload, schema, reading);
  return plain(payload, schema, reading);
}

/** Plain JSON is the state of a thing; its version is what the mapping names. */
function plain(payload: JsonObject, schema: JsonObject | null, reading: Reading): DecodedChange {
  return {
    op: 'update',
    before: null,
    after: cleanRow(schema ? bySchema(payload, schema, reading) : payload, reading),
    version: null,
  };
}

/** The key columns; a key that is a plain text or number is the column `key`. */
function decodeKey(key: Buffer | null): Row | null {
  if (key === null || key.length === 0) return null;
  const first = key[0];
  // '{': anything else is a scalar.
  if (first !== 0x7b) return { key: key.toString('utf8').replace(/^"(.*)"$/s, '$1') };
  return keyColumns(key.length <= SHORT_KEY ? parseJson(textOf(key)) : parseExactJson(textOf(key)));
}

function keyColumns(parsed: unknown): Row {
  const { payload, schema } = unwrap(parsed);
  if (!isObject(payload)) return { key: payload };
  const reading = readingOf('');
  return cleanRow(schema ? bySchema(payload, schema, reading) : payload, reading);
}

function headerKey(text: string): Row {
  return keyColumns(parseExactJson(text));
}

function instant(epochMs: number): string | undefined {
  return Math.abs(epochMs) <= 8.64e15 ? instantOfEpochMs(epochMs) : undefined;
}
