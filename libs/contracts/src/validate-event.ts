import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readCloudEvent, sequenceText, type CloudEvent, type EncodedMessage } from './cloud-event';
import { EVENT_CATALOGUE, RECORD_SCHEMA_NAME, type TopicDescription } from './event-catalogue';

/** Made when the first event is checked: compiling all schemas takes longer than starting what may never check one. */
let validators: Map<string, ValidateFunction> | undefined;

/**
 * What is wrong with a message that is about to be, or was, published on `topic`; empty when it keeps its
 * contract. Stricter than a reader may be: values outside today's enumerations are findings.
 */
export function validateEvent(topic: string, message: EncodedMessage): string[] {
  const description = EVENT_CATALOGUE.find((entry) => entry.topic === topic);
  if (!description) return [`${topic} is not a topic of Syncline`];
  try {
    return description.cloudEvents ? cloudEventFindings(description, message) : recordFindings(message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function cloudEventFindings(topic: TopicDescription, message: EncodedMessage): string[] {
  const event = readCloudEvent(message);
  if (!topic.events.some(({ type }) => type === event.type)) return [`${event.type} does not belong on ${topic.topic}`];
  return [...attributeFindings(event, message), ...dataFindings(event.type, event.data)];
}

function attributeFindings(event: CloudEvent, message: EncodedMessage): string[] {
  const headers = message.headers ?? {};
  const expected: [string, boolean][] = [
    ['ce_specversion is 1.0', headers.ce_specversion === '1.0'],
    ['content-type is application/json', headers['content-type'] === 'application/json'],
    ['the key is the subject', message.key?.toString() === event.subject],
    ['ce_sequence is zero-padded', headers.ce_sequence === sequenceText(event.sequence)],
    ['ce_time is an instant in UTC', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(event.time)],
    ['ce_id is not empty', event.id !== ''],
  ];
  return expected.filter(([, holds]) => !holds).map(([rule]) => `broken: ${rule}`);
}

function recordFindings(message: EncodedMessage): string[] {
  const record = JSON.parse(message.value?.toString() ?? 'null') as {
    system?: string;
    kind?: string;
    key?: string;
  } | null;
  const findings = dataFindings(RECORD_SCHEMA_NAME, record);
  const key = `${record?.system}/${record?.kind}/${record?.key}`;
  return message.key?.toString() === key ? findings : [...findings, 'broken: the key is system/kind/key'];
}

function dataFindings(type: string, data: unknown): string[] {
  validators ??= compile();
  const validate = validators.get(type);
  if (!validate) return [`no schema for ${type}`];
  if (validate(data)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

function compile(): Map<string, ValidateFunction> {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
  addFormats(ajv);
  ajv.addKeyword({
    keyword: 'x-extensible-enum',
    type: 'string',
    schemaType: 'array',
    validate: (values: string[], value: string) => values.includes(value),
  });
  const events = EVENT_CATALOGUE.flatMap(({ events }) => events);
  return new Map(events.map(({ type, schema }) => [type, ajv.compile(schema)]));
}
