import { ingestError } from './errors';

const NEWLINE = 0x0a;
/** Longest line that is read, in bytes. */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

/**
 * Cuts a stream of bytes into groups of lines, as many as each chunk ends. Lines hold no line break; blank ones are
 * left out. Memory stays at one chunk and one line.
 * @throws SynclineError INGEST_LINE_INVALID for a line beyond MAX_LINE_BYTES
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxLines = 2_000): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  let restLength = 0;
  const lines: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, at)]);
      [rest, restLength, from] = [[], 0, at + 1];
      if (!isBlank(line)) lines.push(line);
      if (lines.length >= maxLines) yield lines.splice(0);
    }
    rest.push(chunk.subarray(from));
    restLength += chunk.length - from;
    if (restLength > MAX_LINE_BYTES)
      throw ingestError('INGEST_LINE_INVALID', `a line is longer than ${MAX_LINE_BYTES} bytes`);
  }
  const last = Buffer.concat(rest);
  if (!isBlank(last)) lines.push(last);
  if (lines.length > 0) yield lines;
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte <= 0x20);
}
