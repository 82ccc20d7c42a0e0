import { createRequire } from 'node:module';
import { join } from 'node:path';
import { unpack } from 'msgpackr';
import type { PublishedMessage, StateReader, StoredRow } from './state-reader';

interface Handle {
  prepare(sql: string): { all(params?: unknown[]): unknown[] };
  pragma(text: string): unknown;
  close(): void;
}
type Driver = new (path: string, options: { timeout: number }) => Handle;

const Database = createRequire(__filename)('libsql') as Driver;
const BUSY_MS = 5_000;

type Columns = [keys: unknown[], values: (Buffer | null)[], headers: (Record<string, string> | null)[]];

/** The two files of an embedded installation. */
export class EmbeddedState implements StateReader {
  private readonly store: Handle;
  private readonly log: Handle;

  constructor(data: string) {
    this.store = new Database(join(data, 'syncline.db'), { timeout: BUSY_MS });
    this.log = new Database(join(data, 'syncline-log.db'), { timeout: BUSY_MS });
    for (const handle of [this.store, this.log]) handle.pragma('query_only = ON');
  }

  rows(sql: string): Promise<StoredRow[]> {
    return Promise.resolve(this.store.prepare(sql).all() as StoredRow[]);
  }

  published(topic: string): Promise<PublishedMessage[]> {
    const chunks = this.log
      .prepare(
        'select payload from event_log_chunk c join event_log_topic t on t.id = c.topic_id where t.topic = ? order by base_offset',
      )
      .all([topic]) as { payload: Buffer }[];
    return Promise.resolve(
      chunks.flatMap(({ payload }) => {
        const [, values, headers] = unpack(payload) as Columns;
        return values.map((value, at) => ({ headers: headers[at] ?? {}, value: value?.toString() ?? '' }));
      }),
    );
  }

  /** Messages that a group has yet to read, of all groups. */
  lag(): number {
    const [row] = this.log
      .prepare(
        `select coalesce(sum(e.ending - coalesce(p.committed, 0)), 0) as lag from event_log_position p
         join (select topic_id, partition, max(base_offset + count) as ending from event_log_chunk
               group by topic_id, partition) e
         on e.topic_id = p.topic_id and e.partition = p.partition`,
      )
      .all() as { lag: number }[];
    return row!.lag;
  }

  close(): Promise<void> {
    this.store.close();
    this.log.close();
    return Promise.resolve();
  }
}
