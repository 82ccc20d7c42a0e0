import type { FieldValue, RecordKind } from '@syncline/model';
import { ABSENT, compileExpression, type CompiledExpression } from '../expression/compile-expression';
import { rowError } from '../errors';
import type { Mapping, RecordRule, SourceRule } from '../language/mapping-file';
import type { ChangeEvent, Row } from '../change-event';
import { fieldRunner, keyText, readExpression, type FieldRunner, type MappedSystem, type Note } from './field-runner';

/** What a record rule makes of one row. */
export interface RecordBody {
  fields: Record<string, FieldValue>;
  refs: Record<string, string | null>;
}

/** The compiled form of one record rule. */
export interface RecordRunner {
  kind: RecordKind;
  /** `mapping/source/kind`, for messages. */
  where: string;
  /** Whether the row gives this record; undefined when the row lacks a column of the condition. */
  applies(row: Row): boolean | undefined;
  /** The record's key; undefined when the row lacks a column of the key, or it is null. */
  keyOf(row: Row, messageKey: Row | null): string | undefined;
  body(row: Row, note: Note): RecordBody;
}

export function recordRunner(
  rule: RecordRule,
  source: SourceRule,
  mapping: Mapping,
  system: MappedSystem,
): RecordRunner {
  const where = `${mapping.name}/${source.name}/${rule.kind}`;
  const options = { system: { name: system.name, currency: system.currency } };
  const when = rule.when && compileExpression(rule.when.text, options);
  const keyRule = rule.key ?? source.key;
  const key = keyRule && compileExpression(keyRule.text, options);
  const refs = rule.refs.map((ref) => ({
    name: ref.name,
    where: `${where}.${ref.name}`,
    expression: compileExpression(ref.from.text, options),
  }));
  const fields: FieldRunner[] = rule.fields.map((field) =>
    fieldRunner(field, rule, `${where}.${field.name}`, mapping, system),
  );
  return {
    kind: rule.kind,
    where,
    applies: (row) => (when ? truth(when, row, `${where}.when`) : true),
    keyOf: (row, messageKey) => (key ? keyFrom(key, row, where) : defaultKey(messageKey, where)),
    body: (row, note) => {
      const body: RecordBody = { fields: {}, refs: {} };
      for (const ref of refs) {
        const value = readExpression(ref.expression, row, ref.where);
        if (value !== ABSENT)
          body.refs[ref.name] = value === null ? null : keyText(value, ref.where, ref.expression.text);
      }
      for (const field of fields) {
        const value = field.run(row, note);
        if (value !== ABSENT) body.fields[field.name] = value;
      }
      return body;
    },
  };
}

function truth(when: CompiledExpression, row: Row, where: string): boolean | undefined {
  const value = readExpression(when, row, where);
  if (value === ABSENT) return undefined;
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  throw rowError(
    'MAPPING_EXPRESSION_FAILED',
    where,
    `${where}: the condition is neither true nor false`,
    'compare the column with something',
  );
}

function keyFrom(key: CompiledExpression, row: Row, where: string): string | undefined {
  const value = readExpression(key, row, `${where}.key`);
  return value === ABSENT || value === null || value === '' ? undefined : keyText(value, `${where}.key`, key.text);
}

/** Without a rule, the key columns of the message, joined by commas. */
function defaultKey(messageKey: Row | null, where: string): string | undefined {
  if (!messageKey) return undefined;
  const parts = Object.values(messageKey);
  if (parts.length === 0 || parts.some((part) => part === null)) return undefined;
  return parts.length === 1
    ? keyText(parts[0], `${where}.key`, 'the message key')
    : parts.map((part) => keyText(part, `${where}.key`, 'the message key')).join(',');
}

/** The error of an event whose key no rule can compute. */
export function keyMissing(where: string, event: ChangeEvent): never {
  throw rowError('MAPPING_KEY_MISSING', `${where}.key`, `${where}: the key can not be computed from this ${event.op}`);
}
