import { RECORD_CATALOGUE, SynclineError, type FieldValue } from '@syncline/model';
import {
  ABSENT,
  compileColumn,
  compileExpression,
  InputTooLarge,
  summary,
  type CompiledExpression,
} from '../expression/compile-expression';
import { coercionTo, toText, UnfitValue } from '../coerce/field-coercion';
import { typeName } from '../expression/exact-decimal';
import { rowError } from '../errors';
import type { FieldRule, Mapping, RecordRule, ValueMap } from '../language/mapping-file';
import type { Row } from '../change-event';

/** The system whose rows are mapped. */
export interface MappedSystem {
  name: string;
  /** ISO 4217. */
  currency: string;
  /** IANA name. */
  timeZone: string;
}

/** What a value lost or gained on its way: kept with the record, never silent. */
export type Note = (text: string) => void;

/** The value of one field for a row; ABSENT leaves the stored value. */
export interface FieldRunner {
  name: string;
  run(row: Row, note: Note): FieldValue | typeof ABSENT;
}

/** Compiles the rule of one field. */
export function fieldRunner(
  rule: FieldRule,
  record: RecordRule,
  where: string,
  mapping: Mapping,
  system: MappedSystem,
): FieldRunner {
  const description = RECORD_CATALOGUE[record.kind].fields[rule.name];
  if (!description)
    throw new SynclineError({
      code: 'MAPPING_FIELD_UNKNOWN',
      kind: 'request',
      message: `${record.kind} has no field ${rule.name}`,
    });
  if (rule.from.kind === 'constant') return constantRunner(rule.name, rule.from.value);
  const numeric = description.type === 'decimal' || description.type === 'integer';
  const wantsNumber = !rule.values && numeric;
  const expression =
    rule.from.kind === 'column'
      ? compileColumn(rule.from.column)
      : compileExpression(rule.from.text, { wantsNumber, system: { name: system.name, currency: system.currency } });
  const coerce = coercionTo(description, {
    unit: rule.unit,
    zone: rule.zone ?? system.timeZone,
    storedIn: rule.storedIn ?? 'UTC',
  });
  const nullValue = nullPolicy(rule, where, expression.text);
  const values = rule.values && ('map' in rule.values ? rule.values.map : mapping.values.get(rule.values.name)?.map);
  const unknown = values && unknownPolicy(rule, where, expression.text);
  const run = (row: Row, note: Note): FieldValue | typeof ABSENT => {
    const read = readExpression(expression, row, where);
    if (read === ABSENT) return ABSENT;
    if (read === null) return nullValue(note);
    if (values && unknown) return mapped(values, read, unknown, nullValue, note);
    return coerced(coerce, read, where, expression.text);
  };
  return { name: rule.name, run };
}

function constantRunner(name: string, value: FieldValue): FieldRunner {
  return { name, run: () => value };
}

function mapped(
  values: ValueMap,
  read: unknown,
  unknown: (value: unknown, note: Note) => FieldValue | typeof ABSENT,
  nullValue: (note: Note) => FieldValue | typeof ABSENT,
  note: Note,
): FieldValue | typeof ABSENT {
  const found = typeof read === 'object' ? undefined : values.get(String(read));
  if (found === null) return nullValue(note);
  return found === undefined ? unknown(read, note) : found;
}

function coerced(coerce: (value: unknown) => FieldValue, read: unknown, where: string, path: string): FieldValue {
  try {
    return coerce(read);
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error;
    throw rowError(
      error.tooLarge ? 'MAPPING_RESULT_TOO_LARGE' : 'MAPPING_VALUE_TYPE',
      where,
      `${where}: ${path} is ${error.message}`,
      error.suggestion,
      error,
    );
  }
}

/** Evaluates for a row; what the expression throws becomes the error of the row. */
export function readExpression(expression: CompiledExpression, row: Row, where: string): unknown {
  try {
    return expression.evaluate(row);
  } catch (error) {
    if (error instanceof InputTooLarge)
      throw rowError(
        'MAPPING_INPUT_TOO_LARGE',
        where,
        `${where}: the columns of the expression are too large to read (${expression.columns.join(', ')})`,
      );
    const types = expression.columns.map((column) => `${column}: ${typeName(row[column])}`).join(', ');
    throw rowError(
      'MAPPING_EXPRESSION_FAILED',
      where,
      `${where}: the expression failed on (${types}): ${safeSummary(error)}`,
      undefined,
      error,
    );
  }
}

/** Messages of the language can quote values of the row: only those that name types are repeated. */
function safeSummary(error: unknown): string {
  const text = summary(error);
  return /overload|index|Ternary|type/i.test(text) && !/["']/.test(text)
    ? text
    : error instanceof RangeError
      ? text
      : 'see the expression';
}

function nullPolicy(rule: FieldRule, where: string, path: string): (note: Note) => FieldValue | typeof ABSENT {
  switch (rule.onNull) {
    case 'clear':
      return () => null;
    case 'keep':
      return (note) => (note(`${rule.name}: null, kept`), ABSENT);
    case 'default':
      return (note) => (note(`${rule.name}: null, default taken`), rule.default ?? null);
    case 'error':
      return () => {
        throw rowError('MAPPING_VALUE_NULL', where, `${where}: ${path} is null`);
      };
  }
}

function unknownPolicy(
  rule: FieldRule,
  where: string,
  path: string,
): (value: unknown, note: Note) => FieldValue | typeof ABSENT {
  switch (rule.onUnknown) {
    case 'null':
      return (_value, note) => (note(`${rule.name}: unknown value, set to null`), null);
    case 'keep':
      return (_value, note) => (note(`${rule.name}: unknown value, kept`), ABSENT);
    case 'default':
      return (_value, note) => (note(`${rule.name}: unknown value, default taken`), rule.default ?? null);
    case 'error':
      return (value) => {
        throw rowError(
          'MAPPING_VALUE_UNKNOWN',
          where,
          `${where}: ${path} is a ${typeName(value)} that the value map does not know`,
        );
      };
  }
}

/** A key or reference as text: ids that came as 2.0 and 2 are the same. */
export function keyText(value: unknown, where: string, path: string): string {
  try {
    return toText(value);
  } catch (error) {
    if (error instanceof UnfitValue)
      throw rowError('MAPPING_VALUE_TYPE', where, `${where}: ${path} is ${error.message}`, error.suggestion);
    throw error;
  }
}
