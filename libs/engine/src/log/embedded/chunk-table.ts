import type { LocalReader, LocalWriter, LogMessage, ReceivedMessage } from '@syncline/pipeline';
import { packChunk, splitBySize, unpackChunk } from './chunk-codec';

/** A topic as the log keeps it in memory. `ends[p]` is the offset that the next message of partition p will get. */
export interface TopicState {
  id: number;
  topic: string;
  ends: number[];
}

const MAX_CHUNK_BYTES = 1024 * 1024;

/** All topics with the ends of their partitions. */
export function loadTopics(reader: LocalReader): TopicState[] {
  const topics = reader.all<{ id: number; topic: string; partitions: number }>(
    'select id, topic, partitions from event_log_topic order by id',
  );
  const states = new Map(
    topics.map(({ id, topic, partitions }): [number, TopicState] => [
      id,
      { id, topic, ends: new Array<number>(partitions).fill(0) },
    ]),
  );
  const last = reader.all<{ topic_id: number; partition: number; base: number; count: number }>(
    'select topic_id, partition, max(base_offset) as base, count from event_log_chunk group by topic_id, partition',
  );
  for (const { topic_id, partition, base, count } of last) {
    const state = states.get(topic_id);
    if (state !== undefined) state.ends[partition] = base + count;
  }
  return [...states.values()];
}

/** Adds a topic; its partitions never change afterwards, because keys would move. */
export function insertTopic(writer: LocalWriter, topic: string, partitions: number): TopicState {
  const { lastId } = writer.run('insert into event_log_topic (topic, partitions) values (?, ?)', [topic, partitions]);
  return { id: lastId, topic, ends: new Array<number>(partitions).fill(0) };
}

/** Writes messages from `baseOffset` on and gives the offset after the last one. */
export function insertMessages(
  writer: LocalWriter,
  at: { topicId: number; partition: number; baseOffset: number; appendedAt: number },
  messages: LogMessage[],
): number {
  let base = at.baseOffset;
  for (const run of splitBySize(messages, MAX_CHUNK_BYTES)) {
    writer.run(
      'insert into event_log_chunk (topic_id, partition, base_offset, count, appended_at, payload) values (?, ?, ?, ?, ?, ?)',
      [at.topicId, at.partition, base, run.length, at.appendedAt, packChunk(run)],
    );
    base += run.length;
  }
  return base;
}

/** The base of the chunk that holds `offset`, or `offset` itself where it was trimmed or is not written yet. */
export function chunkBaseOf(reader: LocalReader, topicId: number, partition: number, offset: number): number {
  const rows = reader.all<{ base: number; count: number }>(
    'select base_offset as base, count from event_log_chunk where topic_id = ? and partition = ? and base_offset <= ? order by base_offset desc limit 1',
    [topicId, partition, offset],
  );
  return rows.length === 1 && rows[0].base + rows[0].count > offset ? rows[0].base : offset;
}

/** The messages of the next `limit` chunks whose base is at or after `base`. */
export function readChunks(
  reader: LocalReader,
  from: { topicId: number; partition: number; base: number; limit: number },
): ReceivedMessage[][] {
  const rows = reader.all<{ base: number; payload: Buffer }>(
    'select base_offset as base, payload from event_log_chunk where topic_id = ? and partition = ? and base_offset >= ? order by base_offset limit ?',
    [from.topicId, from.partition, from.base, from.limit],
  );
  return rows.map((row) => unpackChunk(row.payload, row.base));
}

/**
 * Removes up to `limit` chunks that are older than `before` and end at or below `floor`. The last chunk always stays,
 * because it tells where the partition ends.
 */
export function deleteChunks(
  writer: LocalWriter,
  at: { topicId: number; partition: number; before: number; floor: number; limit: number },
): number {
  return writer.run(
    `delete from event_log_chunk where id in (
       select id from event_log_chunk
       where topic_id = ? and partition = ? and base_offset + count <= ? and appended_at < ?
         and base_offset < (select max(base_offset) from event_log_chunk where topic_id = ? and partition = ?)
       order by base_offset limit ?)`,
    [at.topicId, at.partition, at.floor, at.before, at.topicId, at.partition, at.limit],
  ).changes;
}
