import { anEntry } from '@syncline/testing';
import { agingOf } from '../aging';
import { overdueFacts } from '../overdue';
import { paymentObservations } from '../payment-observation';
import { ledgerAsOf, openLines, unappliedCredits, type Ledger, type LedgerQuestion } from './ledger-as-of';
import type { LedgerEntry } from './ledger-entry';
import type { LedgerEvent } from './ledger-event';

/** Event day and known time on the same day. */
const on = (day: string) => ({ on: day, knownAt: day });
const invoice = anEntry({ key: 'i', amount: '10000' });
const receipt = anEntry({ key: 'r', type: 'receipt', amount: '6000', postedOn: '2025-02-10' });
const paid: LedgerEvent = {
  id: 'paid',
  type: 'apply',
  creditKey: 'r',
  debitKey: 'i',
  amount: '6000',
  ...on('2025-02-10'),
};

function ask(entries: LedgerEntry[], events: LedgerEvent[], asOf = '2025-03-31', more: Partial<LedgerQuestion> = {}) {
  return ledgerAsOf(entries, events, { asOf, knownAt: '2026-01-01', ...more });
}

const openOf = (ledger: Ledger): Record<string, string> =>
  Object.fromEntries(openLines(ledger).map(({ key, openAmount }) => [key, openAmount]));
const codes = (ledger: Ledger): string[] => ledger.findings.map(({ code, id }) => `${code} ${id}`);

describe('a payment', () => {
  it('in part leaves invoice open and linked; what is paid in March is open in February', () => {
    expect(openOf(ask([invoice, receipt], [paid], '2025-02-28'))).toEqual({ i: '4000' });
    expect(openOf(ask([invoice, receipt], [paid], '2025-02-09'))).toEqual({ i: '10000' });
    const [line] = ask([invoice, receipt], [paid]).lines;
    expect(line.settlements).toEqual([{ on: '2025-02-10', amount: '6000', cash: true }]);
  });

  it('that is too high leaves unapplied credit, in its own column', () => {
    const high = { ...receipt, amount: '11000' };
    const ledger = ask([invoice, high], [{ ...paid, amount: '10000' }]);
    expect(openOf(ledger)).toEqual({ r: '-1000' });
    expect(agingOf(ledger.lines, { asOf: ledger.asOf })[0]).toMatchObject({ unapplied: '-1000', total: '-1000' });
  });

  it('applied late is evidence of the day on which the money came', () => {
    const ledger = ask([invoice, receipt], [{ ...paid, on: '2025-03-20' }]);
    const seen = paymentObservations(ledger.lines, ledger.asOf, 365);
    expect(seen).toEqual([{ amount: 6000, days: 10, age: 49, daysToPay: 40 }]);
    expect(openOf(ask([invoice, receipt], [{ ...paid, on: '2025-03-20' }], '2025-03-01'))).toEqual({
      i: '10000',
      r: '-6000',
    });
  });

  it('of instalments goes to the line that it names; each line has its own due date', () => {
    const lines = [
      anEntry({ key: 'i1', invoiceKey: 'I', amount: '50', dueOn: '2025-01-31' }),
      anEntry({ key: 'i2', invoiceKey: 'I', amount: '50', dueOn: '2025-03-31' }),
    ];
    const ledger = ask([...lines, receipt], [{ ...paid, debitKey: 'i1', amount: '30' }], '2025-02-28');
    const [aging] = agingOf(ledger.lines, { asOf: ledger.asOf });
    expect([aging.buckets.current, aging.buckets['1-30']]).toEqual(['50', '20']);
  });

  it('before the invoice is unapplied until the invoice is there, with a finding', () => {
    const later = { ...invoice, postedOn: '2025-03-01', dueOn: '2025-03-31' };
    expect(openOf(ask([later, receipt], [paid], '2025-02-20'))).toEqual({ r: '-6000' });
    const ledger = ask([later, receipt], [paid]);
    expect(openOf(ledger)).toEqual({ i: '4000' });
    expect(codes(ledger)).toEqual(['SETTLED_BEFORE_INVOICE paid']);
    expect(paymentObservations(ledger.lines, ledger.asOf, 365)[0]).toMatchObject({ days: -49, daysToPay: -19 });
  });

  it('can be unapplied, in part or at last in whole', () => {
    const back: LedgerEvent = { id: 'u', type: 'unapply', applicationId: 'paid', amount: '1000', ...on('2025-03-01') };
    const rest: LedgerEvent = { id: 'v', type: 'unapply', applicationId: 'paid', ...on('2025-03-02') };
    expect(openOf(ask([invoice, receipt], [paid, back]))).toEqual({ i: '5000', r: '-1000' });
    expect(openOf(ask([invoice, receipt], [paid, back, rest]))).toEqual({ i: '10000', r: '-6000' });
  });

  it('in another currency needs the amount in both', () => {
    const dollars = { ...receipt, currency: 'USD', amount: '850', bookingRate: '7.1' };
    expect(codes(ask([invoice, dollars], [paid]))).toEqual(['CURRENCY_MISMATCH paid']);
    const both = { ...paid, creditAmount: '850' } as LedgerEvent;
    const back: LedgerEvent = { id: 'u', type: 'unapply', applicationId: 'paid', amount: '3000', ...on('2025-03-01') };
    const ledger = ask([invoice, dollars], [both]);
    expect(openOf(ledger)).toEqual({ i: '4000' });
    expect(ledger.lines[0].realised).toBe('35');
    expect(openOf(ask([invoice, dollars], [both, back]))).toEqual({ i: '7000', r: '-425' });
  });
});

