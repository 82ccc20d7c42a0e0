import { RECORD_CATALOGUE, type FieldDescription, type FieldValue, type RecordDescription } from '@syncline/model';
import { coercionTo, UnfitValue } from '../coerce/field-coercion';
import type { MappingErrorCode } from '../errors';
import { compileExpression } from '../expression/compile-expression';
import { ExpressionProblem } from '../expression/expression-check';
import { didYouMean, type Finding, type Position } from '../finding';
import type { ExpressionText, FieldRule, Mapping, RecordRule } from './mapping-file';

type Report = (
  at: Position,
  code: MappingErrorCode,
  message: string,
  suggestion?: string,
  severity?: Finding['severity'],
) => void;

/** Checks a mapping against the catalogue of records and tries all its expressions. Pure. */
export function lintMapping(mapping: Mapping): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (at, code, message, suggestion, severity = 'error') =>
    findings.push({
      file: mapping.file,
      line: at.line,
      col: at.col,
      severity,
      code,
      message,
      ...(suggestion ? { suggestion } : {}),
    });
  for (const source of mapping.sources.values()) {
    tryExpression(source.key, report);
    tryExpression(source.version, report);
    for (const record of source.records) lintRecord(record, mapping, report);
  }
  lintUnusedValues(mapping, report);
  return findings.sort((a, b) => a.line - b.line || a.col - b.col);
}

function lintRecord(record: RecordRule, mapping: Mapping, report: Report): void {
  const description = RECORD_CATALOGUE[record.kind];
  tryExpression(record.when, report);
  tryExpression(record.key, report);
  for (const ref of record.refs) {
    const names = Object.keys(description.references);
    if (!Object.hasOwn(description.references, ref.name))
      report(
        ref.at,
        'MAPPING_REFERENCE_UNKNOWN',
        `${record.kind} has no reference "${ref.name}"`,
        didYouMean(ref.name, names) ?? `it has ${names.join(', ') || 'none'}`,
      );
    tryExpression(ref.from, report);
  }
  lintRequired(record, description, report);
  for (const field of record.fields) lintField(field, record, description, mapping, report);
}

function lintRequired(record: RecordRule, description: RecordDescription, report: Report): void {
  for (const [name, reference] of Object.entries(description.references)) {
    if (reference.required && !record.refs.some((ref) => ref.name === name))
      report(record.at, 'MAPPING_REFERENCE_MISSING', `${record.kind} needs the reference "${name}" (${reference.to})`);
  }
}

function lintField(
  rule: FieldRule,
  record: RecordRule,
  description: RecordDescription,
  mapping: Mapping,
  report: Report,
): void {
  const field = Object.hasOwn(description.fields, rule.name) ? description.fields[rule.name] : undefined;
  if (!field) {
    const names = Object.keys(description.fields);
    report(
      rule.at,
      'MAPPING_FIELD_UNKNOWN',
      `${record.kind} has no field "${rule.name}"`,
      didYouMean(rule.name, names) ?? `it has ${names.join(', ') || 'none'}`,
    );
    return;
  }
  const wantsNumber = !rule.values && (field.type === 'decimal' || field.type === 'integer');
  if (rule.from.kind === 'expression') tryExpression(rule.from, report, wantsNumber);
  if (rule.from.kind === 'constant') lintValue(rule.from.value, field, rule.from.at, report);
  if (rule.default !== undefined) lintValue(rule.default, field, rule.at, report);
  if (rule.unit && field.type !== 'date' && field.type !== 'instant')
    report(rule.at, 'MAPPING_SETTING_WRONG', `"unit" is for days and moments, "${rule.name}" is ${field.type}`);
  if (!rule.values) return;
  if ('map' in rule.values) return lintValues(rule.values.map.values(), field, rule.values.at, report);
  const named = mapping.values.get(rule.values.name);
  if (named) lintValues(named.map.values(), field, rule.values.at, report);
  else
    report(
      rule.values.at,
      'MAPPING_VALUES_UNKNOWN',
      `there is no value map "${rule.values.name}"`,
      didYouMean(rule.values.name, mapping.values.keys()),
    );
}

function lintValues(values: Iterable<FieldValue>, field: FieldDescription, at: Position, report: Report): void {
  for (const value of values) lintValue(value, field, at, report);
}

function lintValue(value: FieldValue, field: FieldDescription, at: Position, report: Report): void {
  if (value === null) return;
  try {
    coercionTo(field, { unit: undefined, zone: 'UTC', storedIn: 'UTC' })(value);
  } catch (error) {
    if (error instanceof UnfitValue)
      report(
        at,
        'MAPPING_VALUE_NOT_ALLOWED',
        `"${String(value)}" is no ${field.type} that the field can hold`,
        error.suggestion ?? field.values?.join(', '),
      );
    else throw error;
  }
}

function lintUnusedValues(mapping: Mapping, report: Report): void {
  const used = new Set<string>();
  for (const source of mapping.sources.values())
    for (const record of source.records)
      for (const field of record.fields) if (field.values && 'name' in field.values) used.add(field.values.name);
  for (const [name, { at }] of mapping.values)
    if (!used.has(name))
      report(at, 'MAPPING_VALUES_UNUSED', `no field uses the value map "${name}"`, undefined, 'warning');
}

function tryExpression(expression: ExpressionText | undefined, report: Report, wantsNumber = false): void {
  if (!expression) return;
  try {
    compileExpression(expression.text, { wantsNumber });
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    // Columns inside a one-line expression; a quoted or folded one is only approximate.
    const at = { line: expression.at.line, col: expression.at.col + error.offset };
    report(at, error.code, error.message, error.suggestion);
  }
}
