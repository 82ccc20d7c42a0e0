import type { Row, SourceEvent } from '../workload/event';
import { makeWorkload } from '../workload/workload';
import { lineOf } from '../workload/event';
import { customerSets } from './customers';
import { foldInput } from './fold';
import { openOrders } from './orders';
import { openReceivables } from './receivables';

let position = 0;

function event(table: string, row: Row, change: Partial<SourceEvent> = {}): SourceEvent {
  position += 1;
  const id = row['id'] as number;
  const key = JSON.stringify({ id });
  return { system: 'erp', topic: `erp.${table}`, key, value: '{}', table, id, position, row, ...change };
}

const fold = (...events: SourceEvent[]) => foldInput({ chunks: [{ system: 'erp', events }], events: events.length });

const LEDGER = [
  event('account_account_type', { id: 2, receivable: true }),
  event('account_account', { id: 5, type: 2 }),
  event('account_invoice', { id: 1, move: 10, cancel_move: null }),
  event('account_move', { id: 10, origin: 'account.invoice,1' }),
  event('account_move', { id: 11, origin: 'account.invoice,1' }),
];
const line = (id: number, move: number, debit: string, credit: string, reconciliation: number | null = null) =>
  event('account_move_line', { id, move, party: 7, account: 5, debit, credit, reconciliation });

describe('the oracle', () => {
  it('lowers an invoice by what was paid of it, and calls the rest of a payment unapplied', () => {
    const paid = event('account_invoice-account_move_line', { id: 1, invoice: 1, line: 21 });
    const open = (...more: SourceEvent[]) => openReceivables(fold(...LEDGER, ...more), 'erp').get('erp/7');
    expect(open(line(20, 10, '100', '0'), line(21, 11, '0', '30.5'))).toEqual({ open: 6950n, unapplied: 3050n });
    expect(open(line(20, 10, '100', '0'), line(21, 11, '0', '30.5'), paid)).toEqual({ open: 6950n, unapplied: 0n });
    expect(open(line(20, 10, '10', '0'), line(21, 11, '0', '30'), paid)).toEqual({ open: -2000n, unapplied: 2000n });
    expect(open(line(20, 10, '100', '0', 9), line(21, 11, '0', '100', 9))).toBeUndefined();
  });

  it('counts of an order what no invoice in the ledger bills', () => {
    const ordered = (state: string) => [
      event('sale_sale', { id: 3, party: 7, state }),
      event('sale_line', { id: 4, sale: 3, type: 'line', quantity: 5, unit_price: '2.50' }),
      event('account_invoice_line', { id: 6, invoice: 1, type: 'line', origin: 'sale.line,4', quantity: 2 }),
    ];
    const open = (...events: SourceEvent[]) => openOrders(fold(...events), 'erp').get('erp/3');
    expect(open(...ordered('processing'))).toEqual({ account: 'erp/7', open: 1250n });
    expect(open(...ordered('processing'), ...LEDGER)).toEqual({ account: 'erp/7', open: 750n });
    expect(open(...ordered('done'), ...LEDGER)).toEqual({ account: 'erp/7', open: 0n });
  });

  it('makes one customer of accounts with one number, as long as they have it', () => {
    const party = (id: number) => event('party_party', { id, replaced_by: null });
    const number = (id: number, of: number, code: string) => event('party_identifier', { id, party: of, code });
    const parties = [party(1), party(2), party(3), number(1, 1, 'A'), number(2, 2, 'A'), number(3, 3, 'B')];
    expect(customerSets(fold(...parties), ['erp'])).toEqual([['erp/1', 'erp/2'], ['erp/3']]);
    expect(customerSets(fold(...parties, number(2, 2, 'B')), ['erp'])).toEqual([['erp/1'], ['erp/2', 'erp/3']]);
  });

  it('takes the newest version of a row, and none behind a message that can not be handled', () => {
    const [older, newer, newest] = ['old', 'new', 'newest'].map((name) => event('party_party', { id: 1, name }));
    const spoilt = { ...newer!, poison: { code: 'INGEST_NOT_JSON', atFrontDoor: false } };
    const nameIn = (...events: SourceEvent[]) =>
      fold(...events)
        .tables.get('erp/party_party')
        ?.get(1)?.['name'];
    expect(nameIn(newer!, older!)).toBe('new');
    expect(nameIn(older!, spoilt, newest!)).toBe('old');
    expect(fold(older!, spoilt, newest!).letters.waiting.size).toBe(1);
  });
});

describe('the workload', () => {
  it('is the same for the same seed, and another one for another', () => {
    const lines = (seed: number) =>
      makeWorkload({ seed, events: 300, poisonEvery: 50 }).chunks.flatMap(({ events }) => events.map(lineOf));
    expect(lines(1)).toEqual(lines(1));
    expect(lines(1)).not.toEqual(lines(2));
  });
});
