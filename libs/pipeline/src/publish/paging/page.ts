import { decodeCursor, encodeCursor, type CursorValues } from './cursor';

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** What names a query for its cursors: everything but the place and the size of the page. */
export function queryName(endpoint: string, query: object): string {
  const entries = Object.entries(query).filter(
    ([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined,
  );
  return JSON.stringify([endpoint, ...entries.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/**
 * A page from `rows`, of which one more than `limit` were asked for: the extra one tells that there is more.
 * @param place values that name a row in the order of the query
 */
export function pageOf<R, T>(
  query: string,
  rows: readonly R[],
  limit: number,
  place: (row: R) => CursorValues,
  view: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(query, place(last)) : null;
  return { items: shown.map(view), next_cursor: next };
}

/** A page of rows that are all at hand, sorted by `place`, ascending or descending. */
export function pageOfAll<R, T>(
  query: string,
  rows: readonly R[],
  page: { cursor?: string; limit: number },
  place: (row: R) => string,
  view: (row: R) => T,
): Page<T> {
  const after = page.cursor === undefined ? undefined : String(decodeCursor(query, page.cursor, 1)[0]);
  const descending = rows.length > 1 && place(rows[0]) > place(rows[rows.length - 1]);
  const rest =
    after === undefined ? rows : rows.filter((row) => (descending ? place(row) < after : place(row) > after));
  return pageOf(query, rest.slice(0, page.limit + 1), page.limit, (row) => [place(row)], view);
}
