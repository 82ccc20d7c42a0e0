import fc from 'fast-check';
import type { ChangeEvent } from '@syncline/mapping';
import { connectDecimal } from './connect-decimal';
import { decodeMessage, type SourceMessage } from './decode-message';

const PREFIX = 'erp.public.';

function decode(value: unknown, more: Partial<SourceMessage> & { keyColumns?: unknown } = {}): ChangeEvent {
  const bytes = value === null ? null : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const { keyColumns = { id: 1 }, ...rest } = more;
  const key = keyColumns === null ? null : Buffer.from(JSON.stringify(keyColumns));
  return decodeMessage({ topic: `${PREFIX}customer`, partition: 0, offset: 4, key, value: bytes, ...rest }, PREFIX);
}

const postgres = (lsn: number, commit: number | null = null): object => ({
  connector: 'postgresql',
  lsn,
  sequence: JSON.stringify([commit === null ? null : String(commit), String(lsn)]),
  ts_ms: 1795176038000,
});
const versionOf = (source: object, op = 'u'): string | null =>
  decode({ op, before: null, after: { id: 1 }, source }).version;
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
};

describe('Debezium envelopes', () => {
  it.each([
    ['c', 'create'],
    ['u', 'update'],
    ['r', 'snapshot'],
  ])('op %s is %s', (op, expected) => {
    expect(decode({ op, before: null, after: { id: 1, name: 'A' }, source: postgres(7, 5) })).toMatchObject({
      op: expected,
      source: 'customer',
      after: { id: 1, name: 'A' },
      before: null,
      key: { id: 1 },
      changedAt: '2026-11-20T12:00:38.000Z',
    });
  });

  it('reads deletes, tombstones, truncates, messages and heartbeats', () => {
    expect(decode({ op: 'd', before: { id: 1 }, after: null, source: postgres(7) })).toMatchObject({
      op: 'delete',
      before: { id: 1 },
      after: null,
    });
    expect(decode(null)).toMatchObject({ op: 'tombstone', key: { id: 1 }, version: null });
    expect(decode({ op: 't', source: postgres(7) })).toMatchObject({ op: 'truncate' });
    expect(decode({ op: 'm', source: postgres(7), message: {} })).toMatchObject({ op: 'message' });
    expect(decode({ ts_ms: 1 }, { topic: '__debezium-heartbeat.erp' })).toMatchObject({ op: 'heartbeat' });
  });

  it('unwraps a schema and reads columns by their semantic types', () => {
    const field = (name: string, semantic?: string, parameters?: object): object => ({
      field: name,
      type: 'x',
      ...(semantic ? { name: semantic } : {}),
      ...(parameters ? { parameters } : {}),
    });
    const row = {
      type: 'struct',
      field: 'after',
      fields: [
        field('amount', 'org.apache.kafka.connect.data.Decimal', { scale: '2' }),
        field('any', 'io.debezium.data.VariableScaleDecimal'),
        field('day', 'io.debezium.time.Date'),
        field('ms', 'io.debezium.time.Timestamp'),
        field('us', 'io.debezium.time.MicroTimestamp'),
        field('ns', 'io.debezium.time.NanoTimestamp'),
        field('zoned', 'io.debezium.time.ZonedTimestamp'),
        field('plain'),
      ],
    };
    const text = `{"schema":${JSON.stringify({ type: 'struct', fields: [row] })},"payload":{"op":"c","before":null,"source":{"lsn":9},"after":{"amount":"+y4=","any":{"scale":1,"value":"Dw=="},"day":20777,"ms":1795176038001,"us":1795176038000001,"ns":1795176038000000001,"zoned":"2026-11-20T12:00:38Z","plain":null}}}`;
    expect(decode(text, { keyColumns: { schema: {}, payload: { id: 3 } } })).toMatchObject({
      key: { id: 3 },
      after: {
        amount: '-12.34',
        any: '1.5',
        day: '2026-11-20',
        ms: '2026-11-20T12:00:38.001',
        us: '2026-11-20T12:00:38.000001',
        ns: '2026-11-20T12:00:38.000000001',
        zoned: '2026-11-20T12:00:38Z',
        plain: null,
      },
    });
  });

  it('reads decimals that carry their scale without a schema', () => {
    expect(
      decode({ op: 'c', after: { a: { scale: 2, value: 'BNI=' }, b: 2.0, c: '3.10' }, source: { lsn: 1 } }).after,
    ).toEqual({ a: '12.34', b: 2, c: '3.10' });
  });

  it('leaves out what is unavailable, in each of its forms', () => {
    const mark = '__debezium_unavailable_value';
    const after = {
      id: 1,
      a: mark,
      b: [mark],
      c: Buffer.from(mark).toString('base64'),
      d: { [mark]: mark },
      e: null,
      f: 'x',
    };
    expect(decode({ op: 'u', before: null, after, source: { lsn: 1 } }).after).toEqual({ id: 1, e: null, f: 'x' });
  });

  it('knows renamed keys', () => {
    const headers = { '__debezium.newkey': '{"schema":{},"payload":{"id":2}}', '__debezium.oldkey': '{"id":1}' };
    expect(decode({ op: 'd', before: { id: 1 }, after: null, source: { lsn: 1 } }, { headers })).toMatchObject({
      renamedTo: { id: 2 },
    });
    expect(decode({ op: 'c', before: null, after: { id: 2 }, source: { lsn: 1 } }, { headers })).toMatchObject({
      renamedFrom: { id: 1 },
    });
  });

  it('reads documents of MongoDB, whole and in part', () => {
    const document = '{"_id": {"$oid": "a1"}, "price": {"$numberDecimal": "1.10"}, "at": {"$date": 1795176038000}}';
    expect(decode({ op: 'c', before: null, after: document, source: { ord: 3, ts_ms: 1000 } })).toMatchObject({
      after: { _id: 'a1', price: '1.10', at: '2026-11-20T12:00:38.000Z' },
      version: '00000000000000001000.00000000000000000003.1',
    });
    const update = { updatedFields: '{"name": "B"}', removedFields: ['segment'] };
    expect(decode({ op: 'u', before: null, after: null, updateDescription: update, source: { ord: 3 } }).after).toEqual(
      { name: 'B', segment: null },
    );
  });

  it('reads the cells of Cassandra', () => {
    const after = {
      id: { value: 1, deletion_ts: null, set: true },
      name: { value: 'A', set: true },
      old: { value: null, set: false },
    };
    expect(decode({ op: 'c', after, source: { file: 'CommitLog-6-123.log', pos: 54 } }).after).toEqual({
      id: 1,
      name: 'A',
    });
  });
});

