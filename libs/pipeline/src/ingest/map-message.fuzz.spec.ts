import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { compileMapping, parseMapping } from '@syncline/mapping';
import type { SourceRecord } from '@syncline/model';
import { parseRecord } from '../reconcile/parse-records';
import type { SourceMessage } from './decode';
import { mapMessage, type MappedMessage } from './map-message';

/** More of it: `SYNCLINE_FUZZ_RUNS=200000 npx jest --selectProjects=unit --testPathPatterns fuzz`. */
const RUNS = Number(process.env['SYNCLINE_FUZZ_RUNS'] ?? 3_000);
/** Far above what the slowest message takes, and far below what a hang does. */
const LONGEST_MS = 2_000;

const SYSTEM = {
  name: 'erp',
  title: 'ERP',
  role: 'erp',
  priority: 1,
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  topicPrefix: 'erp.public.',
} as const;
const MAPPING_FILE = 'config/mappings/tryton-erp.yaml';

interface Captured {
  topic: string;
  key: unknown;
  value: unknown;
}

const captured = gunzipSync(readFileSync('samples/small/erp.ndjson.gz'))
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Captured);
const topics = [...new Set(captured.map(({ topic }) => topic))];

const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '__debezium_unavailable_value',
    '__proto__',
    'constructor',
    '9'.repeat(5_000),
    '1e999999',
    '-0',
    'NaN',
    '2026-02-30',
    '(a+)+$'.repeat(50),
    'a'.repeat(50_000),
    '\u0000\ud800',
    Number.MAX_SAFE_INTEGER * 2,
    -1e300,
    1e-300,
    { __proto__: { polluted: true } },
    [[[[[[[[[[]]]]]]]]]],
  ),
);

/** A captured message with something of it replaced, taken away or added. */
const mutated = fc
  .tuple(
    fc.nat(captured.length - 1),
    fc.array(fc.tuple(fc.nat(1_000), nasty, fc.nat(5)), { minLength: 1, maxLength: 4 }),
  )
  .map(([index, changes]): SourceMessage => {
    const { topic, key, value } = structuredClone(captured[index]!);
    const root = { key, value };
    for (const [place, replacement, action] of changes) mutate(root, place, replacement, action);
    return messageOf(topic, JSON.stringify(root.key), JSON.stringify(root.value));
  });

/** Bytes of anything on a topic that is mapped. */
const bytes = fc
  .tuple(
    fc.constantFrom(...topics),
    fc.option(fc.uint8Array({ maxLength: 200 })),
    fc.option(fc.uint8Array({ maxLength: 400 })),
  )
  .map(([topic, key, value]) => ({
    ...messageOf(topic),
    key: key && Buffer.from(key),
    value: value && Buffer.from(value),
  }));

/** JSON in whichever of the encodings, with the members that tell them apart. */
const envelopes = fc
  .tuple(
    fc.constantFrom(...topics),
    nasty,
    fc.dictionary(
      fc.constantFrom(
        'op',
        'before',
        'after',
        'source',
        'schema',
        'payload',
        '__op',
        '__deleted',
        'specversion',
        'type',
        'data',
        'id',
        '__proto__',
      ),
      fc.oneof(nasty, fc.constantFrom<unknown>('c', 'u', 'd', 'r', 't', 'm', 'true', '1.0')),
    ),
    fc.dictionary(
      fc.constantFrom('ce_specversion', 'ce_type', 'ce_id', '__debezium.newkey', 'content-type'),
      fc.string(),
    ),
  )
  .map(([topic, key, value, headers]) => ({
    ...messageOf(topic, JSON.stringify(key) ?? 'null', JSON.stringify(value)),
    headers,
  }));

describe('whatever a source sends', () => {
  const { mapping, findings } = parseMapping(readFileSync(MAPPING_FILE, 'utf8'), MAPPING_FILE);
  const compiled = compileMapping(mapping!, SYSTEM);
  const take = (message: SourceMessage): MappedMessage => mapMessage(message, { system: SYSTEM, mapping: compiled });

  it.each([
    ['bytes', bytes],
    ['members of every encoding', envelopes],
    ['captured messages, changed somewhere', mutated],
  ])('%s: becomes records that reconcile can read, or fails with a code that says why', (_, messages) => {
    expect(findings).toEqual([]);
    fc.assert(
      fc.property(messages, (message) => {
        const began = performance.now();
        const mapped = take(message);
        expect(performance.now() - began).toBeLessThan(LONGEST_MS);
        if (mapped.outcome === 'failed') {
          expect(mapped.error.code).toMatch(/^[A-Z]+(_[A-Z0-9]+)+$/);
          expect(mapped.error.code).not.toBe('INGEST_INTERNAL');
        }
        for (const record of mapped.outcome === 'records' ? mapped.records : []) expectReadable(record);
        expect('polluted' in {}).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});

function expectReadable(record: SourceRecord): void {
  const value = Buffer.from(JSON.stringify(record));
  expect(parseRecord({ key: null, value, timestamp: 0, offset: 0 })).toEqual(record);
}

function messageOf(topic: string, key = '', value = ''): SourceMessage {
  return { topic, partition: 0, offset: 7, key: Buffer.from(key), value: Buffer.from(value) };
}

/** Walks `place` steps through the value, and changes where it ends. */
function mutate(root: object, place: number, replacement: unknown, action: number): void {
  let [at, left] = [root as Record<string, unknown>, place];
  for (;;) {
    const names = Object.keys(at);
    const name = names[left % Math.max(1, names.length)];
    if (name === undefined) return;
    left = Math.floor(left / Math.max(1, names.length));
    const below = at[name];
    if (left > 0 && typeof below === 'object' && below !== null) {
      at = below as Record<string, unknown>;
      continue;
    }
    if (action === 0) delete at[name];
    else if (action === 1) at[`${name}_new`] = replacement;
    else at[name] = replacement;
    return;
  }
}
