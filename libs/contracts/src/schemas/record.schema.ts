import { RECORD_CATALOGUE, RECORD_KINDS, type FieldDescription, type RecordKind } from '@syncline/model';
import { count, dictionary, flag, object, oneOf, text, type JsonSchema } from './json-schema';

const ORIGIN: JsonSchema = {
  type: 'object',
  properties: {
    topic: text('Source topic.'),
    partition: count('Source partition.'),
    offset: count('Source offset.'),
    mapping: text('`<mapping>@<version>`.'),
    changedAt: text('When the source system made the change, where it says so.'),
  },
  required: ['topic', 'partition', 'offset', 'mapping'],
};

const FIELD_TYPES: Readonly<Record<FieldDescription['type'], JsonSchema>> = {
  text: { type: ['string', 'null'] },
  decimal: { type: ['string', 'null'], pattern: '^-?\\d+(\\.\\d+)?$' },
  integer: { type: ['integer', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  date: { type: ['string', 'null'], format: 'date' },
  instant: { type: ['string', 'null'], format: 'date-time' },
  enum: { type: ['string', 'null'] },
};

/** The canonical record on the records topic; every kind names its own fields and references. */
export const RECORD_DATA: JsonSchema = {
  ...object({
    system: text('The system that the record comes from.'),
    kind: oneOf(RECORD_KINDS, 'What it is.'),
    key: text('Its key in that system.'),
    version: text('Sortable source position.'),
    deleted: flag('The system deleted it.'),
    fields: { type: 'object', description: 'Absent = not sent; null = cleared.' },
    refs: dictionary(
      { type: ['string', 'null'] },
      'Reference → key of a record of the same system; null = points nowhere.',
    ),
    origin: ORIGIN,
  }),
  allOf: RECORD_KINDS.map((kind) => ({
    if: { properties: { kind: { const: kind } } },
    then: { properties: { fields: fieldsOf(kind), refs: refsOf(kind) } },
  })),
};

function fieldsOf(kind: RecordKind): JsonSchema {
  const fields = Object.entries(RECORD_CATALOGUE[kind].fields);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
    additionalProperties: false,
  };
}

function refsOf(kind: RecordKind): JsonSchema {
  const refs = Object.entries(RECORD_CATALOGUE[kind].references);
  return {
    type: 'object',
    properties: Object.fromEntries(
      refs.map(([name, ref]) => [name, { type: ['string', 'null'], description: ref.description }]),
    ),
    additionalProperties: false,
  };
}

function fieldSchema(field: FieldDescription): JsonSchema {
  const schema: JsonSchema = { ...FIELD_TYPES[field.type], description: field.description };
  return field.values ? { ...schema, 'x-extensible-enum': field.values } : schema;
}
