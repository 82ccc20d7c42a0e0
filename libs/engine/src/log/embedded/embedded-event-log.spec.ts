import type { LocalDatabase } from '@syncline/pipeline';
import { Collector, eventLogContract, openTestLocalDatabase, type EventLogFixture } from '@syncline/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEventLog } from '../create-event-log';
import { EmbeddedEventLog } from './embedded-event-log';

const BACKOFF_MS = { first: 1, most: 10 };

async function openFixture(partitions: number): Promise<EventLogFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-log-'));
  const file = join(folder, 'log.db');
  let database = openTestLocalDatabase(file);
  const open = () =>
    createEventLog({ kind: 'embedded', partitions, backoffMs: BACKOFF_MS }, { database, now: Date.now });
  const fixture: EventLogFixture = {
    log: await open(),
    reopen: async () => {
      await fixture.log.close();
      database.close();
      database = openTestLocalDatabase(file);
      fixture.log = await open();
      return fixture.log;
    },
    dispose: async () => {
      await fixture.log.close();
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
  return fixture;
}

eventLogContract('embedded, one partition', { partitions: 1, sharedGroups: false }, () => openFixture(1));
eventLogContract('embedded, three partitions', { partitions: 3, sharedGroups: false }, () => openFixture(3));

describe('embedded event log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-log-'));
  const database = openTestLocalDatabase(join(folder, 'log.db'));
  let now = 1_000;
  let selects = 0;
  const counting: LocalDatabase = {
    all: (sql, params) => {
      selects += 1;
      return database.all(sql, params);
    },
    exclusive: (work) => database.exclusive(work),
  };
  const openLog = () =>
    EmbeddedEventLog.open({ kind: 'embedded', retentionMs: 500 }, { database: counting, now: () => now });
  const messages = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ key: null, value: Buffer.from(`${at}`), timestamp: now }));

  const chunksOf = (topic: string) =>
    database.all('select 1 from event_log_chunk c join event_log_topic t on t.id = c.topic_id where t.topic = ?', [
      topic,
    ]).length;

  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  it('asks the database nothing while there is nothing to read', async () => {
    const log = await openLog();
    const topics = Array.from({ length: 25 }, (_, at) => `idle-${at}`);
    await log.ensureTopics(topics.map((topic) => ({ topic, partitions: 1 })));
    const reader = await Collector.start(log, { group: 'idle', topics });
    await log.append([{ topic: 'idle-7', messages: messages(1) }]);
    await reader.untilCount(1);
    const before = selects;
    await log.append([{ topic: 'idle-7', messages: messages(1) }]);
    await reader.untilCount(2);
    expect(selects - before).toBeLessThanOrEqual(2);
    await log.close();
  });

  it('writes 2,000 messages as one row for each mebibyte', async () => {
    const log = await openLog();
    await log.ensureTopics([{ topic: 'chunks', partitions: 1 }]);
    await log.append([{ topic: 'chunks', messages: messages(2_000) }]);
    expect(chunksOf('chunks')).toBe(1);
    await log.close();
  });

  it('trims what is old, but nothing that a group has still to read', async () => {
    const log = await openLog();
    await log.ensureTopics([{ topic: 'old', partitions: 1 }]);
    const lazy = await Collector.start(log, {
      group: 'lazy',
      topics: ['old'],
      before: () => Promise.reject(new Error('no')),
    });
    for (let part = 0; part < 3; part += 1) await log.append([{ topic: 'old', messages: messages(10) }]);
    await lazy.stop();
    now += 10_000;
    await log.trim();
    expect(chunksOf('old')).toBe(3);

    const reader = await Collector.start(log, { group: 'lazy', topics: ['old'] });
    await reader.untilCount(30);
    await reader.stop();
    await log.trim();
    expect(chunksOf('old')).toBe(1);
    await log.close();

    const again = await openLog();
    expect(await again.positions('lazy', ['old'])).toEqual([{ topic: 'old', partition: 0, committed: 30, end: 30 }]);
    const late = await Collector.start(again, { group: 'late', topics: ['old'] });
    await late.untilCount(10);
    expect(late.messages[0].offset).toBe(20);
    await again.close();
  });

  it('refuses to be used after close', async () => {
    const log = await openLog();
    await log.close();
    await expect(log.append([{ topic: 'old', messages: messages(1) }])).rejects.toMatchObject({ code: 'LOG_CLOSED' });
  });

  it('reports a damaged chunk as a crash', async () => {
    const log = await openLog();
    await log.ensureTopics([{ topic: 'damaged', partitions: 1 }]);
    await log.append([{ topic: 'damaged', messages: messages(3) }]);
    await database.exclusive((writer) =>
      writer.run(
        `update event_log_chunk set payload = x'c1' where topic_id = (select id from event_log_topic where topic = 'damaged')`,
      ),
    );
    const reader = await Collector.start(log, { group: 'damaged', topics: ['damaged'] });
    await reader.until(() => reader.crashes.length === 1);
    expect(reader.crashes[0]).toMatchObject({ code: 'LOG_CONSUMER_CRASHED' });
    expect((reader.crashes[0] as Error).cause).toMatchObject({ code: 'LOG_CHUNK_UNREADABLE' });
    await log.close();
  });
});
