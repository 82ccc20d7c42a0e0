import { TIME_UNITS } from '../coerce/temporal';
import { NULL_POLICIES, UNKNOWN_POLICIES, type FieldRule, type FieldSource } from './mapping-file';
import { parseValueMap } from './parse-values';
import type { YamlMap, YamlReader, YamlValue } from './yaml-reader';

const SETTINGS = [
  'expr',
  'from',
  'value',
  'values',
  'null',
  'default',
  'on_unknown',
  'unit',
  'zone',
  'stored_in',
  'description',
] as const;

/** A field is an expression, or a map of settings. */
export function parseFieldRule(
  reader: YamlReader,
  name: string,
  entry: YamlValue & { keyAt: FieldRule['at'] },
): FieldRule | undefined {
  const base = { name, at: entry.keyAt, onNull: 'clear', onUnknown: 'error' } as const;
  if (!reader.isMap(entry)) {
    const text = reader.text(entry, `field "${name}"`);
    return text ? { ...base, from: { kind: 'expression', text, at: entry.at } } : undefined;
  }
  const settings = reader.map(entry, `field "${name}"`, SETTINGS);
  const from = settings && parseSource(reader, name, entry, settings);
  return from && { ...base, from, ...parsePolicies(reader, entry, settings), ...parseTimes(reader, settings) };
}

function parseSource(
  reader: YamlReader,
  name: string,
  entry: YamlValue & { keyAt: FieldRule['at'] },
  settings: YamlMap,
): FieldSource | undefined {
  const given = (['expr', 'from', 'value'] as const).filter((setting) => settings.has(setting));
  const [setting] = given;
  const value = setting && settings.get(setting);
  if (given.length !== 1 || !value) {
    reader.report(
      entry.keyAt,
      'MAPPING_SETTING_WRONG',
      `field "${name}" needs one of expr (an expression), from (a column) and value (a constant)`,
    );
    return undefined;
  }
  if (setting === 'value') {
    const constant = reader.value(value, '"value"');
    return constant === undefined ? undefined : { kind: 'constant', value: constant, at: value.at };
  }
  const text = reader.text(value, `"${setting}"`);
  if (text === undefined) return undefined;
  return setting === 'from'
    ? { kind: 'column', column: text, at: value.at }
    : { kind: 'expression', text, at: value.at };
}

function parsePolicies(reader: YamlReader, entry: YamlValue, settings: YamlMap): Partial<FieldRule> {
  const values = settings.get('values');
  const onNull = settings.get('null');
  const onUnknown = settings.get('on_unknown');
  const standard = settings.get('default');
  const policies = {
    ...(values && parseValuesUse(reader, values)),
    ...(onNull && definedly('onNull', reader.word(onNull, '"null"', NULL_POLICIES))),
    ...(onUnknown && definedly('onUnknown', reader.word(onUnknown, '"on_unknown"', UNKNOWN_POLICIES))),
    ...(standard && definedly('default', reader.value(standard, '"default"'))),
  } as Partial<FieldRule>;
  const wantsDefault = policies.onNull === 'default' || policies.onUnknown === 'default';
  if (wantsDefault && policies.default === undefined)
    reader.report(entry.at, 'MAPPING_SETTING_MISSING', 'the policy "default" needs "default:"');
  if (standard && !wantsDefault)
    reader.report(
      standard.at,
      'MAPPING_SETTING_WRONG',
      '"default" is never used',
      'set null: default or on_unknown: default',
    );
  if (onUnknown && !values)
    reader.report(onUnknown.at, 'MAPPING_SETTING_WRONG', '"on_unknown" is never used without "values"');
  return policies;
}

function parseValuesUse(reader: YamlReader, values: YamlValue): Partial<FieldRule> {
  if (reader.isMap(values)) {
    const map = parseValueMap(reader, values, '"values"');
    return map ? { values: { map, at: values.at } } : {};
  }
  const name = reader.text(values, '"values"');
  return name ? { values: { name, at: values.at } } : {};
}

function parseTimes(reader: YamlReader, settings: YamlMap): Partial<FieldRule> {
  const unit = settings.get('unit');
  const zones = { zone: settings.get('zone'), storedIn: settings.get('stored_in') };
  const times: Partial<FieldRule> = { ...(unit && definedly('unit', reader.word(unit, '"unit"', TIME_UNITS))) };
  for (const [key, value] of Object.entries(zones)) {
    const zone = value && reader.text(value, `"${key}"`);
    if (!value || !zone) continue;
    if (isTimeZone(zone)) times[key as 'zone' | 'storedIn'] = zone;
    else
      reader.report(
        value.at,
        'MAPPING_SETTING_WRONG',
        `there is no time zone "${zone}"`,
        'use an IANA name such as Asia/Shanghai',
      );
  }
  return times;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function definedly<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]: V });
}