describe('a residual', () => {
  const residual = anEntry({ key: 's', amount: '4000', postedOn: '2025-02-10', dueOn: '2025-03-12', rootKey: 'i' });
  const carried: LedgerEvent = { id: 'c', type: 'residual', debitKey: 'i', amount: '4000', ...on('2025-02-10') };

  it('is aged on the dates of its root and ages like a partial payment', () => {
    const cleared = ask([invoice, receipt, residual], [paid, carried], '2025-02-28');
    const partial = ask([invoice, receipt], [paid], '2025-02-28');
    expect(openOf(cleared)).toEqual({ s: '4000' });
    for (const basis of ['due', 'invoiced'] as const) {
      expect(agingOf(cleared.lines, { asOf: '2025-02-28', basis })).toEqual(
        agingOf(partial.lines, { asOf: '2025-02-28', basis }),
      );
    }
  });

  it('of a residual reaches the first root', () => {
    const second = { ...residual, key: 't', rootKey: 's', amount: '1000' };
    expect(ask([invoice, residual, second], []).lines.find(({ key }) => key === 't')).toMatchObject({
      dueOn: '2025-01-31',
      invoicedOn: '2025-01-01',
      rootKey: 'i',
    });
  });

  it('keeps its own dates while the root is not known', () => {
    const ledger = ask([residual], []);
    expect(ledger.lines[0].dueOn).toBe('2025-03-12');
    expect(codes(ledger)).toEqual(['UNKNOWN_REFERENCE s']);
  });
});

describe('discounts and write-offs', () => {
  const withTerms = anEntry({ key: 'i', amount: '10000', discount: { until: '2025-01-11', amount: '200' } });
  const taken = (day: string, amount: string): LedgerEvent => ({
    id: `d${day}`,
    type: 'discount',
    debitKey: 'i',
    amount,
    ...on(day),
  });

  it('a discount within its window settles on that day and is no cash', () => {
    const ledger = ask([withTerms], [taken('2025-01-11', '200')]);
    expect(ledger.lines[0]).toMatchObject({ openAmount: '9800', discounted: '200' });
    expect(ledger.lines[0].settlements).toEqual([{ on: '2025-01-11', amount: '200', cash: false }]);
  });

  it('an unearned discount stays open: too late, too much, or without terms', () => {
    expect(openOf(ask([withTerms], [taken('2025-01-12', '200')]))).toEqual({ i: '10000' });
    const tooMuch = ask([withTerms], [taken('2025-01-10', '150'), taken('2025-01-11', '150')]);
    expect(openOf(tooMuch)).toEqual({ i: '9800' });
    expect(codes(tooMuch)).toEqual(['DISCOUNT_UNEARNED d2025-01-11']);
    expect(openOf(ask([invoice], [taken('2025-01-11', '200')]))).toEqual({ i: '10000' });
  });

  it('a write-off lowers what is open, is no payment, and an adverse event', () => {
    const off: LedgerEvent = { id: 'w', type: 'write_off', debitKey: 'i', amount: '3000', ...on('2025-03-01') };
    const ledger = ask([invoice], [off]);
    expect(openOf(ledger)).toEqual({ i: '7000' });
    expect(ledger.adverse).toEqual([
      { id: 'w', type: 'write_off', on: '2025-03-01', key: 'i', currency: 'CNY', amount: '3000' },
    ]);
    expect(paymentObservations(ledger.lines, ledger.asOf, 365)).toEqual([]);
  });
});

