/** Keys in one statement. Beyond this a JSON parameter gains nothing and the plan's guess gets worse. */
const CHUNK = 5_000;

/** Runs `read` for at most 5,000 keys at a time and joins the results. */
export async function inChunks<K, R>(keys: readonly K[], read: (keys: readonly K[]) => Promise<R[]>): Promise<R[]> {
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
