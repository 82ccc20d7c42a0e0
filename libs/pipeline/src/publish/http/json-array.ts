import { requestError } from '../problem/problem';

const OPEN = new Set(['{', '['].map(code));
const CLOSE = new Set(['}', ']'].map(code));
const [QUOTE, BACKSLASH, COMMA] = ['"', '\\', ','].map(code);
const SPACES = new Set([' ', '\t', '\r', '\n'].map(code));

function code(character: string): number {
  return character.charCodeAt(0);
}

/**
 * The elements of a JSON array as the bytes they came as: nothing is parsed, so that no number loses a digit.
 * Whether each element is JSON is for who decodes it.
 * @throws SynclineError BAD_BODY when the body is no array
 */
export function jsonArrayElements(body: Buffer): Buffer[] {
  const start = skipSpaces(body, 0);
  let end = body.length - 1;
  while (end > start && SPACES.has(body[end])) end--;
  if (body[start] !== code('[') || body[end] !== code(']') || end <= start) {
    throw requestError(
      'BAD_BODY',
      'The body must be a JSON array of events, or one event a line as application/x-ndjson.',
    );
  }
  const elements: Buffer[] = [];
  let from = start + 1;
  for (let at = from, depth = 0; at <= end; at++) {
    if (body[at] === QUOTE) at = endOfString(body, at);
    else if (OPEN.has(body[at])) depth++;
    else if (CLOSE.has(body[at]) && at < end) depth--;
    if (depth === 0 && (body[at] === COMMA || at >= end)) {
      const element = trimmed(body, from, Math.min(at, end));
      if (element.length > 0) elements.push(element);
      from = at + 1;
    }
  }
  return elements;
}

/** The lines of newline-delimited JSON; empty ones are left out. */
export function lines(body: Buffer): Buffer[] {
  const result: Buffer[] = [];
  for (let from = 0; from < body.length;) {
    const newline = body.indexOf(0x0a, from);
    const to = newline < 0 ? body.length : newline;
    const line = trimmed(body, from, to);
    if (line.length > 0) result.push(line);
    from = to + 1;
  }
  return result;
}

/** Position of the closing quote; the end of the body when there is none. */
function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}

function skipSpaces(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && SPACES.has(body[at])) at++;
  return at;
}

function trimmed(body: Buffer, from: number, to: number): Buffer {
  let end = to;
  const start = Math.min(skipSpaces(body, from), end);
  while (end > start && SPACES.has(body[end - 1])) end--;
  return body.subarray(start, end);
}
