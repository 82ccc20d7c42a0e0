import { settings } from '@syncline/model';
import { textOf } from '../client/text-of';
import { cliError } from '../errors';

const { list, mapOf, object, oneOf, optional, text } = settings;

const COLUMNS_SCHEMA = object({
  kind: oneOf(['organisation', 'person'] as const, 'What the records describe.'),
  id: text('Column with the record’s id.'),
  attributes: mapOf(
    list(text('Column.'), 'Columns, joined by a space.'),
    '<attribute>',
    'Attribute of the matching configuration → columns.',
  ),
  /** Where the truth is not in a file of pairs. */
  truth: optional(
    object({
      column: text('Column that says which party a record is of.'),
      pattern: optional(text('Regular expression; its first group is the party.')),
    }),
  ),
});

/** Which columns of a CSV file hold what. */
export type RecordColumns = settings.Read<typeof COLUMNS_SCHEMA>;

/**
 * Reads the small file that says what the columns are.
 * @throws SynclineError INPUT_UNREADABLE with every place to correct
 */
export function recordColumns(path: string): RecordColumns {
  const yaml = new settings.YamlFile(textOf(path), path);
  const read = yaml.findings.length > 0 ? settings.INVALID : COLUMNS_SCHEMA.read(yaml.root());
  if (read === settings.INVALID || yaml.findings.length > 0)
    throw cliError('INPUT_UNREADABLE', yaml.findings.map(settings.findingText).join('\n'), ADVICE);
  return read;
}

const ADVICE = 'docs/how-to/administrators/measure-matching.md describes the file of columns.';
