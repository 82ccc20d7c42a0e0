import type { LogMessage, ReceivedMessage } from '@syncline/pipeline';
import { Packr } from 'msgpackr';
import { logError } from '../errors';

/** Columns instead of rows: four arrays cost far less to write and read than an object for each message. */
type Columns = [
  keys: (Buffer | null)[],
  values: (Buffer | null)[],
  headers: (Record<string, string> | null)[],
  timestamps: number[],
];

const packr = new Packr({ useRecords: false });

/** What one message takes in a chunk, roughly. */
export function sizeOf(message: LogMessage): number {
  return (message.key?.length ?? 0) + (message.value?.length ?? 0) + (message.headers ? 256 : 0) + 24;
}

/** Cuts messages into runs of about `maxBytes`; a larger message is a run of its own. */
export function splitBySize(messages: LogMessage[], maxBytes: number): LogMessage[][] {
  const runs: LogMessage[][] = [];
  let from = 0;
  let bytes = 0;
  messages.forEach((message, at) => {
    const size = sizeOf(message);
    if (at > from && bytes + size > maxBytes) {
      runs.push(messages.slice(from, at));
      from = at;
      bytes = 0;
    }
    bytes += size;
  });
  if (from < messages.length) runs.push(from === 0 ? messages : messages.slice(from));
  return runs;
}

export function packChunk(messages: LogMessage[]): Buffer {
  const columns: Columns = [[], [], [], []];
  for (const message of messages) {
    columns[0].push(message.key);
    columns[1].push(message.value);
    columns[2].push(message.headers ?? null);
    columns[3].push(message.timestamp);
  }
  return packr.pack(columns);
}

/** The messages of a chunk. Keys and values are views of `payload`, not copies. */
export function unpackChunk(payload: Buffer, baseOffset: number): ReceivedMessage[] {
  const [keys, values, headers, timestamps] = decode(payload, baseOffset);
  return keys.map((key, at) => {
    const message: ReceivedMessage = { key, value: values[at], timestamp: timestamps[at], offset: baseOffset + at };
    const own = headers[at];
    if (own !== null) message.headers = own;
    return message;
  });
}

function decode(payload: Buffer, baseOffset: number): Columns {
  const where = `offset ${baseOffset}`;
  const message = 'A chunk of the embedded log can not be decoded.';
  let columns: unknown;
  try {
    columns = packr.unpack(payload);
  } catch (cause) {
    throw logError('LOG_CHUNK_UNREADABLE', message, { where, cause });
  }
  if (!isColumns(columns)) throw logError('LOG_CHUNK_UNREADABLE', message, { where });
  return columns;
}

function isColumns(value: unknown): value is Columns {
  return Array.isArray(value) && value.length === 4 && value.every(Array.isArray);
}
