import type { RecordKind } from '@syncline/model';
import { joinItems } from './join-items';
import { joinOrders } from './join-orders';
import { RecordIndex } from './record-index';
import type { StoredRecord } from './reconcile-store.port';

function record(
  kind: RecordKind,
  key: string,
  fields: StoredRecord['fields'] = {},
  refs: StoredRecord['refs'] = {},
): StoredRecord {
  const origin = { topic: 't', partition: 0, offset: 0, mapping: 'm@1' };
  return { system: 'erp', kind, key, version: '1', deleted: false, fields, refs, fieldVersions: {}, floor: '', origin };
}

function indexOf(...records: StoredRecord[]): RecordIndex {
  const index = new RecordIndex();
  index.add(records);
  return index;
}

const RECEIVABLE = record('ledger_account', '5', { receivable: true });
const INVOICE_POSTING = record('posting', '116', { posted_on: '2026-01-10' }, { invoice: '69' });
const INVOICE = record('invoice', '69', { number: 'INV-68' }, { account: '26', posting: '116' });

function item(
  key: string,
  amount: string,
  over: { due?: string; posting?: string; settlement?: string; ledger?: string } = {},
): StoredRecord {
  return record(
    'receivable_item',
    key,
    { amount, due_on: over.due ?? null },
    {
      account: '26',
      ledger_account: over.ledger ?? '5',
      posting: over.posting ?? '116',
      settlement: over.settlement ?? null,
    },
  );
}

describe('joinItems', () => {
  it("calls a line of the invoice's own posting an invoice, with its number, day and due date", () => {
    const [row] = joinItems(
      'erp',
      'CNY',
      ['373'],
      indexOf(item('373', '22374', { due: '2026-02-09' }), RECEIVABLE, INVOICE_POSTING, INVOICE),
    );
    expect(row).toMatchObject({
      type: 'invoice',
      number: 'INV-68',
      openAmount: '22374',
      postedOn: '2026-01-10',
      dueOn: '2026-02-09',
      settledOn: null,
    });
  });

  it('leaves out lines of other ledger accounts, and lines whose ledger account has not come', () => {
    const index = indexOf(
      item('1', '10', { ledger: '6' }),
      item('2', '10', { ledger: '7' }),
      record('ledger_account', '6', { receivable: false }),
    );
    expect(joinItems('erp', 'CNY', ['1', '2'], index)).toEqual([]);
  });

  it("lets the ledger account's type say that it is a receivable account", () => {
    const index = indexOf(
      item('1', '10', { ledger: '8' }),
      record('ledger_account', '8', {}, { type: '3' }),
      record('ledger_account_type', '3', { receivable: true }),
    );
    expect(joinItems('erp', 'CNY', ['1'], index)).toHaveLength(1);
  });

  it('tells part payments, payments on account, credit notes and other debits apart', () => {
    const index = indexOf(
      RECEIVABLE, INVOICE_POSTING, INVOICE,
      record('posting', '117', { posted_on: '2026-01-20' }, { invoice: '69' }),
      record('posting', '118', { posted_on: '2026-01-21' }),
      item('374', '-5000', { posting: '117' }), record('application', '49', {}, { item: '374', invoice: '69' }),
      item('375', '-70', { posting: '118' }),
      item('376', '-80'),
      item('377', '90', { posting: '118' }),
    ); // prettier-ignore
    const types = joinItems('erp', 'CNY', ['374', '375', '376', '377'], index).map((row) => [
      row.key,
      row.type,
      row.invoiceKey,
    ]);
    expect(types).toEqual([
      ['374', 'part_payment', '69'],
      ['375', 'on_account', null],
      ['376', 'credit_note', '69'],
      ['377', 'debit_memo', null],
    ]);
  });

  it('spreads the payments of a settlement group over its invoice, each on its own day', () => {
    const index = indexOf(
      RECEIVABLE, INVOICE_POSTING, INVOICE,
      record('posting', '117', { posted_on: '2026-01-20' }), record('posting', '118', { posted_on: '2026-03-01' }),
      item('373', '22374', { due: '2026-02-09', settlement: '41' }),
      item('374', '-5000', { posting: '117', settlement: '41' }),
      item('376', '-17374', { posting: '118', settlement: '41' }),
    ); // prettier-ignore
    const [invoice, first, second] = joinItems('erp', 'CNY', ['373', '374', '376'], index);
    expect(invoice).toMatchObject({
      openAmount: '0',
      settledOn: '2026-03-01',
      settlements: [
        { on: '2026-01-20', amount: '5000', cash: true },
        { on: '2026-03-01', amount: '17374', cash: true },
      ],
    });
    expect([first!.openAmount, second!.openAmount]).toEqual(['0', '0']);
  });

  it("keeps a USD item's open amount in both currencies", () => {
    const usd = item('1', '1422.5');
    usd.fields = { ...usd.fields, document_amount: '200', document_currency: 'USD', open_amount: '711.25' };
    expect(joinItems('erp', 'CNY', ['1'], indexOf(usd, RECEIVABLE))[0]).toMatchObject({
      currency: 'CNY',
      openAmount: '711.25',
      documentCurrency: 'USD',
      documentOpenAmount: '100',
    });
  });
});

