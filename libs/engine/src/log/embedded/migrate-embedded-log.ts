import type { LocalDatabase } from '@syncline/pipeline';

/**
 * The embedded log's tables. Chunks have their own row id, so that the index stays small beside large payloads;
 * a topic is a number in them.
 */
const DDL = `
create table if not exists event_log_topic (
  id integer primary key,
  topic text not null unique,
  partitions integer not null
);
create table if not exists event_log_chunk (
  id integer primary key,
  topic_id integer not null references event_log_topic (id),
  partition integer not null,
  base_offset integer not null,
  count integer not null,
  appended_at integer not null,
  payload blob not null
);
create unique index if not exists event_log_chunk_at
  on event_log_chunk (topic_id, partition, base_offset, count);
create table if not exists event_log_position (
  group_name text not null,
  topic_id integer not null references event_log_topic (id),
  partition integer not null,
  committed integer,
  primary key (group_name, topic_id, partition)
) without rowid;
`;

/** Creates what is not there yet; safe at every start. */
export async function migrateEmbeddedLog(database: LocalDatabase): Promise<void> {
  await database.exclusive((writer) => writer.exec(DDL));
}