describe('positions', () => {
  const ordered = (...versions: (string | null)[]): void => expect([...versions].sort()).toEqual(versions);

  it('PostgreSQL: by the commit before, then by the row', () => {
    // Transaction B (rows 10, 40) commits after A (row 20, commit 30).
    ordered(versionOf(postgres(20, 5)), versionOf(postgres(10, 30)), versionOf(postgres(40, 30)));
    expect(versionOf(postgres(7))).toBe('00000000000000000007.00000000000000000007.1');
    ordered(versionOf(postgres(7)), versionOf(postgres(8, 9)));
  });

  it('a snapshot is never newer than a streamed change at its place', () => {
    ordered(
      versionOf({ connector: 'postgresql', lsn: null, snapshot: 'true', ts_ms: 99 }, 'r'),
      versionOf(postgres(7), 'r'),
      versionOf(postgres(7)),
    );
    expect(versionOf({ snapshot: 'true' }, 'r')).toBe('00000000000000000000.00000000000000000000.0');
  });

  it('SQL Server and Db2: by commit, change and serial number', () => {
    const lsn = (commit: string, change: string, serial?: number): string | null =>
      versionOf({ commit_lsn: commit, change_lsn: change, event_serial_no: serial });
    ordered(
      lsn('00000027:00000ac0:0002', '00000027:00000ab8:0002', 1),
      lsn('00000027:00000ac0:0002', '00000027:00000ab8:0002', 2),
      lsn('00000027:00000ac0:0002', '00000027:00000ac0:0001', 1),
      lsn('00000028:00000001:0001', '00000027:00000ab8:0002', 1),
    );
    expect(lsn('ffffffff:ffffffff:ffff', '0:0:0')).toContain('4294967295');
  });

  it('Oracle: by commit, then by change and its number in the transaction', () => {
    ordered(
      versionOf({ scn: '20', commit_scn: '25', txSeq: 9 }),
      versionOf({ scn: '10', commit_scn: '30', txSeq: 1 }),
      versionOf({ scn: '10', commit_scn: '30', txSeq: 2 }),
    );
    expect(versionOf({ scn: '12345678901234567890' })).toContain('12345678901234567890');
  });

  it('MySQL and MariaDB: by transaction number, file, position and row', () => {
    const at = (file: string, pos: number, row: number, gtid?: string): string | null =>
      versionOf({ connector: 'mysql', file, pos, row, gtid });
    ordered(
      at('mysql-bin.000009', 500, 0),
      at('mysql-bin.000010', 4, 0),
      at('mysql-bin.000010', 4, 1),
      at('mysql-bin.000010', 20, 0),
      at('mysql-bin.000001', 4, 0, '24bc7850:37'),
      at('mysql-bin.000001', 4, 0, '0-1-38'),
    );
  });

  it('without a position, the time of the change in microseconds', () => {
    expect(versionOf({ ts_ms: 5 })).toBe('00000000000000005000.1');
    expect(versionOf({ ts_ms: 5, ts_us: 5001 })).toBe('00000000000000005001.1');
    expect(decode({ op: 'u', after: {}, source: {}, ts_ms: 6 }).version).toBe('00000000000000006000.1');
  });

  it('sorts versions like positions', () => {
    const lsn = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(lsn, lsn, lsn, lsn, (commitA, a, commitB, b) => {
        const [first, second] = [versionOf(postgres(a, commitA)) ?? '', versionOf(postgres(b, commitB)) ?? ''];
        const byPosition = commitA - commitB || a - b;
        expect(Math.sign(first < second ? -1 : first > second ? 1 : 0)).toBe(Math.sign(byPosition));
      }),
    );
  });
});