describe('joinOrders', () => {
  const order = (state: string): StoredRecord =>
    record(
      'order',
      '75',
      { state, currency: 'CNY', untaxed_amount: '19800', total_amount: '22374' },
      { account: '26' },
    );
  const lines = [
    record('order_line', '151', { quantity: '4', unit_price: '1850' }, { order: '75' }),
    record('order_line', '152', { quantity: '2', unit_price: '6200' }, { order: '75' }),
  ];

  it('is open with what is not yet on a posted invoice, while confirmed or processing', () => {
    const billed = record('invoice_line', '141', { quantity: '3' }, { order_line: '151', invoice: '69' });
    const draft = record('invoice_line', '142', { quantity: '2' }, { order_line: '152', invoice: '70' });
    const index = indexOf(
      order('processing'),
      ...lines,
      billed,
      draft,
      INVOICE,
      record('invoice', '70', {}, { account: '26', posting: null }),
    );
    expect(joinOrders('erp', 'CNY', ['75'], index)[0]).toMatchObject({
      orderedAmount: '19800',
      invoicedAmount: '5550',
      openAmount: '14250',
      grossFactor: '1.13',
      invoiceKeys: ['69'],
    });
    expect(joinOrders('erp', 'CNY', ['75'], indexOf(order('done'), ...lines))[0]).toMatchObject({ openAmount: '0' });
  });

  it('has the cost of goods where the system says it, and no cost otherwise', () => {
    const costed = record(
      'order_line',
      '151',
      { quantity: '4', unit_price: '1850', unit_cost: '1200.5' },
      { order: '75' },
    );
    const [joined] = joinOrders('erp', 'CNY', ['75'], indexOf(order('done'), costed, lines[1]!));
    expect(joined?.lines.map(({ unitCost }) => unitCost)).toEqual(['1200.5', undefined]);
  });

  it('has what its invoices ask for a unit, weighted, where they are in its currency', () => {
    const billed = (key: string, quantity: string, price: string, invoice = '69') =>
      record('invoice_line', key, { quantity, unit_price: price }, { order_line: '151', invoice });
    const priceOf = (...more: StoredRecord[]) =>
      joinOrders('erp', 'CNY', ['75'], indexOf(order('done'), ...lines, INVOICE, ...more))[0]!.lines[0]!.invoicePrice;
    expect(priceOf()).toBeUndefined();
    expect(priceOf(billed('1', '1', '1850'), billed('2', '3', '1850'))).toBe('1850');
    expect(priceOf(billed('1', '1', '1850'), billed('2', '2', '1900'))).toBe('1883.333333');
    expect(priceOf(billed('1', '1', '1850'), billed('2', '-1', '1850'))).toBeUndefined();
    const dollars = record('invoice', '71', { currency: 'USD' }, { account: '26', posting: '9' });
    expect(priceOf(billed('1', '1', '1850'), billed('2', '1', '260', '71'), dollars)).toBeUndefined();
  });

  it('knows since when a delivery waits for its invoice, the oldest one being invoiced first', () => {
    const delivered = (key: string, quantity: string, on?: string) =>
      record('delivery', key, { quantity, ...(on ? { delivered_on: on } : {}) }, { order_line: '151' });
    const sinceOf = (invoiced: string, ...deliveries: StoredRecord[]) => {
      const billed = record('invoice_line', '1', { quantity: invoiced }, { order_line: '151', invoice: '69' });
      const index = indexOf(order('processing'), ...lines, INVOICE, billed, ...deliveries);
      return joinOrders('erp', 'CNY', ['75'], index)[0]!.lines[0]!.uninvoicedSince;
    };
    const two = [delivered('b', '2', '2026-02-01'), delivered('a', '1', '2026-01-01')];
    expect(['0', '1', '2', '3'].map((invoiced) => sinceOf(invoiced, ...two))).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-02-01',
      undefined,
    ]);
    expect(sinceOf('0', delivered('a', '1'))).toBeUndefined();
    expect(sinceOf('1', delivered('a', '2', '2026-01-01'), delivered('r', '-1', '2026-01-05'))).toBeUndefined();
  });

  it('counts deliveries that are done, returns included, and never opens below zero', () => {
    const index = indexOf(
      order('confirmed'), ...lines,
      record('delivery', '1', { quantity: '4' }, { order_line: '151' }),
      record('delivery', '2', { quantity: '-1', state: 'done' }, { order_line: '151' }),
      record('delivery', '3', { quantity: '2', state: 'draft' }, { order_line: '152' }),
      record('invoice_line', '9', { quantity: '9' }, { order_line: '151', invoice: '69' }), INVOICE,
    ); // prettier-ignore
    expect(joinOrders('erp', 'CNY', ['75'], index)[0]).toMatchObject({ deliveredAmount: '5550', openAmount: '12400' });
  });
});
