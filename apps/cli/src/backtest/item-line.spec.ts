import { columnHeadings, columnPlaces, ITEM_COLUMNS } from './item-columns';
import { dayOf, itemLine } from './item-line';

const NAMES = Object.keys(ITEM_COLUMNS);
const places = columnPlaces('items.csv', NAMES, new Map());
const usual: Record<string, string> = {
  customer: 'Moreau',
  invoice: 'I1',
  invoice_date: '2024-01-05',
  due_date: '2024-02-04',
  amount: '1200.50',
  currency: 'CNY',
};
const line = (parts: Record<string, string> = {}) =>
  itemLine(
    NAMES.map((name) => ({ ...usual, ...parts })[name] ?? ''),
    places,
    '2024-12-31',
  );

describe('a line of items', () => {
  it('is an open invoice when it is not settled', () => {
    expect(line()).toEqual({
      customer: 'Moreau',
      findings: [],
      item: {
        system: 'file',
        type: 'invoice',
        currency: 'CNY',
        amount: '1200.5',
        openAmount: '1200.5',
        postedOn: '2024-01-05',
        dueOn: '2024-02-04',
        settledOn: null,
        disputed: false,
        writtenOffOn: null,
        settlements: [],
      },
    });
  });

  it('is paid in cash on its settled date', () => {
    expect(line({ settled_date: '2024-03-01' }).item).toMatchObject({
      openAmount: '0',
      settledOn: '2024-03-01',
      settlements: [{ on: '2024-03-01', amount: '1200.5', cash: true }],
    });
  });

  it('is cleared without cash when it is written off', () => {
    expect(line({ written_off_date: '2024-06-30' }).item).toMatchObject({
      openAmount: '0',
      writtenOffOn: '2024-06-30',
      settlements: [{ on: '2024-06-30', cash: false }],
    });
  });

  it.each([
    ['', { disputed: false }],
    ['no', { disputed: false }],
    ['yes', { disputed: true, disputedOn: null }],
    ['2024-02-10', { disputed: true, disputedOn: '2024-02-10' }],
    ['2025-02-10', { disputed: false }],
  ])('disputed %p', (disputed, expected) => expect(line({ disputed }).item).toMatchObject(expected));

  it.each([
    [{ customer: '' }, 'field_missing'],
    [{ amount: ' ' }, 'field_missing'],
    [{ invoice_date: '31.12.2024' }, 'invoice_date_unreadable'],
    [{ invoice_date: '2024-02-30' }, 'invoice_date_unreadable'],
    [{ invoice_date: '2025-01-01' }, 'invoice_date_in_future'],
    [{ settled_date: 'soon' }, 'settled_date_unreadable'],
    [{ written_off_date: 'x' }, 'written_off_date_unreadable'],
    [{ amount: '1,200.50' }, 'amount_unreadable'],
    [{ amount: '1e5' }, 'amount_unreadable'],
    [{ amount: '0.00' }, 'amount_zero'],
    [{ currency: 'RMB' }, 'currency_unknown'],
  ])('%j is left out: %s', (parts, code) => {
    const { item, findings } = line(parts);
    expect(item).toBeNull();
    expect(findings.map((each) => each.code)).toEqual([code]);
  });

  it.each([
    [{ due_date: '' }, 'due_date_missing', { dueOn: null, openAmount: '1200.5' }],
    [{ due_date: '?' }, 'due_date_unreadable', { dueOn: null }],
    [{ due_date: '2023-12-31' }, 'due_before_invoice', { dueOn: '2024-01-05' }],
    [{ settled_date: '2024-01-01' }, 'settled_before_invoice', { settledOn: '2024-01-05' }],
    [{ settled_date: '2025-01-01' }, 'settled_in_future', { settledOn: null, openAmount: '1200.5' }],
    [{ amount: '-50' }, 'amount_negative', { type: 'credit_note', amount: '-50', dueOn: null }],
  ])('%j is kept: %s', (parts, code, expected) => {
    const { item, findings } = line(parts);
    expect(item).toMatchObject(expected);
    expect(findings.map((each) => each.code)).toEqual([code]);
  });

  it('tells everything that is wrong, not only the first', () => {
    const { findings } = line({ amount: 'x', currency: 'XXQ', settled_date: 'x' });
    expect(findings).toHaveLength(3);
  });
});

describe('a day', () => {
  it.each([
    ['2024-01-05', '2024-01-05'],
    ['2024-1-5', '2024-01-05'],
    ['2024/1/5', '2024-01-05'],
    ['20240105', '2024-01-05'],
    ['2024-01-05T10:11:12Z', '2024-01-05'],
    ['2024/01/05 00:00:00', '2024-01-05'],
    ['05/01/2024', null],
    ['2024-13-01', null],
    ['45296', null],
  ])('%s', (text, expected) => expect(dayOf(text)).toBe(expected));
});

describe('columns', () => {
  it('are found by their names in any case, or by the headings given', () => {
    const headings = columnHeadings(['invoice=Belegnummer', 'customer=Kunde=Nr']);
    const found = columnPlaces(
      'f.csv',
      ['Kunde=Nr', 'BELEGNUMMER', 'Invoice Date', 'due-date', 'amount', 'currency', 'Settled date'],
      headings,
    );
    expect(Object.fromEntries(found)).toEqual({
      customer: 0,
      invoice: 1,
      invoice_date: 2,
      due_date: 3,
      amount: 4,
      currency: 5,
      settled_date: 6,
    });
  });

  it('names those that are missing, and what is there', () => {
    expect(() => columnPlaces('f.csv', ['customer', 'invoice'], new Map())).toThrow(
      'f.csv:1: no column invoice_date, due_date, amount, currency, settled_date; the headings are customer | invoice',
    );
    expect(() => columnPlaces('f.csv', NAMES, columnHeadings(['disputed=Streit']))).toThrow(
      'no column disputed (Streit)',
    );
    expect(() => columnHeadings(['invoise=x'])).toThrow('did you mean invoice?');
  });
});