describe('a receipt that bounces', () => {
  const bounced: LedgerEvent = { id: 'b', type: 'reversal', creditKey: 'r', bounced: true, ...on('2025-03-05') };

  it('opens the invoice again on its original due date, and nothing of the receipt is left', () => {
    const ledger = ask([invoice, receipt], [paid, bounced], '2025-03-05');
    expect(openOf(ledger)).toEqual({ i: '10000' });
    expect(overdueFacts(ledger.lines, '2025-03-05', 90).maxDaysPastDue).toBe(33);
    expect(ledger.adverse.map(({ type, key }) => [type, key])).toEqual([['bounced', 'r']]);
    expect(paymentObservations(ledger.lines, '2025-03-05', 365)).toEqual([]);
  });

  it('leaves the past as it was known', () => {
    const then = { asOf: '2025-02-28', knownAt: '2025-02-28' };
    expect(openOf(ledgerAsOf([invoice, receipt], [paid, bounced], then))).toEqual({ i: '4000' });
  });

  it('applies to nothing afterwards', () => {
    const again: LedgerEvent = { ...paid, id: 'again', ...on('2025-03-10') };
    expect(codes(ask([invoice, receipt], [bounced, again]))).toEqual(['APPLIED_AFTER_REVERSAL again']);
  });
});

describe('a dispute', () => {
  const opened: LedgerEvent = { id: 'o', type: 'dispute_opened', debitKey: 'i', ...on('2025-02-01') };
  const closed = (outcome: 'upheld' | 'rejected', day = '2025-04-01'): LedgerEvent => ({
    id: 'c',
    type: 'dispute_closed',
    disputeId: 'o',
    outcome,
    ...on(day),
  });
  const overdueOn = (events: LedgerEvent[], asOf: string, knownAt = asOf): string =>
    overdueFacts(ledgerAsOf([invoice], events, { asOf, knownAt }).lines, asOf, 90).overdue;

  it('keeps an item in what is open and out of overdue for 90 days', () => {
    expect(openOf(ask([invoice], [opened]))).toEqual({ i: '10000' });
    expect(overdueOn([opened], '2025-05-02')).toBe('0');
    expect(overdueOn([opened], '2025-05-03')).toBe('10000');
  });

  it('that is upheld ends its shield on that day', () => {
    expect(overdueOn([opened, closed('upheld')], '2025-03-31', '2025-12-31')).toBe('0');
    expect(overdueOn([opened, closed('upheld')], '2025-04-01')).toBe('10000');
  });

  it('that is rejected has history recomputed, by whoever knows it', () => {
    const events = [opened, closed('rejected')];
    expect(overdueOn(events, '2025-03-31')).toBe('0');
    expect(overdueOn(events, '2025-03-31', '2025-04-01')).toBe('10000');
    expect(ask([invoice], events).disputes).toEqual([
      { id: 'o', debitKey: 'i', openedOn: '2025-02-01', closedOn: '2025-04-01', status: 'rejected' },
    ]);
  });

  it('opened a second time does not begin a new shield', () => {
    const second: LedgerEvent = { ...opened, id: 'o2', ...on('2025-04-15') };
    expect(overdueOn([opened, closed('upheld'), second], '2025-05-02')).toBe('0');
    expect(overdueOn([opened, closed('upheld'), second], '2025-05-03')).toBe('10000');
  });
});

