import { createHash } from 'node:crypto';
import { requestError } from '../problem/problem';

/** Values of the sort columns of the last row of a page, the unique one last. */
export type CursorValues = readonly (string | number | null)[];

/**
 * The opaque place after a row. It is bound to the query that made it, so that it is not used with another
 * sort order, where it would silently skip rows.
 */
export function encodeCursor(query: string, values: CursorValues): string {
  return Buffer.from(JSON.stringify([fingerprint(query), ...values])).toString('base64url');
}

/**
 * The values that `encodeCursor` was given.
 * @throws SynclineError BAD_CURSOR when it is damaged or belongs to another query
 */
export function decodeCursor(query: string, cursor: string, length: number): CursorValues {
  const parts = parse(cursor);
  if (parts?.length !== length + 1 || parts[0] !== fingerprint(query)) {
    throw requestError('BAD_CURSOR', 'The cursor belongs to another query or is damaged.', 'cursor');
  }
  return parts.slice(1);
}

function parse(cursor: string): CursorValues | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && parts.every(isCursorValue) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function isCursorValue(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function fingerprint(query: string): string {
  return createHash('sha256').update(query).digest('base64url').slice(0, 8);
}