describe('other encodings', () => {
  it('flattened rows', () => {
    expect(
      decode({
        id: 1,
        name: 'A',
        __op: 'c',
        __table: 'customer',
        __lsn: 12,
        __source_ts_ms: 1795176038000,
        __deleted: 'false',
      }),
    ).toMatchObject({
      op: 'create',
      after: { id: 1, name: 'A' },
      version: '00000000000000000012.00000000000000000012.1',
      changedAt: '2026-11-20T12:00:38.000Z',
    });
    expect(decode({ id: 1, name: null, __deleted: 'true', __lsn: 13 })).toMatchObject({
      op: 'delete',
      before: { id: 1, name: null },
      after: null,
    });
    expect(decode({ id: 1, __lsn: 13 }).op).toBe('update');
  });

  it('CloudEvents in binary mode', () => {
    const headers = {
      ce_specversion: '1.0',
      ce_id: '1',
      ce_source: '/crm',
      ce_type: 'customer.changed',
      ce_time: '2026-11-20T12:00:38Z',
      'content-type': 'application/json',
    };
    expect(decode({ id: 1, name: 'A' }, { headers })).toMatchObject({
      op: 'update',
      eventType: 'customer.changed',
      after: { id: 1, name: 'A' },
      version: expect.stringMatching(/1795176038000\.1$/) as string,
    });
    expect(decode({ id: 1 }, { headers: { ...headers, ce_sequence: '0000042' } }).version).toBe(
      '00000000000000000042.1',
    );
    expect(decode({ id: 1 }, { headers: { ...headers, ce_subject: 'C1' }, keyColumns: null }).key).toEqual({
      subject: 'C1',
    });
    expect(codeOf(() => decode({ id: 1 }, { headers: { ce_specversion: '1.0' } }))).toBe('INGEST_SHAPE_UNKNOWN');
  });

  it('CloudEvents in structured mode, with a change event inside', () => {
    const event = {
      specversion: '1.0',
      id: '1',
      source: '/x',
      type: 't',
      data: { op: 'd', before: { id: 1 }, after: null, source: postgres(9) },
    };
    expect(decode(event)).toMatchObject({ op: 'delete', before: { id: 1 }, eventType: 't' });
    const encoded = { ...event, data: undefined, data_base64: Buffer.from('{"id": 5}').toString('base64') };
    expect(decode(encoded)).toMatchObject({ op: 'update', after: { id: 5 }, version: null });
    const debezium = {
      ...event,
      data: { before: null, after: { id: 1 } },
      iodebeziumop: 'c',
      iodebeziumlsn: '77',
      iodebeziumtable: 'customer',
    };
    expect(decode(debezium)).toMatchObject({
      op: 'create',
      after: { id: 1 },
      version: '00000000000000000077.00000000000000000077.1',
    });
  });

  it('plain JSON, without a version of its own', () => {
    expect(decode({ id: 1, op: 'something else' }, { keyColumns: null })).toMatchObject({
      op: 'update',
      after: { id: 1, op: 'something else' },
      version: null,
      key: null,
    });
  });

  it('keys that are plain texts', () => {
    expect(decode({ id: 1 }, { key: Buffer.from('C1') }).key).toEqual({ key: 'C1' });
    expect(decode({ id: 1 }, { key: Buffer.from('"C1"') }).key).toEqual({ key: 'C1' });
  });

  it('keeps digits that a JavaScript number would lose', () => {
    const event = decode(
      '{"op":"c","after":{"id":1234567890123456789,"amount":12345678901234567.89,"at":1795176038000000,"share":0.1},"source":{"lsn":1}}',
      { key: Buffer.from('{"id":1234567890123456789}') },
    );
    expect(event.after).toEqual({
      id: '1234567890123456789',
      amount: '12345678901234567.89',
      at: 1795176038000000,
      share: 0.1,
    });
    expect(event.key).toEqual({ id: '1234567890123456789' });
  });

  it.each([
    [Buffer.from([0, 0, 0, 1, 8]), 'INGEST_NOT_JSON'],
    [Buffer.from('{"name": "\u00e9"}', 'latin1'), 'INGEST_NOT_TEXT'],
    [Buffer.from('{"op": "c"'), 'INGEST_NOT_JSON'],
    [Buffer.from('[1]'), 'INGEST_NOT_JSON'],
    [Buffer.from('{"op":"c","after":5,"source":{}}'), 'INGEST_SHAPE_UNKNOWN'],
    [Buffer.from('{"op":"u","before":null,"after":null,"source":{}}'), 'INGEST_SHAPE_UNKNOWN'],
    [Buffer.from('{"op":"c","after":{"a":{"scale":2,"value":"*"}},"source":{}}'), 'INGEST_DECIMAL_INVALID'],
    [
      Buffer.from(
        '{"schema":{"fields":[{"field":"after","fields":[{"field":"a","name":"org.apache.kafka.connect.data.Decimal"}]}]},"payload":{"op":"c","after":{"a":"Dw=="},"source":{}}}',
      ),
      'INGEST_DECIMAL_INVALID',
    ],
  ])('%s is refused', (value, code) => {
    expect(codeOf(() => decodeMessage({ topic: 't', partition: 0, offset: 0, key: null, value }, ''))).toBe(code);
  });
});

describe('decimals in bytes', () => {
  it('give back any number', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }),
        fc.integer({ min: -3, max: 12 }),
        (unscaled, scale) => {
          const text = connectDecimal(twosComplement(unscaled).toString('base64'), scale);
          const [whole = '', fraction = ''] = text.replace('-', '').split('.');
          expect(fraction).toHaveLength(Math.max(scale, 0));
          const digits = BigInt(whole + fraction) * (text.startsWith('-') ? -1n : 1n);
          expect(digits).toBe(scale < 0 ? unscaled * 10n ** BigInt(-scale) : unscaled);
        },
      ),
    );
  });

  function twosComplement(value: bigint): Buffer {
    let length = 1;
    while (BigInt.asIntN(length * 8, value) !== value) length += 1;
    return Buffer.from(
      BigInt.asUintN(length * 8, value)
        .toString(16)
        .padStart(length * 2, '0'),
      'hex',
    );
  }
});
