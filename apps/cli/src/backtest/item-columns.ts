import { settings } from '@syncline/model';
import { cliError } from '../errors';

/** The columns of a file of items, by the name that docs and options use. */
export const ITEM_COLUMNS = {
  customer: { required: true },
  invoice: { required: true },
  invoice_date: { required: true },
  due_date: { required: true },
  amount: { required: true },
  currency: { required: true },
  settled_date: { required: true },
  disputed: { required: false },
  written_off_date: { required: false },
} as const;

export type ItemColumn = keyof typeof ITEM_COLUMNS;
const NAMES = Object.keys(ITEM_COLUMNS) as ItemColumn[];

/** Column → its place in a line; absent = the file has no such column. */
export type ColumnPlaces = ReadonlyMap<ItemColumn, number>;

/**
 * `invoice=Belegnummer` of the command line: which heading stands for which column.
 * @throws SynclineError ITEMS_UNUSABLE for a name that is no column
 */
export function columnHeadings(options: readonly string[]): ReadonlyMap<ItemColumn, string> {
  return new Map(
    options.map((option): [ItemColumn, string] => {
      const [written, ...heading] = option.split('=');
      const name = NAMES.find((each) => each === written?.trim());
      if (name !== undefined && heading.length > 0) return [name, heading.join('=')];
      const hint = settings.didYouMean(written ?? '', NAMES) ?? `the columns are ${NAMES.join(', ')}`;
      throw cliError('ITEMS_UNUSABLE', `--column ${option}: write --column <column>=<heading>; ${hint}`);
    }),
  );
}

/**
 * Where the columns stand in a file with these headings: the heading of `--column`, else the column's own name, in
 * any case and with spaces, hyphens or underscores.
 * @throws SynclineError ITEMS_UNUSABLE naming every required column that is not there
 */
export function columnPlaces(
  file: string,
  headings: readonly string[],
  chosen: ReadonlyMap<ItemColumn, string>,
): ColumnPlaces {
  const places = new Map<ItemColumn, number>();
  const missing: string[] = [];
  const plain = headings.map(normalised);
  for (const name of NAMES) {
    const heading = chosen.get(name);
    const place = plain.indexOf(normalised(heading ?? name));
    if (place >= 0) places.set(name, place);
    else if (ITEM_COLUMNS[name].required || heading !== undefined)
      missing.push(heading === undefined ? name : `${name} (${heading})`);
  }
  if (missing.length === 0) return places;
  const message = `${file}:1: no column ${missing.join(', ')}; the headings are ${headings.join(' | ')}`;
  const advice =
    headings.length === 1
      ? 'One heading alone: perhaps the fields are parted by another character; give it with --delimiter.'
      : 'Say which heading stands for it: --column invoice=Belegnummer.';
  throw cliError('ITEMS_UNUSABLE', message, advice);
}

function normalised(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}
