import { reportsStatus, type EventLog, type LogMessage } from '@syncline/pipeline/shared';
import { randomUUID } from 'node:crypto';
import { Collector, gate } from './event-log-collector';

export interface EventLogFixture {
  log: EventLog;
  /** Closes the log and opens it again on the same data, as a restart does. */
  reopen(): Promise<EventLog>;
  dispose(): Promise<void>;
}

export interface EventLogCapabilities {
  /** Partitions that `ensureTopics` with three really makes. */
  partitions: number;
  /** Whether several members of one group share its partitions. */
  sharedGroups: boolean;
}

const AT = 1_760_000_000_000;

function message(key: string | null, value: string | null, more: Partial<LogMessage> = {}): LogMessage {
  return {
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    timestamp: AT,
    ...more,
  };
}

function numbered(count: number, keys = 7): LogMessage[] {
  return Array.from({ length: count }, (_, at) => message(`key-${at % keys}`, `${at}`));
}

/** What every event log keeps. `open` gives a fresh fixture; topics and groups get names of their own in any case. */
export function eventLogContract(
  name: string,
  capabilities: EventLogCapabilities,
  open: () => Promise<EventLogFixture>,
): void {
  describe(`event log contract: ${name}`, () => {
    let fixture: EventLogFixture;
    let log: EventLog;
    let topic: string;
    let group: string;

    beforeEach(async () => {
      fixture = await open();
      log = fixture.log;
      topic = `contract.${randomUUID()}`;
      group = `group.${randomUUID()}`;
      await log.ensureTopics([{ topic, partitions: 3 }]);
    });

    afterEach(() => fixture.dispose());

    const append = (messages: LogMessage[], to = topic): Promise<void> => log.append([{ topic: to, messages }]);

    it('gives a group all messages once, those of a key in order', async () => {
      await append(numbered(100));
      const reader = await Collector.start(log, { group, topics: [topic] });
      await append(numbered(100).map((m) => ({ ...m, value: Buffer.from(`more-${m.value?.toString()}`) })));
      await reader.untilCount(200);
      await reader.stop();

      expect(reader.messages).toHaveLength(200);
      expect(new Set(reader.values).size).toBe(200);
      const ofOneKey = reader.messages.filter((m) => m.key?.toString() === 'key-3').map((m) => m.value?.toString());
      const expected = numbered(100)
        .filter((m) => m.key?.toString() === 'key-3')
        .map((m) => m.value?.toString());
      expect(ofOneKey).toEqual([...expected, ...expected.map((value) => `more-${value}`)]);
    });

    it('keeps a key in one partition and spreads keys over the partitions', async () => {
      await append(numbered(300, 60));
      const reader = await Collector.start(log, { group, topics: [topic] });
      await reader.untilCount(300);
      await reader.stop();
      const partitions = new Map<string, Set<number>>();
      for (const batch of reader.batches) {
        for (const { key } of batch.messages) {
          const seen = partitions.get(String(key)) ?? new Set();
          partitions.set(String(key), seen.add(batch.partition));
        }
      }
      expect([...partitions.values()].every((seen) => seen.size === 1)).toBe(true);
      expect(new Set(reader.batches.map((batch) => batch.partition)).size).toBe(capabilities.partitions);
    });

    it('gives every group every message', async () => {
      await append(numbered(20));
      const one = await Collector.start(log, { group, topics: [topic] });
      const other = await Collector.start(log, { group: `${group}.other`, topics: [topic] });
      await Promise.all([one.untilCount(20), other.untilCount(20)]);
      await Promise.all([one.stop(), other.stop()]);
      expect(one.values.sort()).toEqual(other.values.sort());
    });

    it('keeps batches within one partition and maxMessages', async () => {
      await append(numbered(250));
      const reader = await Collector.start(log, { group, topics: [topic], maxMessages: 40 });
      await reader.untilCount(250);
      await reader.stop();
      expect(Math.max(...reader.batches.map((batch) => batch.messages.length))).toBeLessThanOrEqual(40);
      expect(new Set(reader.values).size).toBe(250);
    });

    it('tells with a batch how much waits behind it', async () => {
      await append(numbered(95, 1));
      const reader = await Collector.start(log, { group, topics: [topic], maxMessages: 10 });
      await reader.untilCount(95);
      await reader.stop();
      let left = 95;
      const waiting = reader.batches.map(({ messages }) => (left -= messages.length));
      expect(reader.batches.map(({ behind }) => behind)).toEqual(waiting);
    });

    it('has rising offsets within a partition', async () => {
      for (let part = 0; part < 5; part += 1) await append(numbered(30));
      const reader = await Collector.start(log, { group, topics: [topic], maxMessages: 17 });
      await reader.untilCount(150);
      await reader.stop();
      for (const partition of new Set(reader.batches.map((batch) => batch.partition))) {
        const offsets = reader.batches
          .filter((b) => b.partition === partition)
          .flatMap((b) => b.messages.map((m) => m.offset));
        expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
      }
    });

    it('keeps keys, values, tombstones, headers and timestamps byte for byte', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const given: LogMessage[] = [
        message('k', null),
        { key: bytes, value: bytes, headers: { ce_id: '1', 名: '值 ✓', empty: '' }, timestamp: AT + 1 },
        message(null, ''),
        message('k', 'x', { timestamp: AT + 2 }),
      ];
      for (const one of given) await append([one]);
      const reader = await Collector.start(log, { group, topics: [topic] });
      await reader.untilCount(given.length);
      await reader.stop();
      for (const one of given) {
        const got = reader.messages.find(
          (m) =>
            m.timestamp === one.timestamp && String(m.key) === String(one.key) && String(m.value) === String(one.value),
        );
        expect(got?.key?.equals(one.key ?? Buffer.alloc(0)) ?? null).toBe(one.key === null ? null : true);
        expect(got?.value?.equals(one.value ?? Buffer.alloc(0)) ?? null).toBe(one.value === null ? null : true);
        expect(got?.headers ?? {}).toEqual(one.headers ?? {});
      }
    });

    it('delivers a rejected batch again and loses nothing after it', async () => {
      await append([message('a', '0'), message('a', '1')]);
      let rejections = 0;
      const reader = await Collector.start(log, {
        group,
        topics: [topic],
        before: () => {
          rejections += 1;
          // A TypeError is what a bug gives, and what ends a kafkajs consumer that is not protected from it.
          if (rejections <= 2) throw new TypeError('the handler failed');
        },
      });
      await reader.untilCount(2);
      await append([message('a', '2')]);
      await reader.untilCount(3);
      await reader.stop();
      expect(reader.values).toEqual(['0', '1', '2']);
      expect(reader.crashes).toEqual([]);
    });

    it('goes on with the other topics while one is rejected', async () => {
      const good = `${topic}.good`;
      await log.ensureTopics([{ topic: good, partitions: 1 }]);
      await append([message('a', 'bad')]);
      await append([message('a', 'fine')], good);
      const reader = await Collector.start(log, {
        group,
        topics: [topic, good],
        before: (batch) => {
          if (batch.topic === topic) throw new Error('not this one');
        },
      });
      await reader.untilCount(1);
      await reader.stop();
      expect(reader.values).toEqual(['fine']);
    });

    it('goes on from the commit after a restart', async () => {
      await append(numbered(50));
      const before = await Collector.start(log, { group, topics: [topic], maxMessages: 10 });
      await before.untilCount(50);
      await before.stop();
      log = await fixture.reopen();
      await append([message('a', 'after')]);
      const after = await Collector.start(log, { group, topics: [topic] });
      await after.until(() => after.values.includes('after'));
      await after.stop();
      expect(after.values).toEqual(['after']);
    });

    it('delivers again after a restart what was not handled', async () => {
      await append([message('a', '0')]);
      const started = gate();
      const before = await Collector.start(log, {
        group,
        topics: [topic],
        before: () => {
          started.open();
          throw new Error('never');
        },
      });
      await started.opened;
      await before.stop();
      log = await fixture.reopen();
      const after = await Collector.start(log, { group, topics: [topic] });
      await after.untilCount(1);
      await after.stop();
      expect(after.values).toEqual(['0']);
    });

    it('tells positions: the end, and how far a group has come', async () => {
      const sum = async (which: 'committed' | 'end'): Promise<number> =>
        (await log.positions(group, [topic])).reduce((total, position) => total + (position[which] ?? 0), 0);
      expect((await log.positions(group, [topic])).map((position) => position.committed)).toEqual(
        new Array(capabilities.partitions).fill(null),
      );
      await append(numbered(60));
      expect(await sum('end')).toBe(60);
      const reader = await Collector.start(log, { group, topics: [topic] });
      await reader.untilCount(60);
      await reader.stop();
      expect(await sum('committed')).toBe(60);
      await append(numbered(5));
      expect((await sum('end')) - (await sum('committed'))).toBe(5);
    });

    it('waits in stop for the batch in flight, tells it to hurry, and commits it', async () => {
      await append([message('a', '0')]);
      const started = gate();
      const finish = gate();
      let aborted = false;
      const reader = await Collector.start(log, {
        group,
        topics: [topic],
        before: async (_, control) => {
          started.open();
          control.signal.addEventListener('abort', () => (aborted = true));
          await finish.opened;
        },
      });
      await started.opened;
      let stopped = false;
      const stopping = reader.stop().then(() => (stopped = true));
      await new Promise((resolve) => setImmediate(resolve));
      expect({ stopped, aborted }).toEqual({ stopped: false, aborted: true });
      finish.open();
      await stopping;
      expect(reader.values).toEqual(['0']);
      expect((await log.positions(group, [topic])).reduce((sum, p) => sum + (p.committed ?? 0), 0)).toBe(1);
    });

    it('hands out nothing while paused, and everything after resume', async () => {
      const other = `${topic}.witness`;
      await log.ensureTopics([{ topic: other, partitions: 1 }]);
      const reader = await Collector.start(log, { group, topics: [topic] });
      await append([message('a', '0')]);
      await reader.untilCount(1);
      await reader.control.pause();
      expect(reportsStatus(reader.control) && reader.control.status().state).toBe('paused');
      await append([message('a', '1')]);
      // Another group that has read the message proves that it could have come.
      const witness = await Collector.start(log, { group: `${group}.witness`, topics: [topic] });
      await witness.untilCount(2);
      expect(reader.values).toEqual(['0']);
      await reader.control.resume();
      await reader.untilCount(2);
      expect(reader.values).toEqual(['0', '1']);
      expect(reportsStatus(reader.control) && reader.control.status().state).toBe('running');
      await Promise.all([reader.stop(), witness.stop()]);
    });

    it('carries 10,000 messages over many topics, whole and in order', async () => {
      const topics = Array.from({ length: 10 }, (_, at) => `${topic}.${at}`);
      await log.ensureTopics(topics.map((each) => ({ topic: each, partitions: 1 })));
      const reader = await Collector.start(log, { group, topics, maxMessages: 300 });
      await Promise.all(topics.map((each) => append(numbered(1000), each)));
      await reader.untilCount(10_000);
      await reader.stop();
      for (const each of topics) {
        const batches = reader.batches.filter((batch) => batch.topic === each);
        const values = batches.flatMap((batch) => batch.messages.map((m) => m.value?.toString()));
        expect(new Set(values).size).toBe(1000);
        expect(values).toHaveLength(1000);
      }
    });

    it('takes appends from many callers at once and keeps each caller’s order', async () => {
      await Promise.all(Array.from({ length: 40 }, (_, at) => append([message('one-key', `${at}`)])));
      const reader = await Collector.start(log, { group, topics: [topic] });
      await reader.untilCount(40);
      await reader.stop();
      expect(reader.values).toEqual(Array.from({ length: 40 }, (_, at) => `${at}`));
    });

    it('carries a batch larger than one storage unit', async () => {
      const large = Array.from({ length: 30 }, (_, at) => message('large', `${at}:${'x'.repeat(100_000)}`));
      await append(large);
      const reader = await Collector.start(log, { group, topics: [topic], maxMessages: 8 });
      await reader.untilCount(30);
      await reader.stop();
      expect(reader.values.map((value) => Number(value.split(':')[0]))).toEqual(large.map((_, at) => at));
    });

    it('refuses a topic that does not exist', async () => {
      const missing = `${topic}.missing`;
      const refused = { code: 'LOG_TOPIC_MISSING' };
      // At the same time: a log that asks several brokers tries for seconds before it believes them.
      await Promise.all([
        expect(append([message('a', '0')], missing)).rejects.toMatchObject(refused),
        expect(Collector.start(log, { group, topics: [missing] })).rejects.toMatchObject(refused),
        expect(log.positions(group, [missing])).rejects.toMatchObject(refused),
      ]);
    });

    it('leaves a topic alone that is asked for again', async () => {
      await append(numbered(10));
      await log.ensureTopics([{ topic, partitions: 5 }]);
      const positions = await log.positions(group, [topic]);
      expect(positions).toHaveLength(capabilities.partitions);
      expect(positions.reduce((sum, position) => sum + position.end, 0)).toBe(10);
    });

    if (capabilities.sharedGroups) {
      it('lets two members of a group share its partitions, and hands over when one leaves', async () => {
        const seen = new Set<string>();
        const one = await Collector.start(log, { group, topics: [topic] });
        const two = await Collector.start(log, { group, topics: [topic] });
        const note = (reader: Collector): void => reader.values.forEach((value) => seen.add(value));
        const all = (count: number) => (): boolean => {
          note(one);
          note(two);
          return seen.size >= count;
        };
        await append(numbered(300, 60));
        await Promise.race([one.until(all(300)), two.until(all(300))]);
        await one.stop();
        await append(numbered(300, 60).map((m) => ({ ...m, value: Buffer.from(`later-${m.value?.toString()}`) })));
        await two.until(all(600));
        expect(new Set(two.batches.map((batch) => batch.partition)).size).toBe(capabilities.partitions);
        await two.stop();
      });
    } else {
      it('refuses a second member of a group', async () => {
        const reader = await Collector.start(log, { group, topics: [topic] });
        await expect(Collector.start(log, { group, topics: [topic] })).rejects.toMatchObject({
          code: 'LOG_GROUP_TAKEN',
        });
        await reader.stop();
      });
    }
  });
}
