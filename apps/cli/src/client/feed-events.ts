import type { ApiClient } from './api-client';
import { lineGroups } from './event-file';

export interface FeedCounts {
  accepted: number;
  ignored: number;
  failed: number;
}

/** Lines in one request. */
const GROUP = 1_000;

/**
 * Sends the change events of a file through POST /ingest/{system}.
 * @param skip lines that were sent before
 * @param onProgress told after each request how many lines of the file are through
 */
export async function feedEvents(
  api: ApiClient,
  file: string,
  system: string,
  options: { skip?: number; onProgress?: (lines: number) => void } = {},
): Promise<FeedCounts> {
  const total: FeedCounts = { accepted: 0, ignored: 0, failed: 0 };
  const skip = options.skip ?? 0;
  let seen = 0;
  for await (const lines of lineGroups(file, GROUP)) {
    const fresh = lines.slice(Math.max(0, skip - seen));
    seen += lines.length;
    if (fresh.length === 0) continue;
    const counts = await api.postLines<FeedCounts>(`/ingest/${encodeURIComponent(system)}`, `${fresh.join('\n')}\n`);
    total.accepted += counts.accepted;
    total.ignored += counts.ignored;
    total.failed += counts.failed;
    options.onProgress?.(seen);
  }
  return total;
}
