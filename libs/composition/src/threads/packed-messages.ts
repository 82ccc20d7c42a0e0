import type { LogMessage } from '@syncline/pipeline/shared';

/** An offset or length that says that there is no key or value, as opposed to an empty one. */
const NONE = -1;

/** Messages in the form in which they change threads: two buffers that are handed over, not an object for each. */
export interface PackedMessages {
  /** Keys and values, one after the other. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Of each message its key's length and its value's. */
  lengths: Int32Array<ArrayBuffer>;
  timestamps: Float64Array<ArrayBuffer>;
  /** By number of the message; most have none. */
  headers: Map<number, Record<string, string>>;
}

export function packMessages(messages: readonly LogMessage[]): PackedMessages {
  const lengths = new Int32Array(messages.length * 2);
  const timestamps = new Float64Array(messages.length);
  const headers: PackedMessages['headers'] = new Map();
  let size = 0;
  messages.forEach(({ key, value, timestamp, headers: own }, at) => {
    lengths[2 * at] = key?.length ?? NONE;
    lengths[2 * at + 1] = value?.length ?? NONE;
    timestamps[at] = timestamp;
    if (own) headers.set(at, own);
    size += (key?.length ?? 0) + (value?.length ?? 0);
  });
  const bytes = new Uint8Array(size);
  let end = 0;
  for (const { key, value } of messages) {
    for (const part of [key, value]) {
      if (part === null) continue;
      bytes.set(part, end);
      end += part.length;
    }
  }
  return { bytes, lengths, timestamps, headers };
}

/** Keys and values are views of the packed bytes. */
export function unpackMessages({ bytes, lengths, timestamps, headers }: PackedMessages): LogMessage[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  const next = (length: number): Buffer | null => {
    if (length === NONE) return null;
    return all.subarray(start, (start += length));
  };
  return Array.from(timestamps, (timestamp, at) => {
    const message: LogMessage = { key: next(lengths[2 * at]!), value: next(lengths[2 * at + 1]!), timestamp };
    const own = headers.get(at);
    if (own) message.headers = own;
    return message;
  });
}

/** What is handed over with the packed messages instead of copied. */
export function buffersOf({ bytes, lengths, timestamps }: PackedMessages): ArrayBuffer[] {
  return [bytes.buffer, lengths.buffer, timestamps.buffer];
}
