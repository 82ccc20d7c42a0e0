import { compileMapping, parseMapping } from '@syncline/mapping';
import type { SourceRecord } from '@syncline/model';
import { MemoryDeadLetterStore, RecordingEventLog } from '@syncline/testing';
import { TOPICS } from '../shared/topics';
import type { LogMessage } from '../shared/event-log.port';
import { FrontDoor } from './front-door';
import { IngestBatch } from './ingest-batch';
import { ReplayDeadLetters } from './replay-dead-letters';
import { SourceRegistry } from './source-registry';

const MAPPING = `
mapping: {name: shop, version: 1}
sources:
  customer:
    records:
      - kind: account
        key: id
        fields: {name: name, active: active}
ignore: {log: nothing of interest}
`;
const SYSTEM = {
  name: 'shop',
  title: 'Shop',
  role: 'erp',
  priority: 1,
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  topicPrefix: 'shop.public.',
} as const;
const TOPIC = 'shop.public.customer';
const AT = '2026-11-20T00:00:00.000Z';

const change = (id: number, lsn: number, row: object = {}): LogMessage => ({
  key: Buffer.from(JSON.stringify({ id })),
  value: Buffer.from(
    JSON.stringify({
      op: 'u',
      before: null,
      after: { id, name: 'A', active: true, ...row },
      source: { lsn, ts_ms: lsn },
    }),
  ),
  timestamp: 1,
});

