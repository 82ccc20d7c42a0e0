import { SynclineError, type ErrorClass, type ErrorKind } from '@syncline/model';

interface ErrorEntry {
  kind: ErrorKind;
  class?: ErrorClass;
  meaning: string;
  advice: string;
}

/** Every code that ingest raises, for docs/reference/errors.md. */
export const INGEST_ERRORS = {
  INGEST_NOT_TEXT: {
    kind: 'poison',
    class: 'parse',
    meaning: 'The message is no UTF-8 text.',
    advice: 'Let the connector write JSON in UTF-8 (org.apache.kafka.connect.json.JsonConverter); then replay.',
  },
  INGEST_NOT_JSON: {
    kind: 'poison',
    class: 'parse',
    meaning: 'The message is no JSON object.',
    advice: 'Let the connector write JSON (org.apache.kafka.connect.json.JsonConverter); then replay.',
  },
  INGEST_SHAPE_UNKNOWN: {
    kind: 'poison',
    class: 'parse',
    meaning: 'The message is a change event of a kind that Syncline does not read.',
    advice: 'See the encodings in docs/how-to/administrators/write-a-mapping.md.',
  },
  INGEST_POSITION_INVALID: {
    kind: 'poison',
    class: 'parse',
    meaning: 'The position in the source can not be read.',
    advice: 'Compare the version of the connector with the ones that the documentation names.',
  },
  INGEST_DECIMAL_INVALID: {
    kind: 'poison',
    class: 'value',
    meaning: 'A decimal is written as bytes whose scale is unknown, or broken.',
    advice: 'Set decimal.handling.mode=string in the connector, or let it send the schema; then snapshot again.',
  },
  INGEST_TOPIC_UNKNOWN: {
    kind: 'poison',
    class: 'missing',
    meaning: 'The topic belongs to no source of the system: the mapping neither maps nor ignores it.',
    advice: 'Add the table to the mapping, under sources or ignore; then replay.',
  },
  INGEST_KEY_PARKED: {
    kind: 'poison',
    class: 'parked',
    meaning: 'An earlier message of the same key could not be handled; this one waits behind it.',
    advice: 'Solve the first dead letter of the key, then replay the key.',
  },
  INGEST_LINE_INVALID: {
    kind: 'request',
    class: 'parse',
    meaning: 'A line is no event of the form {"topic", "key", "value"}.',
    advice: 'One JSON object a line, with the topic as text; key and value are any JSON.',
  },
  INGEST_TOPIC_FOREIGN: {
    kind: 'request',
    class: 'missing',
    meaning: 'A line names a topic that is not one of the system.',
    advice: "Use topics that begin with the system's prefix, or name another system.",
  },
  INGEST_LETTER_UNKNOWN: {
    kind: 'request',
    meaning: 'There is no such dead letter.',
    advice: 'List them: syncline dead-letters list.',
  },
  INGEST_LETTER_CLOSED: {
    kind: 'request',
    meaning: 'The dead letter is resolved or discarded.',
    advice: 'Nothing is left to do.',
  },
  INGEST_INTERNAL: {
    kind: 'poison',
    class: 'value',
    meaning: 'Syncline failed on the message in a way that it should not.',
    advice: 'Report it with the code and the position of the message.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type IngestErrorCode = keyof typeof INGEST_ERRORS;

export function ingestError(
  code: IngestErrorCode,
  message: string,
  extra: { where?: string; advice?: string; cause?: unknown } = {},
): SynclineError {
  const entry: ErrorEntry = INGEST_ERRORS[code];
  return new SynclineError({
    code,
    kind: entry.kind,
    ...(entry.class ? { class: entry.class } : {}),
    message,
    advice: extra.advice ?? entry.advice,
    where: extra.where,
    cause: extra.cause,
  });
}
