import { RECORD_KINDS, type RecordKind } from '@syncline/model';
import type { MappedSystem } from '../run/field-runner';
import { didYouMean, type Position } from '../finding';
import { YamlReader, type YamlMap, type YamlValue } from '../language/yaml-reader';

/** A message of a test: a change written out, or a message as it comes from a topic. */
export type TestInput = { at: Position } & ({ change: Record<string, unknown> } | { message: Record<string, unknown> });

export interface ExpectedRecord {
  at: Position;
  kind: RecordKind;
  key: unknown;
  deleted: boolean;
  fields: Record<string, unknown>;
  refs: Record<string, unknown>;
}

export interface MappingTest {
  name: string;
  at: Position;
  input: TestInput[];
  records: ExpectedRecord[];
  /** Code of the error that the input must raise. */
  error?: string;
}

export interface MappingTestFile {
  system: MappedSystem & { topicPrefix: string };
  tests: MappingTest[];
}

/** Reads `*.test.yaml`. The reader collects the findings. */
export function parseTestFile(reader: YamlReader): MappingTestFile | undefined {
  const root =
    reader.findings.length === 0 ? reader.map(reader.root, 'the file', ['mapping', 'system', 'tests']) : undefined;
  const tests = root?.get('tests');
  if (root && !tests) reader.report({ line: 1, col: 1 }, 'MAPPING_SETTING_MISSING', 'the file needs "tests"');
  const system = parseSystem(reader, root?.get('system'));
  const list = tests && reader.list(tests, '"tests"');
  return list && { system, tests: list.map((test) => parseTest(reader, test)).filter((test) => test !== undefined) };
}

function parseSystem(reader: YamlReader, value: YamlValue | undefined): MappingTestFile['system'] {
  const settings = value && reader.map(value, '"system"', ['name', 'currency', 'time_zone', 'topic_prefix']);
  const text = (name: string, standard: string): string => {
    const setting = settings?.get(name);
    return (setting && reader.text(setting, `"${name}"`)) ?? standard;
  };
  return {
    name: text('name', 'test'),
    currency: text('currency', 'CNY'),
    timeZone: text('time_zone', 'UTC'),
    topicPrefix: text('topic_prefix', ''),
  };
}

function parseTest(reader: YamlReader, value: YamlValue): MappingTest | undefined {
  const settings = reader.map(value, 'a test', ['name', 'input', 'records', 'error']);
  const inputs = settings?.get('input');
  if (!settings || !inputs) {
    if (settings) reader.report(value.at, 'MAPPING_SETTING_MISSING', 'a test needs "input"');
    return undefined;
  }
  const nameValue = settings.get('name');
  const recordsValue = settings.get('records');
  const errorValue = settings.get('error');
  const error = errorValue && reader.text(errorValue, '"error"');
  return {
    name: (nameValue && reader.text(nameValue, '"name"')) ?? `line ${value.at.line}`,
    at: value.at,
    input: (reader.list(inputs, '"input"') ?? [])
      .map((input) => parseInput(reader, input))
      .filter((input) => input !== undefined),
    records: ((recordsValue && reader.list(recordsValue, '"records"')) ?? [])
      .map((record) => parseRecord(reader, record))
      .filter((record) => record !== undefined),
    ...(error === undefined ? {} : { error }),
  };
}

function parseInput(reader: YamlReader, value: YamlValue): TestInput | undefined {
  const settings = reader.map(value, 'an input', [
    'message',
    'source',
    'op',
    'before',
    'after',
    'key',
    'version',
    'renamed_to',
    'renamed_from',
  ]);
  const message = settings?.get('message');
  const data = reader.data(message ?? value) as Record<string, unknown>;
  if (!settings) return undefined;
  if (!message && !settings.has('source'))
    reader.report(value.at, 'MAPPING_SETTING_MISSING', 'an input needs "source" or "message"');
  return message ? { at: value.at, message: data } : { at: value.at, change: data };
}

function parseRecord(reader: YamlReader, value: YamlValue): ExpectedRecord | undefined {
  const settings = reader.map(value, 'an expected record', ['kind', 'key', 'deleted', 'fields', 'refs']);
  const kindValue = settings?.get('kind');
  const kindText = kindValue && reader.text(kindValue, '"kind"');
  const kind = RECORD_KINDS.find((candidate) => candidate === kindText);
  if (!settings || !kindValue || !kind) {
    reader.report(
      kindValue?.at ?? value.at,
      'MAPPING_KIND_UNKNOWN',
      'an expected record needs a kind',
      didYouMean(kindText ?? '', RECORD_KINDS),
    );
    return undefined;
  }
  return {
    at: value.at,
    kind,
    key: dataOf(reader, settings, 'key'),
    deleted: dataOf(reader, settings, 'deleted') === true,
    fields: mapOf(reader, settings, 'fields'),
    refs: mapOf(reader, settings, 'refs'),
  };
}

function dataOf(reader: YamlReader, settings: YamlMap, name: string): unknown {
  const value = settings.get(name);
  return value && reader.data(value);
}

function mapOf(reader: YamlReader, settings: YamlMap, name: string): Record<string, unknown> {
  const data = dataOf(reader, settings, name);
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}