describe('ingest', () => {
  let log: RecordingEventLog;
  let store: MemoryDeadLetterStore;
  let ingest: IngestBatch;
  let replay: ReplayDeadLetters;
  let door: FrontDoor;
  let offset: number;
  let replayed: number;

  const counted: string[] = [];
  const metrics = {
    count: (name: string, labels: object, n = 1) => counted.push(`${name} ${JSON.stringify(labels)} ${n}`),
    gauge: () => undefined,
    observe: () => undefined,
  };

  function use(mappingText: string): void {
    const { mapping } = parseMapping(mappingText, 'shop.yaml');
    if (!mapping) throw new Error('the mapping of the test is wrong');
    const sources = new SourceRegistry([{ system: SYSTEM, mapping: compileMapping(mapping, SYSTEM) }]);
    const clock = { now: () => Date.parse(AT), elapsed: () => 0, today: () => '2026-11-20' };
    const parts = { log, deadLetters: store, sources, clock, metrics };
    ingest = new IngestBatch(parts);
    replay = new ReplayDeadLetters(parts);
    door = new FrontDoor({ ...parts, lag: { groups: [{ group: 'g', topics: [TOPIC] }], most: 10 } });
  }

  beforeEach(() => {
    log = new RecordingEventLog();
    store = new MemoryDeadLetterStore();
    [offset, replayed, counted.length] = [0, 0, 0];
    use(MAPPING);
  });

  const feed = async (...messages: LogMessage[]): Promise<void> => {
    const received = messages.map((message) => ({ ...message, offset: offset++ }));
    await ingest.handle({ topic: TOPIC, partition: 0, messages: received });
  };
  const feedReplays = async (): Promise<void> => {
    const messages = log.read(TOPICS.replays, replayed);
    replayed += messages.length;
    await ingest.handle({ topic: TOPICS.replays, partition: 0, messages });
  };
  const records = (): SourceRecord[] =>
    log.read(TOPICS.records).map(({ value }) => JSON.parse(String(value)) as SourceRecord);
  const letters = (): string[] =>
    [...store.letters.values()].map(({ id, errorCode, status }) => `${id} ${errorCode} ${status}`);

  it('dates what it appends by the appending, so that retention takes no old change before it is read', async () => {
    await feed(change(1, 10), { ...change(2, 11), value: Buffer.from('{') });
    const [letter] = store.letters.values();
    await replay.replay({ ids: [letter!.id], dryRun: false, at: AT });
    const times = [...log.read(TOPICS.records), ...log.read(TOPICS.replays)].map(({ timestamp }) => timestamp);
    expect(times).toEqual([Date.parse(AT), Date.parse(AT)]);
    await feedReplays();
    expect([...store.letters.values()]).toMatchObject([{ timestamp: 1, status: 'open', attempts: 2 }]);
  });

  it('makes records, keyed by what they are', async () => {
    await feed(change(1, 10), change(2, 11));
    expect(records()).toMatchObject([
      {
        system: 'shop',
        kind: 'account',
        key: '1',
        deleted: false,
        fields: { name: 'A', active: true },
        origin: { topic: TOPIC, offset: 0, mapping: 'shop@1' },
      },
      { key: '2' },
    ]);
    expect(String(log.read(TOPICS.records)[0]?.key)).toBe('shop/account/1');
    expect(counted).toEqual([
      'syncline_ingest_events_total {"system":"shop"} 2',
      'syncline_ingest_records_total {"system":"shop"} 2',
    ]);
  });

  it('puts a bad message aside, parks its key and goes on', async () => {
    await feed(change(1, 10, { active: 'perhaps' }), change(1, 11), change(2, 12));
    expect(records().map(({ key }) => key)).toEqual(['2']);
    expect(letters()).toEqual([`${TOPIC}/0/0 MAPPING_VALUE_TYPE open`, `${TOPIC}/0/1 INGEST_KEY_PARKED open`]);
    await feed(change(1, 13), change(3, 14));
    expect(records().map(({ key }) => key)).toEqual(['2', '3']);
    expect(log.read(TOPICS.deadLetters)[0]?.headers).toMatchObject({
      '__connect.errors.topic': TOPIC,
      '__connect.errors.offset': '0',
      'syncline.error.class': 'value',
    });
  });

  it('keeps the bytes and headers of a message that is no JSON', async () => {
    await feed({ key: null, value: Buffer.from([0, 1, 255]), headers: { h: '1' }, timestamp: 5 });
    expect([...store.letters.values()]).toMatchObject([
      { errorClass: 'parse', value: Buffer.from([0, 1, 255]), headers: { h: '1' }, timestamp: 5, parkingKey: null },
    ]);
  });

  it('finds the same letters when a batch comes again', async () => {
    const batch = [change(2, 9), change(1, 10, { active: 'perhaps' }), change(1, 11)];
    await feed(...batch);
    offset = 0;
    await feed(...batch);
    expect(letters()).toEqual([`${TOPIC}/0/1 MAPPING_VALUE_TYPE open`, `${TOPIC}/0/2 INGEST_KEY_PARKED open`]);
    expect(records().map(({ key }) => key)).toEqual(['2', '2']);
  });

  it('replays a key in order with the mapping of today', async () => {
    await feed(change(1, 10, { active: 'perhaps' }), change(1, 11));
    const parkingKey = `${TOPIC} {"id":1}`;
    expect(await replay.replay({ parkingKey, dryRun: true, at: AT })).toMatchObject([
      { outcome: 'would_fail', code: 'MAPPING_VALUE_TYPE' },
      { outcome: 'would_succeed', records: 1 },
    ]);
    use(MAPPING.replace('active: active', 'active: {expr: active, values: {perhaps: true, "true": true}}'));
    expect(await replay.replay({ parkingKey, dryRun: true, at: AT })).toMatchObject([
      { outcome: 'would_succeed' },
      { outcome: 'would_succeed' },
    ]);
    expect(log.read(TOPICS.replays)).toHaveLength(0);
    await replay.replay({ parkingKey, dryRun: false, at: AT });
    await feedReplays();
    expect(records().map(({ origin }) => [origin.topic, origin.offset])).toEqual([
      [TOPIC, 0],
      [TOPIC, 1],
    ]);
    expect([...store.letters.values()].map(({ status }) => status)).toEqual(['resolved', 'resolved']);
    await feed(change(1, 12));
    expect(records()).toHaveLength(3);
  });

  it('closes an older error when a later row of the key succeeds', async () => {
    await feed(change(1, 10, { active: 'perhaps' }), change(1, 11));
    await replay.replay({ parkingKey: `${TOPIC} {"id":1}`, dryRun: false, at: AT });
    await feedReplays();
    expect([...store.letters.values()].map(({ status, attempts }) => [status, attempts])).toEqual([
      ['resolved', 2],
      ['resolved', 1],
    ]);
    expect(records().map(({ version }) => Number(version.split('.')[1]))).toEqual([11]);
  });

  it.each(['discarded', 'resolved'] as const)(
    'parks nothing behind a letter that was %s when its messages come again, in one batch or in several',
    async (closed) => {
      const messages = [{ ...change(1, 10), value: Buffer.from('{') }, change(1, 11)];
      await feed(messages[0]!);
      await store.setStatus([`${TOPIC}/0/0`], closed, AT);
      await feed(messages[1]!);
      const told = log.read(TOPICS.deadLetters).length;
      const again = async (from: number, to: number): Promise<void> => {
        offset = from;
        await feed(...messages.slice(from, to));
      };
      await again(0, 1);
      await again(1, 2);
      await again(0, 2);
      expect(letters()).toEqual([`${TOPIC}/0/0 INGEST_NOT_JSON ${closed}`]);
      expect(records()).toHaveLength(3);
      expect(log.read(TOPICS.deadLetters)).toHaveLength(told);
    },
  );

  it('parks behind another message at the place of a closed letter', async () => {
    await feed({ ...change(1, 10), value: Buffer.from('{') });
    await store.setStatus([`${TOPIC}/0/0`], 'discarded', AT);
    offset = 0;
    await feed({ ...change(1, 20), value: Buffer.from('[') }, change(1, 21));
    expect(letters().map((letter) => letter.split(' ').slice(1))).toEqual([
      [expect.any(String), 'open'],
      ['INGEST_KEY_PARKED', 'open'],
    ]);
  });

  it('opens a letter again when its replay fails', async () => {
    await feed(change(1, 10, { active: 'perhaps' }));
    await replay.replay({ ids: [`${TOPIC}/0/0`, 'nothing'], dryRun: false, at: AT });
    expect(letters()).toEqual([`${TOPIC}/0/0 MAPPING_VALUE_TYPE replaying`]);
    await feedReplays();
    expect(letters()).toEqual([`${TOPIC}/0/0 MAPPING_VALUE_TYPE open`]);
    expect(await replay.discard([`${TOPIC}/0/0`], AT)).toEqual([`${TOPIC}/0/0`]);
    expect(await replay.replay({ ids: [`${TOPIC}/0/0`], dryRun: false, at: AT })).toMatchObject([
      { outcome: 'skipped', code: 'INGEST_LETTER_CLOSED' },
    ]);
  });

  it('takes lines through the front door, byte for byte', async () => {
    const lines = [
      `{"topic": "${TOPIC}", "key": {"id":  12345678901234567890}, "value": {"id": 1, "text": "a\\"}"}}`,
      '{"topic": "shop.public.log", "key": null, "value": {}}',
      '{"topic": "shop.public.unheard", "key": null, "value": {}}',
      '{"topic": "other.table", "key": null, "value": {}}',
      'no json',
      `{"topic": "${TOPIC}", "key": {"id": 1}, "value": null}`,
      '',
    ].map((line) => Buffer.from(line));
    expect(await door.accept('shop', lines)).toEqual({ accepted: 2, ignored: 1, failed: 3 });
    expect(log.read(TOPIC).map(({ key, value }) => [String(key), value && String(value)])).toEqual([
      ['{"id":  12345678901234567890}', '{"id": 1, "text": "a\\"}"}'],
      ['{"id": 1}', null],
    ]);
    expect([...store.letters.values()].map(({ errorCode }) => errorCode)).toEqual([
      'INGEST_TOPIC_UNKNOWN',
      'INGEST_TOPIC_FOREIGN',
      'INGEST_LINE_INVALID',
    ]);
    await door.accept('shop', lines);
    expect(store.letters.size).toBe(3);
    await expect(door.accept('nobody', [])).rejects.toMatchObject({ code: 'SYSTEM_NOT_FOUND' });
  });

  it('takes nothing while the stages are too far behind', async () => {
    log.lag = [{ topic: TOPIC, partition: 0, committed: 5, end: 16 }];
    await expect(door.accept('shop', [Buffer.from('{}')])).rejects.toMatchObject({ code: 'INGEST_BEHIND' });
    expect(store.letters.size).toBe(0);
  });

  it('replays what came to the front door for a table that is mapped later', async () => {
    await door.accept('shop', [
      Buffer.from(
        '{"topic": "shop.public.kunde", "key": {"id": 7}, "value": {"op": "c", "after": {"id": 7, "name": "K", "active": true}, "source": {"lsn": 1}}}',
      ),
    ]);
    use(MAPPING.replace('customer:', 'kunde:'));
    await replay.replay({ ids: [...store.letters.keys()], dryRun: false, at: AT });
    await feedReplays();
    expect(records()).toMatchObject([{ key: '7', fields: { name: 'K' } }]);
    expect([...store.letters.values()].map(({ status }) => status)).toEqual(['resolved']);
  });

  it('counts heartbeats and nothing else of them', async () => {
    await ingest.handle({
      topic: '__debezium-heartbeat.shop',
      partition: 0,
      messages: [{ ...change(1, 1), offset: 0 }],
    });
    expect(log.topics.size).toBe(0);
    expect(counted).toContain('syncline_ingest_ignored_total {"system":"shop"} 1');
  });
});