describe('acceptances', () => {
  const note = (type: 'bank_acceptance' | 'commercial_acceptance') =>
    anEntry({ key: 'n', type, amount: '10000', postedOn: '2025-01-31', dueOn: '2025-07-31' });
  const given: LedgerEvent = {
    id: 'g',
    type: 'apply',
    creditKey: 'n',
    debitKey: 'i',
    amount: '10000',
    ...on('2025-01-31'),
  };

  it('move what is owed to notes', () => {
    const ledger = ask([invoice, note('commercial_acceptance')], [given]);
    expect(openOf(ledger)).toEqual({});
    expect(ledger.acceptances).toMatchObject([{ key: 'n', status: 'held', maturesOn: '2025-07-31' }]);
    expect(paymentObservations(ledger.lines, ledger.asOf, 365)).toEqual([]);
  });

  it('a bank acceptance pays when it is received, a commercial one when it is paid', () => {
    const matured: LedgerEvent = { id: 'm', type: 'acceptance_matured', creditKey: 'n', ...on('2025-08-01') };
    const bank = ask([invoice, note('bank_acceptance')], [given]);
    expect(paymentObservations(bank.lines, bank.asOf, 365)).toMatchObject([{ days: 0 }]);
    const paidLater = ask([invoice, note('commercial_acceptance')], [given, matured], '2025-08-31');
    expect(paidLater.acceptances).toMatchObject([{ status: 'matured', endedOn: '2025-08-01' }]);
    expect(paymentObservations(paidLater.lines, paidLater.asOf, 365)).toMatchObject([{ days: 182, age: 30 }]);
  });

  it('dishonoured go back to the invoice with its due date', () => {
    const failed: LedgerEvent = { id: 'x', type: 'acceptance_dishonoured', creditKey: 'n', ...on('2025-08-01') };
    const ledger = ask([invoice, note('bank_acceptance')], [given, failed], '2025-08-01');
    expect(openOf(ledger)).toEqual({ i: '10000' });
    expect(ledger.acceptances).toMatchObject([{ status: 'dishonoured' }]);
    expect(ledger.adverse).toMatchObject([{ type: 'dishonoured', key: 'n' }]);
    expect(overdueFacts(ledger.lines, '2025-08-01', 90).maxDaysPastDue).toBe(182);
  });
});

it('nets with payables: both sides are lower, nothing was paid', () => {
  const bill = anEntry({ key: 'b', type: 'supplier_bill', amount: '2500', dueOn: '2025-02-15' });
  const netting: LedgerEvent = { ...paid, id: 'n', creditKey: 'b', amount: '2000' };
  const ledger = ask([invoice, bill], [netting]);
  expect(openOf(ledger)).toEqual({ i: '8000' });
  expect(ledger.lines[0].netted).toBe('2000');
  expect(ledger.payables).toEqual([
    { key: 'b', currency: 'CNY', amount: '2500', openAmount: '500', dueOn: '2025-02-15' },
  ]);
  expect(paymentObservations(ledger.lines, ledger.asOf, 365)).toEqual([]);
});

it('keeps a deposit with its order', () => {
  const deposit = anEntry({ key: 'd', type: 'receipt', amount: '500', orderKey: 'o' });
  expect(unappliedCredits(ask([deposit], []))).toMatchObject([{ key: 'd', orderKey: 'o', openAmount: '-500' }]);
});

describe('corrections append', () => {
  it('an event is taken back from its own day on, by whoever knows it', () => {
    const wrong: LedgerEvent = { id: 'v', type: 'event_voided', corrects: 'paid', ...on('2025-03-20') };
    expect(openOf(ask([invoice, receipt], [paid, wrong], '2025-02-28'))).toEqual({ i: '10000', r: '-6000' });
    const known = { asOf: '2025-02-28', knownAt: '2025-03-19' };
    expect(openOf(ledgerAsOf([invoice, receipt], [paid, wrong], known))).toEqual({ i: '4000' });
  });

  it('an event is replaced, and what refers to it goes on', () => {
    const right: LedgerEvent = { ...paid, id: 'p2', amount: '5000', corrects: 'paid', knownAt: '2025-02-12' };
    const back: LedgerEvent = { id: 'u', type: 'unapply', applicationId: 'paid', ...on('2025-03-01') };
    expect(openOf(ask([invoice, receipt], [paid, right]))).toEqual({ i: '5000', r: '-1000' });
    expect(openOf(ask([invoice, receipt], [paid, right, back]))).toEqual({ i: '10000', r: '-6000' });
  });

  it('a correction that is taken back corrects nothing', () => {
    const wrong: LedgerEvent = { id: 'v', type: 'event_voided', corrects: 'paid', ...on('2025-03-20') };
    const undo: LedgerEvent = { id: 'w', type: 'event_voided', corrects: 'v', ...on('2025-03-21') };
    expect(openOf(ask([invoice, receipt], [undo, wrong, paid]))).toEqual({ i: '4000' });
  });

  it('an entry is replaced together with what was applied to it, or voided', () => {
    const right = { ...invoice, key: 'j', amount: '9000', corrects: 'i', knownAt: '2025-03-01' };
    expect(openOf(ask([invoice, right, receipt], [paid]))).toEqual({ j: '3000' });
    const voided: LedgerEvent = { id: 'v', type: 'entry_voided', entryKey: 'j', ...on('2025-03-02') };
    expect(openOf(ask([invoice, right, receipt], [paid, voided]))).toEqual({ i: '4000' });
  });

  it('of two corrections the one that became known last counts; a circle corrects nothing', () => {
    const first = { ...invoice, key: 'j', amount: '9000', corrects: 'i', knownAt: '2025-03-01' };
    const last = { ...invoice, key: 'k', amount: '8000', corrects: 'i', knownAt: '2025-03-02' };
    const twice = ask([last, first, invoice], []);
    expect([openOf(twice), codes(twice)]).toEqual([{ k: '8000' }, ['CORRECTED_TWICE i']]);
    const circle = ask([{ ...invoice, corrects: 'j' }, first], []);
    expect([openOf(circle), codes(circle)]).toEqual([
      { i: '10000', j: '9000' },
      ['CORRECTION_CYCLE i', 'CORRECTION_CYCLE j'],
    ]);
  });
});

