import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { BacktestCustomer, HistoricItem } from '@syncline/credit';
import { SynclineError, type LocalDate } from '@syncline/model';
import { parse } from 'csv-parse/sync';
import { cliError } from '../errors';
import { columnPlaces, type ColumnPlaces, type ItemColumn } from './item-columns';
import { itemLine } from './item-line';
import { ITEM_FINDINGS, type ItemFinding } from './item-finding';

export interface ReadOptions {
  /** Column → heading, where the file calls it otherwise. */
  headings: ReadonlyMap<ItemColumn, string>;
  delimiter: string;
  /** Name of the encoding as the Encoding Standard has it: `utf-8`, `gb18030`, `windows-1252`. */
  encoding: string;
  /** Nothing later than this day can be known. */
  latest: LocalDate;
}

/** The items of a file by customer, and everything that was odd about its lines. */
export interface ItemsRead {
  customers: BacktestCustomer[];
  findings: ItemFinding[];
  /** Lines below the headings that are not empty. */
  lines: number;
  /** Items that count; the other lines are in the findings. */
  items: number;
  /** The latest day that an item was invoiced, settled or written off on; '' without items. */
  lastDay: LocalDate;
}

/** Lines that are parsed at once. */
const GROUP = 500;

/**
 * Reads a file of items as a stream, gunzipped when its name ends in .gz. One record is one line, so that a quote that
 * is not closed spoils its own line and no other. A line that can't be used is a finding; the others go on.
 * @throws SynclineError INPUT_UNREADABLE, ITEMS_UNUSABLE
 */
export async function readItems(file: string, options: ReadOptions): Promise<ItemsRead> {
  await access(file).catch(() => {
    throw cliError('INPUT_UNREADABLE', `${file} can't be read`);
  });
  const collector = new ItemCollector(file, options);
  const decoder = decoderOf(options.encoding);
  try {
    let group: NumberedLine[] = [];
    let number = 0;
    for await (const text of createInterface({ input: decoded(file, decoder), crlfDelay: Infinity })) {
      number += 1;
      if (text.trim() !== '') group.push({ number, text: number === 1 ? text.replace(/^\ufeff/, '') : text });
      if (group.length < GROUP) continue;
      collector.addAll(group);
      group = [];
    }
    collector.addAll(group);
  } catch (cause) {
    throw unreadable(file, options.encoding, cause);
  }
  return collector.result();
}

interface NumberedLine {
  number: number;
  text: string;
}

function decoded(file: string, decoder: TextDecoder): Readable {
  const bytes = createReadStream(file);
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  // A stream that breaks must break the one that is read, too.
  bytes.on('error', (error) => input.destroy(error));
  return Readable.from(textOf(input, decoder));
}

async function* textOf(input: AsyncIterable<Buffer>, decoder: TextDecoder): AsyncGenerator<string> {
  for await (const chunk of input) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw cliError(
      'ITEMS_UNUSABLE',
      `--encoding ${encoding} is unknown`,
      'For instance: utf-8, gb18030, windows-1252.',
    );
  }
}

function unreadable(file: string, encoding: string, cause: unknown): unknown {
  if (cause instanceof SynclineError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return cliError('ITEMS_UNUSABLE', `${file} is not ${encoding}`, 'Give its encoding: --encoding gb18030.');
  return code === undefined ? cause : cliError('INPUT_UNREADABLE', `${file} can't be read to its end: ${message}`);
}

/** The fields of each line; null for a line that is no CSV. */
function fieldsOf(lines: readonly NumberedLine[], delimiter: string): (string[] | null)[] {
  const together = parsed(lines.map(({ text }) => text).join('\n'), delimiter);
  if (together?.length === lines.length) return together;
  // Somewhere a quote is not closed and swallowed the lines behind it: then each line is read by itself.
  return lines.map(({ text }) => {
    const records = parsed(text, delimiter);
    return records?.length === 1 ? (records[0] ?? null) : null;
  });
}

function parsed(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true });
  } catch {
    return null;
  }
}

/** Collects lines into customers. */
class ItemCollector {
  private places: ColumnPlaces | null = null;
  private width = 0;
  private readonly customers = new Map<string, HistoricItem[]>();
  private readonly seen = new Set<string>();
  private readonly findings: ItemFinding[] = [];
  private lines = 0;
  private items = 0;
  private lastDay: LocalDate = '';

  constructor(
    private readonly file: string,
    private readonly options: ReadOptions,
  ) {}

  addAll(lines: readonly NumberedLine[]): void {
    fieldsOf(lines, this.options.delimiter).forEach((fields, index) => this.add(fields, lines[index]?.number ?? 0));
  }

  private add(fields: string[] | null, line: number): void {
    if (this.places === null) {
      this.places = columnPlaces(this.file, fields ?? [], this.options.headings);
      this.width = fields?.length ?? 0;
      return;
    }
    this.lines += 1;
    if (fields === null) {
      this.report(line, 'line_unreadable', 'a quote is missing or in the wrong place');
      return;
    }
    if (fields.length !== this.width) {
      this.report(line, 'line_unreadable', `${fields.length} fields in place of ${this.width}`);
      return;
    }
    const text = fields.join('\u001f');
    if (this.seen.has(text)) {
      this.report(line, 'line_repeated', 'stands further up');
      return;
    }
    this.seen.add(text);
    const { customer, item, findings } = itemLine(fields, this.places, this.options.latest);
    for (const { code, message } of findings) this.report(line, code, message);
    if (item) this.keep(customer, item);
  }

  result(): ItemsRead {
    if (this.places === null)
      throw cliError('ITEMS_UNUSABLE', `${this.file} is empty`, 'The first line has the headings.');
    const { findings, lines, items, lastDay } = this;
    const customers = [...this.customers].map(([id, list]) => ({ id, items: list }));
    return { customers, findings, lines, items, lastDay };
  }

  private keep(customer: string, item: HistoricItem): void {
    const items = this.customers.get(customer);
    if (items) items.push(item);
    else this.customers.set(customer, [item]);
    this.items += 1;
    for (const day of [item.postedOn, item.settledOn, item.writtenOffOn])
      if (day && day > this.lastDay) this.lastDay = day;
  }

  private report(line: number, code: keyof typeof ITEM_FINDINGS, message: string): void {
    this.findings.push({ file: this.file, line, code, message });
  }
}
