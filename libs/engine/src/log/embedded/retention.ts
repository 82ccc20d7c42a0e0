import type { LocalDatabase } from '@syncline/pipeline';
import { deleteChunks, type TopicState } from './chunk-table';
import type { PositionBook } from './position-book';

const HOUR_MS = 3_600_000;
/** Deleted in one transaction: large enough to get on, small enough to keep nobody waiting. */
const CHUNKS_AT_ONCE = 200;

/** Removes old messages, but never one that a known group has not read. */
export class Retention {
  private readonly timer: NodeJS.Timeout | null = null;
  private running: Promise<number> = Promise.resolve(0);

  constructor(
    private readonly deps: { database: LocalDatabase; now(): number },
    private readonly retentionMs: number | undefined,
    private readonly topics: Map<string, TopicState>,
    private readonly positions: PositionBook,
    onError: (error: unknown) => void,
  ) {
    if (retentionMs === undefined) return;
    const everyMs = Math.max(1000, Math.min(HOUR_MS, retentionMs / 4));
    this.timer = setInterval(() => void this.trim().catch(onError), everyMs).unref();
  }

  /** One trimming at a time; gives the number of chunks removed. */
  trim(): Promise<number> {
    this.running = this.running.catch(() => 0).then(() => this.trimAll());
    return this.running;
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.running.catch(() => 0);
  }

  private async trimAll(): Promise<number> {
    if (this.retentionMs === undefined) return 0;
    const before = this.deps.now() - this.retentionMs;
    // A position that only memory knows must not be the reason to forget messages.
    await this.positions.flush();
    let removed = 0;
    for (const { id: topicId, ends } of this.topics.values()) {
      for (let partition = 0; partition < ends.length; partition += 1) {
        const floor = this.positions.slowest(topicId, partition) ?? ends[partition];
        removed += await this.trimPartition({ topicId, partition, before, floor, limit: CHUNKS_AT_ONCE });
      }
    }
    return removed;
  }

  private async trimPartition(at: Parameters<typeof deleteChunks>[1]): Promise<number> {
    let removed = 0;
    for (;;) {
      const deleted = await this.deps.database.exclusive((writer) => deleteChunks(writer, at));
      removed += deleted;
      if (deleted < at.limit) return removed;
    }
  }
}
