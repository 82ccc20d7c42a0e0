import {
  count,
  day,
  decimalOrNull,
  dictionary,
  flag,
  list,
  object,
  text,
  textOrNull,
  type JsonSchema,
} from '../schemas/json-schema';
import { dayOrNull } from './shapes';

const RECORD = object({
  system: text('System.'),
  kind: text('Kind of the record.'),
  key: text('Key.'),
  deleted: flag('The system deleted it.'),
  topic: text('Source topic of the version in force.'),
  partition: count('Partition.'),
  offset: count('Offset.'),
  mapping: text('`<mapping>@<version>` that made it.'),
  changed_at: textOrNull('When the source made the change.'),
  fields: dictionary({ type: ['string', 'number', 'boolean', 'null'] }, 'What it says now.'),
});

const DOCUMENT = object({
  type: text('invoice, order, account, …'),
  system: text('System.'),
  key: text('Key.'),
  number: textOrNull('Document number.'),
  on: dayOrNull('Its day.'),
  amount: decimalOrNull('What it adds to the value.'),
  currency: textOrNull('ISO 4217.'),
  records: list(RECORD, 'The records it was joined from, with their source.'),
});

export const EXPLAIN_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Explanation: object({
    customer_id: text('Customer.'),
    path: text('What is explained.'),
    as_of: day('Day.'),
    value: { description: 'The value, amounts by currency.' },
    rule: text('The rule that made it.'),
    inputs: { type: 'object', additionalProperties: true, description: 'What else went into it.' },
    documents: list(DOCUMENT, 'What it is made of; at most 200.'),
    documents_total: count('How many there are.'),
  }),
};
