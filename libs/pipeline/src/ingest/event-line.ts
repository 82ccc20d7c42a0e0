import { ingestError } from './errors';

/** A line `{"topic": …, "key": …, "value": …, "headers": …}` taken apart; key and value byte for byte. */
export interface EventLine {
  topic: string;
  key: Buffer | null;
  value: Buffer | null;
  headers?: Record<string, string>;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const COMMA = 0x2c;
const COLON = 0x3a;
const MEMBERS = ['topic', 'key', 'value', 'headers'];

/**
 * Takes a line apart without parsing its key and value, so that they arrive as they were written.
 * @throws SynclineError INGEST_LINE_INVALID
 */
export function parseEventLine(line: Buffer): EventLine {
  const members = membersOf(line);
  const topic = jsonOf(members.get('topic'));
  if (typeof topic !== 'string' || topic === '') throw invalid('it has no topic');
  if (!members.has('value')) throw invalid('it has no value');
  const headers = headersOf(jsonOf(members.get('headers')));
  return {
    topic,
    key: bytesOf(members.get('key')),
    value: bytesOf(members.get('value')),
    ...(headers ? { headers } : {}),
  };
}

function invalid(why: string): Error {
  return ingestError('INGEST_LINE_INVALID', `the line is no event: ${why}`);
}

function bytesOf(slice: Buffer | undefined): Buffer | null {
  return slice === undefined || slice.equals(NULL) ? null : slice;
}

const NULL = Buffer.from('null');

function jsonOf(slice: Buffer | undefined): unknown {
  if (slice === undefined) return undefined;
  try {
    return JSON.parse(slice.toString('utf8')) as unknown;
  } catch {
    throw invalid('topic or headers are no JSON');
  }
}

function headersOf(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || !Object.values(value).every((header) => typeof header === 'string'))
    throw invalid('headers are no map of texts');
  return value as Record<string, string>;
}

/** The members of the outermost object, each value as its bytes. */
function membersOf(line: Buffer): Map<string, Buffer> {
  const members = new Map<string, Buffer>();
  let at = skipBlanks(line, 0);
  if (line[at] !== 0x7b) throw invalid('it is no JSON object');
  at = skipBlanks(line, at + 1);
  while (line[at] === QUOTE) {
    const nameEnd = endOfText(line, at);
    const name = line.toString('utf8', at + 1, nameEnd - 1);
    at = skipBlanks(line, nameEnd);
    if (line[at] !== COLON) throw invalid('it is no JSON object');
    const start = skipBlanks(line, at + 1);
    const end = endOfValue(line, start);
    if (MEMBERS.includes(name)) members.set(name, trimmedEnd(line, start, end));
    at = line[end] === COMMA ? skipBlanks(line, end + 1) : end;
  }
  if (line[at] !== 0x7d || skipBlanks(line, at + 1) !== line.length) throw invalid('it is no whole JSON object');
  return members;
}

/** The index of the comma or brace behind the value that begins at `start`. */
function endOfValue(line: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    const byte = line[at] ?? 0;
    if (byte === QUOTE) at = endOfText(line, at) - 1;
    else if (OPEN.has(byte)) depth += 1;
    else if (depth === 0 && (byte === COMMA || CLOSE.has(byte))) return at;
    else if (CLOSE.has(byte)) depth -= 1;
  }
  throw invalid('it ends too early');
}

/** The index behind the closing quote of the text that begins at `start`. */
function endOfText(line: Buffer, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    const byte = line[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) return at + 1;
  }
  throw invalid('a text does not end');
}

function skipBlanks(line: Buffer, from: number): number {
  let at = from;
  while (at < line.length && (line[at] ?? 0) <= 0x20) at += 1;
  return at;
}

function trimmedEnd(line: Buffer, start: number, end: number): Buffer {
  let last = end;
  while (last > start && (line[last - 1] ?? 0) <= 0x20) last -= 1;
  return line.subarray(start, last);
}
