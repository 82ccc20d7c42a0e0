/** Keys in one statement. Beyond this a JSON parameter gains nothing and the plan's guess gets worse. */
const CHUNK = 5_000;

type Key = readonly unknown[];

/** Each key once: a repeated key would repeat its rows. */
export function distinctKeys<K extends Key>(keys: readonly K[]): readonly K[] {
  if (keys.length < 2) return keys;
  const seen = new Map<string, K>();
  for (const key of keys) seen.set(key.length === 1 ? String(key[0]) : key.join('\0'), key);
  return seen.size === keys.length ? keys : [...seen.values()];
}

/** Runs `read` for at most 5,000 distinct keys at a time and joins the results. */
export async function inChunks<K extends Key, R>(
  given: readonly K[],
  read: (keys: readonly K[]) => Promise<R[]>,
): Promise<R[]> {
  const keys = distinctKeys(given);
  if (keys.length === 0) return [];
  if (keys.length <= CHUNK) return read(keys);
  const parts: R[][] = [];
  for (let start = 0; start < keys.length; start += CHUNK) parts.push(await read(keys.slice(start, start + CHUNK)));
  return parts.flat();
}

/** The same for writes. */
export async function eachChunk<K>(rows: readonly K[], write: (rows: readonly K[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) await write(rows.slice(start, start + CHUNK));
}
