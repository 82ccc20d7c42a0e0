import type { SourceRecord } from '@syncline/model';
import fc from 'fast-check';
import type { ChangeEvent, Row } from '../change-event';
import { parseMapping } from '../language/parse-mapping';
import { compileMapping, type CompiledMapping } from './compile-mapping';

const compile = (sources: string, values = ''): CompiledMapping => {
  const text = `mapping: {name: m, version: 2}\n${values}\nsources:\n${sources}`;
  const { mapping, findings } = parseMapping(text, 'm.yaml');
  if (!mapping) throw new Error(JSON.stringify(findings));
  return compileMapping(mapping, { name: 'erp', currency: 'CNY', timeZone: 'Asia/Shanghai' });
};

const event = (more: Partial<ChangeEvent>): ChangeEvent => ({
  op: 'create',
  source: 't',
  before: null,
  after: null,
  key: { id: 1 },
  version: '00000000000000000007.1',
  topic: 'erp.t',
  partition: 0,
  offset: 3,
  ...more,
});

const ACCOUNT = `
  t:
    records:
      - kind: account
        when: type == "customer"
        key: id
        fields:
          name: name
          code: {expr: code, null: keep}
          segment: {expr: class, values: {1: gold, 2: null}, null: default, default: none, on_unknown: default}
          active: {expr: active, null: error}
`;
const row = (more: Row = {}): Row => ({
  id: 1,
  type: 'customer',
  name: 'A',
  code: 'C1',
  class: 1,
  active: true,
  ...more,
});

