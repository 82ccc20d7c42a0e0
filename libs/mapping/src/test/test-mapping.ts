import { SynclineError, sourceVersion, type SourceRecord } from '@syncline/model';
import type { ChangeEvent, ChangeOperation, Row } from '../change-event';
import type { Finding } from '../finding';
import { lintMapping } from '../language/lint-mapping';
import { parseMapping } from '../language/parse-mapping';
import { YamlReader } from '../language/yaml-reader';
import { compileMapping, type CompiledMapping } from '../run/compile-mapping';
import {
  parseTestFile,
  type ExpectedRecord,
  type MappingTest,
  type MappingTestFile,
  type TestInput,
} from './mapping-test-file';
import { mismatch, UnknownMatcher } from './matchers';

/** Turns the `message` of a test into an event: the decoder, which the mapping library does not know. */
export type ReadMessage = (
  message: {
    topic: string;
    partition: number;
    offset: number;
    key: Buffer | null;
    value: Buffer | null;
    headers: Record<string, string>;
  },
  topicPrefix: string,
) => ChangeEvent;

export interface MappingTestResult {
  passed: number;
  failed: number;
  findings: Finding[];
}

/** Runs the tests beside a mapping. Without `read`, tests can't use `message`. Pure. */
export function testMapping(
  mapping: { text: string; file: string },
  test: { text: string; file: string },
  read?: ReadMessage,
): MappingTestResult {
  const parsed = parseMapping(mapping.text, mapping.file);
  const problems = parsed.mapping
    ? lintMapping(parsed.mapping).filter(({ severity }) => severity === 'error')
    : parsed.findings;
  if (!parsed.mapping || problems.length > 0) return { passed: 0, failed: 0, findings: problems };
  const reader = new YamlReader(test.text, test.file);
  const file = parseTestFile(reader);
  if (!file || reader.findings.length > 0) return { passed: 0, failed: 0, findings: reader.findings };
  const compiled = compileMapping(parsed.mapping, file.system);
  let failed = 0;
  for (const each of file.tests) {
    const before = reader.findings.length;
    runTest(each, file, compiled, reader, read);
    if (reader.findings.length > before) failed += 1;
  }
  return { passed: file.tests.length - failed, failed, findings: reader.findings };
}

function runTest(
  test: MappingTest,
  file: MappingTestFile,
  compiled: CompiledMapping,
  reader: YamlReader,
  read?: ReadMessage,
): void {
  const records: SourceRecord[] = [];
  try {
    for (const [index, input] of test.input.entries()) records.push(...compiled.run(eventOf(input, index, file, read)));
  } catch (error) {
    if (!(error instanceof SynclineError)) throw error;
    if (error.code !== test.error)
      reader.report(test.at, 'MAPPING_TEST_FAILED', `${test.name}: ${error.code} ${error.message}`, error.advice);
    return;
  }
  if (test.error !== undefined)
    reader.report(test.at, 'MAPPING_TEST_FAILED', `${test.name}: expected the error ${test.error}, there was none`);
  else compare(test, records, reader);
}

/** Each expected record takes the first record of its kind and key that nobody took; none may be left over. */
function compare(test: MappingTest, records: SourceRecord[], reader: YamlReader): void {
  const left = [...records];
  for (const expected of test.records) {
    try {
      const index = left.findIndex(
        (record) =>
          record.kind === expected.kind &&
          (expected.key === undefined || mismatch(expectedKey(expected), record.key) === undefined),
      );
      const found = left.splice(index, index < 0 ? 0 : 1)[0];
      if (!found)
        reader.report(
          expected.at,
          'MAPPING_TEST_FAILED',
          `${test.name}: no ${expected.kind} with the key ${JSON.stringify(expected.key ?? null)} came out`,
        );
      else compareRecord(test, expected, found, reader);
    } catch (error) {
      if (!(error instanceof UnknownMatcher)) throw error;
      reader.report(expected.at, 'MAPPING_TEST_MATCHER_UNKNOWN', `${test.name}: ${error.message}`, error.suggestion);
    }
  }
  for (const { kind, key, deleted } of left)
    reader.report(
      test.at,
      'MAPPING_TEST_FAILED',
      `${test.name}: ${deleted ? 'a deleted ' : ''}${kind} ${key} came out and was not expected`,
    );
}

/** Keys are texts; a number in the test means its text. */
function expectedKey({ key }: ExpectedRecord): unknown {
  return typeof key === 'number' ? String(key) : key;
}

function compareRecord(test: MappingTest, expected: ExpectedRecord, found: SourceRecord, reader: YamlReader): void {
  const differ = (what: string, why: string | undefined): void => {
    if (why !== undefined)
      reader.report(expected.at, 'MAPPING_TEST_FAILED', `${test.name}: ${expected.kind} ${found.key} ${what}: ${why}`);
  };
  differ('deleted', mismatch(expected.deleted, found.deleted));
  for (const [name, value] of Object.entries(expected.fields))
    differ(`field ${name}`, mismatch(value, found.fields[name]));
  for (const [name, value] of Object.entries(expected.refs))
    differ(`reference ${name}`, mismatch(typeof value === 'number' ? String(value) : value, found.refs[name]));
}

function eventOf(input: TestInput, index: number, file: MappingTestFile, read?: ReadMessage): ChangeEvent {
  if ('message' in input) return messageEvent(input.message, index, file, read);
  const { change } = input;
  const op = typeof change.op === 'string' ? change.op : 'create';
  const after = rowOf(change.after);
  const before = rowOf(change.before);
  return {
    op: op as ChangeOperation,
    source: String(change.source),
    before,
    after,
    key: rowOf(change.key) ?? idOf(after ?? before),
    version:
      change.version === null ? null : sourceVersion([typeof change.version === 'number' ? change.version : index + 1]),
    ...(change.renamed_to ? { renamedTo: rowOf(change.renamed_to) ?? {} } : {}),
    ...(change.renamed_from ? { renamedFrom: rowOf(change.renamed_from) ?? {} } : {}),
    topic: file.system.topicPrefix + String(change.source),
    partition: 0,
    offset: index,
  };
}

function messageEvent(
  message: Record<string, unknown>,
  index: number,
  file: MappingTestFile,
  read?: ReadMessage,
): ChangeEvent {
  if (!read)
    throw new SynclineError({
      code: 'MAPPING_TEST_FAILED',
      kind: 'request',
      message: 'this run of the tests can not read messages',
    });
  const bytes = (value: unknown): Buffer | null =>
    value === null || value === undefined
      ? null
      : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const headers = (message.headers ?? {}) as Record<string, string>;
  return read(
    {
      topic: String(message.topic),
      partition: 0,
      offset: index,
      key: bytes(message.key),
      value: bytes(message.value),
      headers,
    },
    file.system.topicPrefix,
  );
}

function rowOf(value: unknown): Row | null {
  return typeof value === 'object' && value !== null ? (value as Row) : null;
}

function idOf(row: Row | null): Row | null {
  return row && 'id' in row ? { id: row.id } : null;
}