describe('odd input is told and takes nothing with it', () => {
  const unreadable: [string, Partial<LedgerEntry>][] = [
    ['AMOUNT_NOT_POSITIVE', { amount: '-5' }],
    ['AMOUNT_NOT_POSITIVE', { amount: 'five' }],
    ['CURRENCY_UNKNOWN', { currency: 'yuan' }],
    ['DATE_INVALID', { dueOn: '2025-02-30' }],
  ];

  it.each(unreadable)('%s', (code, part) => {
    const ledger = ask([invoice, anEntry({ key: 'x', ...part })], []);
    expect([openOf(ledger), codes(ledger)]).toEqual([{ i: '10000' }, [`${code} x`]]);
  });

  it('a due date before the invoice date counts as it stands', () => {
    const ledger = ask([{ ...invoice, dueOn: '2024-12-01' }], [], '2025-01-10');
    expect(overdueFacts(ledger.lines, '2025-01-10', 90).maxDaysPastDue).toBe(40);
    expect(codes(ledger)).toEqual(['DUE_BEFORE_INVOICE i']);
  });

  it('an item in a closed period counts, and is told when it became known after the closing', () => {
    const closings = [{ through: '2025-01-31', at: '2025-02-05' }];
    const late = { ...invoice, knownAt: '2025-02-06' };
    expect(codes(ask([invoice], [], '2025-01-31', { closings }))).toEqual([]);
    const ledger = ask([late], [], '2025-01-31', { closings });
    expect([openOf(ledger), codes(ledger)]).toEqual([{ i: '10000' }, ['CLOSED_PERIOD i']]);
    const before = ledgerAsOf([late], [], { asOf: '2025-01-31', knownAt: '2025-02-05', closings });
    expect(openOf(before)).toEqual({});
  });

  it('an event waits for what it names', () => {
    const ledger = ask([receipt], [paid]);
    expect([openOf(ledger), codes(ledger)]).toEqual([{ r: '-6000' }, ['UNKNOWN_REFERENCE paid']]);
  });

  it('a debit is no credit', () => {
    expect(codes(ask([invoice, receipt], [{ ...paid, creditKey: 'i', debitKey: 'r' }]))).toEqual(['WRONG_SIDE paid']);
  });

  it('more applied than there is shows on the other side', () => {
    const ledger = ask([invoice, receipt], [{ ...paid, amount: '7000' }]);
    expect([openOf(ledger), codes(ledger)]).toEqual([{ i: '3000', r: '1000' }, ['OVER_APPLIED r']]);
  });

  it('of one id with different contents the first known counts', () => {
    const other = { ...invoice, amount: '1', knownAt: '2025-01-02' };
    for (const entries of [
      [invoice, other],
      [other, invoice],
    ]) {
      const ledger = ask(entries, []);
      expect([openOf(ledger), codes(ledger)]).toEqual([{ i: '10000' }, ['ID_CONFLICT i']]);
    }
  });
});