describe('a compiled mapping', () => {
  const mapping = compile(ACCOUNT);
  const one = (more: Partial<ChangeEvent>): SourceRecord => {
    const [first, ...rest] = mapping.run(event(more));
    if (!first || rest.length > 0) throw new Error('one record was expected');
    return first;
  };

  it('gives records with version and origin', () => {
    expect(one({ after: row(), changedAt: '2026-11-20T00:00:00.000Z' })).toEqual({
      system: 'erp',
      kind: 'account',
      key: '1',
      version: '00000000000000000007.1',
      deleted: false,
      fields: { name: 'A', code: 'C1', segment: 'gold', active: true },
      refs: {},
      origin: { topic: 'erp.t', partition: 0, offset: 3, mapping: 'm@2', changedAt: '2026-11-20T00:00:00.000Z' },
    });
  });

  it('keeps absent, null and value apart, and notes what it changed', () => {
    const { name: _absent, ...withoutName } = row();
    expect(one({ after: withoutName }).fields).not.toHaveProperty('name');
    expect(one({ after: row({ name: null }) }).fields.name).toBeNull();
    const kept = one({ after: row({ code: null }) });
    expect(kept.fields).not.toHaveProperty('code');
    expect(kept.notes).toEqual(['code: null, kept']);
    expect(one({ after: row({ class: null }) })).toMatchObject({
      fields: { segment: 'none' },
      notes: ['segment: null, default taken'],
    });
    expect(one({ after: row({ class: 2 }) }).fields.segment).toBe('none');
    expect(one({ after: row({ class: 9 }) })).toMatchObject({
      fields: { segment: 'none' },
      notes: ['segment: unknown value, default taken'],
    });
    expect(() => one({ after: row({ active: null }) })).toThrow(
      expect.objectContaining({ code: 'MAPPING_VALUE_NULL', kind: 'poison', where: 'm/t/account.active' }),
    );
  });

  it('names rule, path and type of a value that does not fit, never the value', () => {
    try {
      one({ after: row({ active: 'secret' }) });
      throw new Error('accepted');
    } catch (error) {
      expect(error).toMatchObject({
        code: 'MAPPING_VALUE_TYPE',
        class: 'value',
        where: 'm/t/account.active',
        message: expect.stringContaining('active is a text') as string,
      });
      expect(String(error)).not.toContain('secret');
    }
  });

  it('deletes by the row before, or by the key alone', () => {
    expect(one({ op: 'delete', before: row() })).toMatchObject({ key: '1', deleted: true, fields: {} });
    expect(one({ op: 'delete', before: { id: 1 } })).toMatchObject({ key: '1', deleted: true });
    expect(one({ op: 'delete' })).toMatchObject({ key: '1', deleted: true });
    expect(mapping.run(event({ op: 'delete', before: row({ type: 'supplier' }) }))).toEqual([]);
    expect(() => mapping.run(event({ op: 'delete', key: null }))).toThrow(
      expect.objectContaining({ code: 'MAPPING_KEY_MISSING' }),
    );
  });

  it('deletes what an update took out of the condition', () => {
    const after = row({ type: 'supplier' });
    expect(one({ op: 'update', before: row(), after })).toMatchObject({ deleted: true });
    expect(one({ op: 'update', before: null, after })).toMatchObject({ deleted: true });
    expect(one({ op: 'update', before: { id: 1 }, after })).toMatchObject({ deleted: true });
    expect(mapping.run(event({ op: 'update', before: after, after }))).toEqual([]);
    expect(mapping.run(event({ op: 'create', after }))).toEqual([]);
  });

  it('looks at the row before for a column that was not sent again', () => {
    const { type: _unavailable, ...after } = row();
    expect(one({ op: 'update', before: row(), after })).toMatchObject({ deleted: false });
    expect(() => mapping.run(event({ op: 'update', after }))).toThrow(
      expect.objectContaining({ code: 'MAPPING_CONDITION_UNKNOWN' }),
    );
  });

  it('follows keys that change', () => {
    const byCode = compile('  t: {records: [{kind: account, key: code, fields: {name: name}}]}');
    const renamed = byCode.run(
      event({ op: 'update', before: { code: 'A', name: 'x' }, after: { code: 'B', name: 'x' } }),
    );
    expect(renamed).toMatchObject([
      { key: 'A', deleted: true, renamedTo: 'B' },
      { key: 'B', deleted: false },
    ]);
    expect(one({ op: 'delete', before: row(), renamedTo: { id: 2 } })).toMatchObject({
      key: '1',
      deleted: true,
      renamedTo: '2',
    });
    expect(one({ after: row({ id: 2 }), renamedFrom: { id: 1 } })).toMatchObject({ key: '2', renamedFrom: '1' });
  });

  it('refuses to guess after a truncate and takes nothing from tombstones', () => {
    expect(() => mapping.run(event({ op: 'truncate' }))).toThrow(
      expect.objectContaining({ code: 'MAPPING_TRUNCATED' }),
    );
    for (const op of ['tombstone', 'heartbeat', 'message'] as const) expect(mapping.run(event({ op }))).toEqual([]);
  });

  it('takes the version that the mapping names when the message has none', () => {
    const versioned = compile('  t: {version: changed, records: [{kind: account, key: id}]}');
    const versionOf = (changed: unknown): string | undefined =>
      versioned.run(event({ version: null, after: { id: 1, changed } }))[0]?.version;
    expect(versionOf(12)).toBe('00000000000000000012.1');
    expect(versionOf('12345678901234567890')).toBe('12345678901234567890.1');
    expect(versionOf('2026-11-20T00:00:00Z')).toBe(`${String(Date.parse('2026-11-20T00:00:00Z')).padStart(20, '0')}.1`);
    expect(() => versionOf(null)).toThrow(expect.objectContaining({ code: 'MAPPING_VERSION_MISSING' }));
    expect(() => versionOf('soon')).toThrow(expect.objectContaining({ code: 'MAPPING_VALUE_TYPE' }));
  });

  it('says what it does with a source', () => {
    expect([mapping.covers('t'), mapping.covers('x'), mapping.covers('x', 't')]).toEqual([
      'mapped',
      'unknown',
      'mapped',
    ]);
  });

  it('turns a float quantity into canonical decimal text, any double', () => {
    const lines = compile('  t: {records: [{kind: order_line, key: id, refs: {order: o}, fields: {quantity: q}}]}');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (q) => {
        const quantity = lines.run(event({ after: { id: 1, o: 2, q } }))[0]?.fields.quantity;
        expect(quantity).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
        expect(Number(quantity)).toBe(q === 0 ? 0 : q);
      }),
    );
  });
});
