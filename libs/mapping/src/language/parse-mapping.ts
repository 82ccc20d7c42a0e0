import { RECORD_KINDS } from '@syncline/model';
import { didYouMean, type Finding } from '../finding';
import { parseFieldRule } from './parse-field';
import { parseValueMap } from './parse-values';
import type { ExpressionText, Mapping, NamedValueMap, RecordRule, RefRule, SourceRule } from './mapping-file';
import { YamlReader, type YamlMap, type YamlValue } from './yaml-reader';

export interface ParsedMapping {
  /** Absent when there are errors. */
  mapping?: Mapping;
  findings: Finding[];
}

/** Reads a mapping file. Findings have line and column; with an error there is no mapping. Pure. */
export function parseMapping(text: string, fileName: string): ParsedMapping {
  const reader = new YamlReader(text, fileName);
  const root =
    reader.findings.length === 0
      ? reader.map(reader.root, 'the file', ['mapping', 'values', 'ignore', 'sources'])
      : undefined;
  const mapping = root && parseRoot(reader, root, fileName);
  const failed = reader.findings.some((finding) => finding.severity === 'error');
  return failed || !mapping ? { findings: reader.findings } : { mapping, findings: reader.findings };
}

function parseRoot(reader: YamlReader, root: YamlMap, file: string): Mapping | undefined {
  const headValue = root.get('mapping');
  const sourcesValue = root.get('sources');
  if (!headValue || !sourcesValue) {
    reader.report(
      { line: 1, col: 1 },
      'MAPPING_SETTING_MISSING',
      `the file needs "${headValue ? 'sources' : 'mapping'}"`,
    );
    return undefined;
  }
  const head = parseHead(reader, headValue);
  const values = parseValues(reader, root.get('values'));
  const ignore = parseIgnore(reader, root.get('ignore'));
  const sources = parseSources(reader, sourcesValue, ignore);
  return head && { file, ...head, values, ignore, sources };
}

function parseHead(reader: YamlReader, value: YamlValue): Pick<Mapping, 'name' | 'version' | 'systemRole'> | undefined {
  const head = reader.map(value, '"mapping"', ['name', 'version', 'system_role', 'description']);
  if (!head) return undefined;
  const nameValue = head.get('name');
  const versionValue = head.get('version');
  const roleValue = head.get('system_role');
  const name = nameValue && reader.text(nameValue, '"name"');
  const version = versionValue && Number(reader.value(versionValue, '"version"'));
  if (!name) reader.report(value.at, 'MAPPING_SETTING_MISSING', '"mapping" needs a name');
  if (version === undefined || !Number.isInteger(version) || version < 1)
    reader.report(versionValue?.at ?? value.at, 'MAPPING_SETTING_WRONG', '"version" must be 1, 2, 3 …');
  const systemRole = roleValue && reader.word(roleValue, '"system_role"', ['erp', 'crm']);
  return name && version ? { name, version, ...(systemRole ? { systemRole } : {}) } : undefined;
}

function parseValues(reader: YamlReader, value: YamlValue | undefined): Map<string, NamedValueMap> {
  const maps = new Map<string, NamedValueMap>();
  const entries = value && reader.map(value, '"values"');
  for (const [name, entry] of entries ?? []) {
    const map = parseValueMap(reader, entry, `value map "${name}"`);
    if (map) maps.set(name, { at: entry.keyAt, map });
  }
  return maps;
}

/** `ignore` is a list of names, or a map from name to the reason. */
function parseIgnore(reader: YamlReader, value: YamlValue | undefined): Map<string, string> {
  const ignore = new Map<string, string>();
  if (!value) return ignore;
  if (reader.isMap(value)) {
    for (const [name, reason] of reader.map(value, '"ignore"') ?? [])
      ignore.set(name, reader.text(reason, 'the reason') ?? '');
    return ignore;
  }
  for (const item of reader.list(value, '"ignore"') ?? []) {
    const name = reader.text(item, 'the name of a table');
    if (name) ignore.set(name, '');
  }
  return ignore;
}

function parseSources(
  reader: YamlReader,
  value: YamlValue,
  ignore: ReadonlyMap<string, string>,
): Map<string, SourceRule> {
  const sources = new Map<string, SourceRule>();
  for (const [name, entry] of reader.map(value, '"sources"') ?? []) {
    if (ignore.has(name))
      reader.report(
        entry.keyAt,
        'MAPPING_SETTING_WRONG',
        `"${name}" is both mapped and ignored`,
        'remove it from one of them',
      );
    const settings = reader.map(entry, `source "${name}"`, ['key', 'version', 'records', 'description']);
    const recordsValue = settings?.get('records');
    if (settings && !recordsValue)
      reader.report(
        entry.keyAt,
        'MAPPING_SETTING_MISSING',
        `source "${name}" needs "records"`,
        'or name the table under ignore:',
      );
    const records = recordsValue && reader.list(recordsValue, '"records"');
    sources.set(name, {
      name,
      at: entry.keyAt,
      ...optional('key', parseExpression(reader, settings?.get('key'), '"key"')),
      ...optional('version', parseExpression(reader, settings?.get('version'), '"version"')),
      records: (records ?? []).map((record) => parseRecord(reader, record)).filter((record) => record !== undefined),
    });
  }
  return sources;
}

function parseRecord(reader: YamlReader, value: YamlValue): RecordRule | undefined {
  const settings = reader.map(value, 'a record', ['kind', 'when', 'key', 'refs', 'fields', 'description']);
  if (!settings) return undefined;
  const kindValue = settings.get('kind');
  const kindText = kindValue && reader.text(kindValue, '"kind"');
  const kind = RECORD_KINDS.find((candidate) => candidate === kindText);
  if (!kindValue) reader.report(value.at, 'MAPPING_SETTING_MISSING', 'a record needs "kind"');
  else if (!kind)
    reader.report(
      kindValue.at,
      'MAPPING_KIND_UNKNOWN',
      `there is no record kind "${kindText ?? ''}"`,
      didYouMean(kindText ?? '', RECORD_KINDS) ?? `kinds: ${RECORD_KINDS.join(', ')}`,
    );
  const refs = parseRefs(reader, settings.get('refs'));
  const fields = parseFields(reader, settings.get('fields'));
  return (
    kind && {
      kind,
      at: kindValue?.at ?? value.at,
      ...optional('when', parseExpression(reader, settings.get('when'), '"when"')),
      ...optional('key', parseExpression(reader, settings.get('key'), '"key"')),
      refs,
      fields,
    }
  );
}

function parseRefs(reader: YamlReader, value: YamlValue | undefined): RefRule[] {
  const refs: RefRule[] = [];
  for (const [name, entry] of (value && reader.map(value, '"refs"')) ?? []) {
    const from = parseExpression(reader, entry, `reference "${name}"`);
    if (from) refs.push({ name, at: entry.keyAt, from });
  }
  return refs;
}

function parseFields(reader: YamlReader, value: YamlValue | undefined): RecordRule['fields'] {
  const fields: RecordRule['fields'] = [];
  for (const [name, entry] of (value && reader.map(value, '"fields"')) ?? []) {
    const rule = parseFieldRule(reader, name, entry);
    if (rule) fields.push(rule);
  }
  return fields;
}

export function parseExpression(
  reader: YamlReader,
  value: YamlValue | undefined,
  what: string,
): ExpressionText | undefined {
  const text = value && reader.text(value, what);
  return value && text ? { text, at: value.at } : undefined;
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]: V });
}
