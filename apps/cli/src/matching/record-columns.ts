import { settings } from '@syncline/model';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';

const { list, mapOf, object, oneOf, optional, text } = settings;

/** What an account may say: the same that accounts of an installation are compared by. */
const ATTRIBUTES = [
  ...['name', 'given_name', 'surname', 'birth_date', 'identifier', 'identifier_text', 'phone', 'email', 'website'],
  ...['street', 'city', 'postal_code', 'region', 'country'],
];

const columns = mapOf(list(text('Column.'), 'Columns, joined by a space.'), '<attribute>', 'Attribute → columns.');

/** A map whose names are attributes: one that nothing compares would go unnoticed. */
const attributes: settings.Field<settings.Read<typeof columns>> = {
  ...columns,
  read(at) {
    const unknown = (at.entries() ?? []).filter(({ key }) => !ATTRIBUTES.includes(key));
    for (const { key, keyAt } of unknown) {
      const known = settings.didYouMean(key, ATTRIBUTES);
      keyAt.report(`no such attribute; there are ${ATTRIBUTES.join(', ')}`, known);
    }
    return unknown.length > 0 ? settings.INVALID : columns.read(at);
  },
};
const kind = oneOf(['organisation', 'person'] as const, 'What the records describe.');
const identifiers = optional(
  mapOf(list(text('Column.'), 'Columns, each with a number of its own.'), '<scheme>', 'Official numbers by scheme.'),
);

const RECORD_COLUMNS = object({
  kind,
  id: text('Column with the record’s id.'),
  attributes,
  /** Further columns, each with a value of its own: a second telephone number. */
  also: optional(attributes),
  identifiers,
  /** Where the truth is not in a file of pairs. */
  truth: optional(
    object({
      column: text('Column that says which party a record is of.'),
      pattern: optional(text('Regular expression; its first group is the party.')),
    }),
  ),
});

const PAIR_COLUMNS = object({
  kind,
  left: attributes,
  right: attributes,
  label: object({
    column: text('Column that says whether the two are one.'),
    same: list(text('Text.'), 'What stands there when they are.'),
  }),
});

/** Which columns of a CSV file of records hold what. */
export type RecordColumns = settings.Read<typeof RECORD_COLUMNS>;
/** Which columns of a CSV file of pairs hold what. */
export type PairColumns = settings.Read<typeof PAIR_COLUMNS>;

/**
 * Reads the small file that says what the columns of records are.
 * @throws SynclineError INPUT_UNREADABLE with every place to correct
 */
export function recordColumns(path: string): RecordColumns {
  const read = columnsFile(path, RECORD_COLUMNS);
  const pattern = read.truth?.pattern;
  if (pattern !== undefined && !isPattern(pattern))
    throw cliError('INPUT_UNREADABLE', `${path}: truth.pattern is no regular expression`, ADVICE);
  return read;
}

/** The same for rows that hold two records each. */
export function pairColumns(path: string): PairColumns {
  return columnsFile(path, PAIR_COLUMNS);
}

function columnsFile<T>(path: string, schema: settings.Field<T>): T {
  const yaml = new settings.YamlFile(textOf(path), path);
  const read = yaml.findings.length > 0 ? settings.INVALID : schema.read(yaml.root());
  if (read === settings.INVALID || yaml.findings.length > 0)
    throw cliError('INPUT_UNREADABLE', yaml.findings.map(settings.findingText).join('\n'), ADVICE);
  return read;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const ADVICE = 'docs/how-to/administrators/measure-matching.md describes the file of columns.';
