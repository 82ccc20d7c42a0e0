import { SynclineError, type ErrorClass, type ErrorKind } from '@syncline/model';

interface ErrorEntry {
  kind: ErrorKind;
  class?: ErrorClass;
  meaning: string;
  advice: string;
}

/** Every code that the mapping language can raise or find, for docs/reference/errors.md. */
export const MAPPING_ERRORS = {
  MAPPING_SYNTAX: {
    kind: 'request',
    meaning: 'The file is no valid YAML.',
    advice: 'Correct the line that the finding names.',
  },
  MAPPING_SETTING_UNKNOWN: {
    kind: 'request',
    meaning: 'A setting that the mapping language does not have.',
    advice: 'Compare its spelling with docs/reference/mapping-language.md.',
  },
  MAPPING_SETTING_WRONG: {
    kind: 'request',
    meaning: 'A setting has a value of the wrong form.',
    advice: 'Give the form that the finding names.',
  },
  MAPPING_SETTING_MISSING: { kind: 'request', meaning: 'A setting that is needed is missing.', advice: 'Add it.' },
  MAPPING_KIND_UNKNOWN: {
    kind: 'request',
    meaning: 'A record kind that does not exist.',
    advice: 'Use one of the kinds of docs/reference/mapping-language.md.',
  },
  MAPPING_FIELD_UNKNOWN: {
    kind: 'request',
    meaning: 'A field that the record kind does not have.',
    advice: 'Use one of its fields.',
  },
  MAPPING_REFERENCE_UNKNOWN: {
    kind: 'request',
    meaning: 'A reference that the record kind does not have.',
    advice: 'Use one of its references.',
  },
  MAPPING_REFERENCE_MISSING: {
    kind: 'request',
    meaning: 'A reference without which the record means nothing is not mapped.',
    advice: 'Map it.',
  },
  MAPPING_VALUES_UNKNOWN: {
    kind: 'request',
    meaning: 'A value map that the file does not define.',
    advice: 'Define it under `values:` or correct the name.',
  },
  MAPPING_VALUES_UNUSED: {
    kind: 'request',
    meaning: 'A value map that no field uses.',
    advice: 'Remove it or use it.',
  },
  MAPPING_VALUE_NOT_ALLOWED: {
    kind: 'request',
    meaning: 'A value that the field can never hold.',
    advice: 'Use one of the values that the finding names.',
  },
  MAPPING_EXPRESSION_INVALID: {
    kind: 'request',
    meaning: 'An expression that can not be read or whose types do not fit.',
    advice: 'See the expressions in docs/reference/mapping-language.md.',
  },
  MAPPING_EXPRESSION_REFUSED: {
    kind: 'request',
    meaning: 'An expression that is too long, too deep, or uses what mappings may not use.',
    advice: 'Simplify it; see the bounds in docs/reference/mapping-language.md.',
  },
  MAPPING_EXPRESSION_FAILED: {
    kind: 'poison',
    class: 'value',
    meaning: 'An expression could not be evaluated for a row.',
    advice:
      'Look at the value that the message names; guard against it in the mapping, or correct the row in its system; then replay.',
  },
  MAPPING_INPUT_TOO_LARGE: {
    kind: 'poison',
    class: 'too_large',
    meaning: 'An expression met a text or list that is larger than it may read.',
    advice: 'Map the column without an expression, or leave it out.',
  },
  MAPPING_RESULT_TOO_LARGE: {
    kind: 'poison',
    class: 'too_large',
    meaning: 'A field would become longer than a field may be.',
    advice: 'Shorten it in the mapping with substring().',
  },
  MAPPING_CONDITION_UNKNOWN: {
    kind: 'poison',
    class: 'missing',
    meaning: 'A condition needs a column that the message does not have.',
    advice: 'Let the connector send the column (PostgreSQL: REPLICA IDENTITY FULL), or guard with has(row.column).',
  },
  MAPPING_KEY_MISSING: {
    kind: 'poison',
    class: 'missing',
    meaning: 'The key of a record can not be computed from the message.',
    advice: 'Let the connector send the key, or correct `key:` in the mapping.',
  },
  MAPPING_VERSION_MISSING: {
    kind: 'poison',
    class: 'missing',
    meaning: 'The message has no source position and the mapping names no version.',
    advice: 'Name a column that grows with every change under `version:` of the source.',
  },
  MAPPING_VALUE_TYPE: {
    kind: 'poison',
    class: 'value',
    meaning: 'A value does not have the form that the field needs.',
    advice: 'Convert it in the mapping (unit, values, expression), or correct the row in its system; then replay.',
  },
  MAPPING_VALUE_UNKNOWN: {
    kind: 'poison',
    class: 'value',
    meaning: 'A value that the value map does not know.',
    advice: 'Add it to the value map, or set `on_unknown`; then replay.',
  },
  MAPPING_VALUE_NULL: {
    kind: 'poison',
    class: 'missing',
    meaning: 'A field that must not be null is null.',
    advice: 'Set another policy for null in the mapping, or correct the row; then replay.',
  },
  MAPPING_TRUNCATED: {
    kind: 'poison',
    class: 'value',
    meaning: 'The source table was emptied at once; which records vanish is not in the message.',
    advice:
      'Ask the system why. If it is true, delete the records of the table and let the connector snapshot it again; then discard this dead letter.',
  },
  MAPPING_TEST_FAILED: {
    kind: 'request',
    meaning: 'A test beside the mapping fails.',
    advice: 'Compare what was expected with what came out.',
  },
  MAPPING_TEST_MATCHER_UNKNOWN: {
    kind: 'request',
    meaning: 'A matcher that tests do not have.',
    advice: 'Use one of the matchers of docs/reference/mapping-language.md.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type MappingErrorCode = keyof typeof MAPPING_ERRORS;

/** The error of one row: names the rule and the source path, never the value. */
export function rowError(
  code: MappingErrorCode,
  where: string,
  message: string,
  advice?: string,
  cause?: unknown,
): SynclineError {
  const entry: ErrorEntry = MAPPING_ERRORS[code];
  return new SynclineError({
    code,
    kind: 'poison',
    class: entry.class ?? 'value',
    message,
    where,
    advice: advice ?? entry.advice,
    cause,
  });
}
