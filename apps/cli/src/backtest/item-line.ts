import type { HistoricItem } from '@syncline/credit';
import { canonicalDecimal, isLocalDate, type Decimal, type LocalDate } from '@syncline/model';
import type { ColumnPlaces, ItemColumn } from './item-columns';
import type { ItemFindingCode } from './item-finding';

/** The system that items of a file belong to. */
export const FILE_SYSTEM = 'file';

/** What a line says: an item of a customer, or null where it is left out; and everything odd about it. */
export interface ItemLine {
  customer: string;
  item: HistoricItem | null;
  findings: { code: ItemFindingCode; message: string }[];
}

const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const NO = new Set(['', '0', 'n', 'no', 'false', '否']);

/** Reads one line. `knownUntil` is the last day that the file can know of. */
export function itemLine(fields: readonly string[], places: ColumnPlaces, knownUntil: LocalDate): ItemLine {
  return new LineReader(fields, places, knownUntil).read();
}

class LineReader {
  private readonly findings: ItemLine['findings'] = [];

  constructor(
    private readonly fields: readonly string[],
    private readonly places: ColumnPlaces,
    private readonly knownUntil: LocalDate,
  ) {}

  read(): ItemLine {
    return { customer: this.text('customer'), item: this.item(), findings: this.findings };
  }

  private item(): HistoricItem | null {
    const missing = (['customer', 'invoice_date', 'amount', 'currency'] as const).filter((name) => !this.text(name));
    if (missing.length > 0) return this.refuse('field_missing', `no ${missing.join(', no ')}`);
    const postedOn = this.postedOn();
    const amount = this.amount();
    const currency = this.currency();
    const settledOn = this.day('settled_date', 'settled_date_unreadable');
    const writtenOffOn = this.day('written_off_date', 'written_off_date_unreadable');
    if (postedOn === null || amount === null || currency === null) return null;
    if (settledOn === undefined || writtenOffOn === undefined) return null;
    return this.settled({
      system: FILE_SYSTEM,
      type: amount.startsWith('-') ? 'credit_note' : 'invoice',
      currency,
      amount,
      openAmount: amount,
      postedOn,
      dueOn: amount.startsWith('-') ? null : this.dueOn(postedOn),
      settledOn: this.within(settledOn, postedOn),
      ...this.dispute(),
      writtenOffOn: writtenOffOn !== null && writtenOffOn <= this.knownUntil ? writtenOffOn : null,
      settlements: [],
    });
  }

  /** With its one settlement: in cash, or by being written off. */
  private settled(item: HistoricItem): HistoricItem {
    const on = item.settledOn ?? item.writtenOffOn ?? null;
    if (on === null) return item;
    const amount = item.amount.replace('-', '');
    const cash = item.settledOn !== null && item.type === 'invoice';
    return { ...item, openAmount: '0', settledOn: on, settlements: [{ on, amount, cash }] };
  }

  private postedOn(): LocalDate | null {
    const day = dayOf(this.text('invoice_date'));
    if (day === null) return this.refuse('invoice_date_unreadable', 'the invoice date is not YYYY-MM-DD');
    if (day > this.knownUntil) return this.refuse('invoice_date_in_future', `invoiced on ${day}`);
    return day;
  }

  private amount(): Decimal | null {
    const text = this.text('amount');
    if (!PLAIN_NUMBER.test(text))
      return this.refuse('amount_unreadable', 'the amount must be digits with a point, without separators');
    const amount = canonicalDecimal(text.replace('+', ''));
    if (amount === '0') return this.refuse('amount_zero', 'the amount is 0');
    if (amount.startsWith('-')) this.note('amount_negative', 'the amount is below zero');
    return amount;
  }

  private currency(): string | null {
    const code = this.text('currency').toUpperCase();
    return CURRENCIES.has(code) ? code : this.refuse('currency_unknown', `${JSON.stringify(code)} is no currency`);
  }

  private dueOn(postedOn: LocalDate): LocalDate | null {
    const text = this.text('due_date');
    if (text === '') return this.note('due_date_missing', 'no due date');
    const day = dayOf(text);
    if (day === null) return this.note('due_date_unreadable', 'the due date is not YYYY-MM-DD');
    if (day >= postedOn) return day;
    this.note('due_before_invoice', `due on ${day}, invoiced on ${postedOn}`);
    return postedOn;
  }

  /** The settlement day as far as it can be: not before the invoice, not after the last day known. */
  private within(settledOn: LocalDate | null, postedOn: LocalDate): LocalDate | null {
    if (settledOn === null) return null;
    if (settledOn > this.knownUntil) return this.note('settled_in_future', `settled on ${settledOn}`);
    if (settledOn >= postedOn) return settledOn;
    this.note('settled_before_invoice', `settled on ${settledOn}, invoiced on ${postedOn}`);
    return postedOn;
  }

  /** A day is the dispute's first; any other word but no means that it is disputed since nobody knows when. */
  private dispute(): Pick<HistoricItem, 'disputed' | 'disputedOn'> {
    const text = this.text('disputed');
    if (NO.has(text.toLowerCase())) return { disputed: false };
    const disputedOn = dayOf(text);
    if (disputedOn !== null && disputedOn > this.knownUntil) return { disputed: false };
    return { disputed: true, disputedOn };
  }

  /** Null = empty, undefined = unreadable, and the line is left out. */
  private day(column: ItemColumn, code: ItemFindingCode): LocalDate | null | undefined {
    const text = this.text(column);
    if (text === '') return null;
    const day = dayOf(text);
    if (day !== null) return day;
    this.note(code, `the ${column.replaceAll('_', ' ')} is not YYYY-MM-DD`);
    return undefined;
  }

  private text(column: ItemColumn): string {
    const place = this.places.get(column);
    return place === undefined ? '' : (this.fields[place] ?? '').trim();
  }

  private note(code: ItemFindingCode, message: string): null {
    this.findings.push({ code, message });
    return null;
  }

  private refuse(code: ItemFindingCode, message: string): null {
    return this.note(code, message);
  }
}

const DAY = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|(\d{2})(\d{2}))(?:[T ][\d:.Z+-]*)?$/;

/** `2024-01-05`, `2024/1/5`, `20240105`, any with a time behind it, which is dropped; null for anything else. */
export function dayOf(text: string): LocalDate | null {
  const match = DAY.exec(text);
  if (!match) return null;
  const [year, ...parts] = match.slice(1).filter((part) => part !== undefined);
  const day = [year, ...parts.map((part) => part.padStart(2, '0'))].join('-');
  return isLocalDate(day) ? day : null;
}
