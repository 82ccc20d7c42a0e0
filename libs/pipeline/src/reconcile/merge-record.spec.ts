import fc from 'fast-check';
import { sourceVersion, type SourceRecord } from '@syncline/model';
import { mergeRecord } from './merge-record';
import type { StoredRecord } from './reconcile-store.port';

function version(n: number, fields: SourceRecord['fields'] | null, refs: SourceRecord['refs'] = {}): SourceRecord {
  return {
    system: 'erp',
    kind: 'account',
    key: '1',
    version: sourceVersion([n, 0]),
    deleted: fields === null,
    fields: fields ?? {},
    refs,
    origin: { topic: 't', partition: 0, offset: n, mapping: 'm@1' },
  };
}

function fold(versions: SourceRecord[]): StoredRecord | undefined {
  return versions.reduce<StoredRecord | undefined>((stored, each) => mergeRecord(stored, each).record, undefined);
}

describe('mergeRecord', () => {
  it('takes the newest version and ignores older ones', () => {
    expect(fold([version(2, { name: 'b' }), version(1, { name: 'a' })])!.fields).toEqual({ name: 'b' });
  });

  it('keeps a field that the newest version does not carry, in either order', () => {
    const versions = [version(1, { name: 'a', code: 'C1' }), version(2, { name: 'b' })];
    expect(fold(versions)!.fields).toEqual({ name: 'b', code: 'C1' });
    expect(fold([...versions].reverse())!.fields).toEqual({ name: 'b', code: 'C1' });
  });

  it('inherits nothing from before a delete', () => {
    const versions = [version(1, { code: 'C1' }), version(2, null), version(3, { name: 'b' })];
    expect(fold(versions)!.fields).toEqual({ name: 'b' });
    expect(fold([versions[2]!, versions[0]!, versions[1]!])!.fields).toEqual({ name: 'b' });
  });

  it('tells what changed, and that a repetition changed nothing', () => {
    const first = mergeRecord(undefined, version(1, { name: 'a' }, { merged_into: null }));
    expect([...first.changed]).toEqual(['deleted']);
    const again = mergeRecord(first.record, version(1, { name: 'a' }, { merged_into: null }));
    expect(again).toMatchObject({ stale: true, changed: new Set() });
    const newerButEqual = mergeRecord(first.record, version(2, { name: 'a' }, { merged_into: null }));
    expect(newerButEqual).toMatchObject({ stale: false, changed: new Set() });
  });

  it('ends as a tombstone in every permutation of the worked example 22, each with one message repeated', () => {
    const messages = [
      version(100, { credit_limit: '1000' }),
      version(120, { credit_limit: '900' }),
      version(121, null),
      version(110, { credit_limit: '950' }),
    ];
    for (const order of permutations(messages)) {
      for (const repeated of order) {
        const end = fold([...order, repeated])!;
        expect(end).toMatchObject({ deleted: true, version: sourceVersion([121, 0]), fields: {} });
      }
    }
  });

  it('does not depend on the order or the repetition of versions', () => {
    const field = fc.constantFrom('a', 'b', 'c');
    const value = fc.oneof(fc.constantFrom('x', 'y'), fc.constant(null));
    const one = fc.record({
      n: fc.integer({ min: 1, max: 4 }),
      fields: fc.option(fc.dictionary(field, value, { maxKeys: 3 }), { freq: 4 }),
      ref: fc.option(fc.constantFrom('7', '8')),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 7 }), fc.infiniteStream(fc.nat()), (list, picks) => {
        const versions = list.map((each) =>
          version(each.n, each.fields, each.ref === null ? {} : { merged_into: each.ref }),
        );
        const shuffled = [...versions, ...versions.slice(0, 2)]
          .map((each) => ({ each, at: picks.next().value as number }))
          .sort((x, y) => x.at - y.at)
          .map(({ each }) => each);
        expect(comparable(fold(shuffled)!)).toEqual(comparable(fold(versions)!));
      }),
      { numRuns: 2_000 },
    );
  });
});

function comparable(record: StoredRecord): Partial<StoredRecord> {
  const { origin: _origin, ...rest } = record;
  return rest;
}

function permutations<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
