import type { LocalDatabase, LocalWriter } from '@syncline/pipeline';

interface Entry {
  group: string;
  topicId: number;
  partition: number;
  committed: number | null;
}

const FLUSH_AFTER_MS = 100;

const SAVE = `insert into event_log_position (group_name, topic_id, partition, committed) values (?, ?, ?, ?)
  on conflict (group_name, topic_id, partition) do update set committed = excluded.committed`;

/**
 * How far each group has come. The truth is in memory; it is written a moment later, many commits at once, because
 * a commit that a crash loses only brings a redelivery, and stages keep their own position with their data anyway.
 */
export class PositionBook {
  private readonly entries = new Map<string, Entry>();
  private readonly dirty = new Set<Entry>();
  private timer: NodeJS.Timeout | null = null;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: LocalDatabase,
    private readonly onFlushError: (error: unknown) => void,
  ) {
    const rows = database.all<{ group_name: string; topic_id: number; partition: number; committed: number | null }>(
      'select group_name, topic_id, partition, committed from event_log_position',
    );
    for (const row of rows) {
      const entry = {
        group: row.group_name,
        topicId: row.topic_id,
        partition: row.partition,
        committed: row.committed,
      };
      this.entries.set(keyOf(entry.group, entry.topicId, entry.partition), entry);
    }
  }

  /** null = the group never committed there. */
  committed(group: string, topicId: number, partition: number): number | null {
    return this.entries.get(keyOf(group, topicId, partition))?.committed ?? null;
  }

  /** Makes the group known before its first commit, so that retention waits for it. */
  register(group: string, topicId: number, partition: number): void {
    if (!this.entries.has(keyOf(group, topicId, partition))) this.set(group, topicId, partition, null);
  }

  set(group: string, topicId: number, partition: number, committed: number | null): void {
    const key = keyOf(group, topicId, partition);
    const entry = this.entries.get(key) ?? { group, topicId, partition, committed };
    entry.committed = committed;
    this.entries.set(key, entry);
    this.dirty.add(entry);
    this.timer ??= setTimeout(() => void this.flush().catch(this.onFlushError), FLUSH_AFTER_MS).unref();
  }

  /** The offset that every known group has read up to; null = no group reads this partition. */
  slowest(topicId: number, partition: number): number | null {
    let slowest: number | null = null;
    for (const entry of this.entries.values()) {
      if (entry.topicId !== topicId || entry.partition !== partition) continue;
      slowest = Math.min(slowest ?? Infinity, entry.committed ?? 0);
    }
    return slowest;
  }

  /** Resolves when all commits made so far are written; a loss of power may still take them, like a crash before. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.flushing = this.flushing.catch(() => undefined).then(() => this.writeDirty());
    return this.flushing;
  }

  private async writeDirty(): Promise<void> {
    const entries = [...this.dirty];
    if (entries.length === 0) return;
    this.dirty.clear();
    try {
      const save = (writer: LocalWriter): void => {
        for (const { group, topicId, partition, committed } of entries) {
          writer.run(SAVE, [group, topicId, partition, committed]);
        }
      };
      await this.database.exclusive(save, { durable: false });
    } catch (error) {
      entries.forEach((entry) => this.dirty.add(entry));
      throw error;
    }
  }
}

function keyOf(group: string, topicId: number, partition: number): string {
  return `${topicId}/${partition}/${group}`;
}
