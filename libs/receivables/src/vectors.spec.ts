import { agingOf } from './aging';
import { bucketIndex, bucketNames } from './aging-buckets';
import { controlAccountBreak, controlAccountEnd } from './control-account';
import { collectionEffectiveness, countBackDso, daysSalesOutstanding } from './days-sales-outstanding';
import { matchLine } from './document-match';
import { carryingAmount, settleForeign, unrealisedDifference } from './exchange';
import { exposureParts } from './exposure';
import { anEntry, anItem } from '@syncline/testing';
import { ledgerAsOf, type LedgerEvent } from './ledger';
import { daysPastDue, openAmountOn } from './open-amount';
import { averageDaysBeyondTerms, brokenPromiseRatio, payIndex, payIndexPoints } from './payment-behaviour';
import type { PaymentObservation } from './payment-observation';

/** The worked examples of the receivables and credit definitions, by their numbers. */
describe('worked examples', () => {
  const paid = (amount: number, days: number): PaymentObservation => ({ amount, days, age: 0, daysToPay: null });
  const payment = { on: '2025-02-10', amount: '6000', cash: true };
  const on = (day: string) => ({ on: day, knownAt: day });

  describe('example 1: a partial payment', () => {
    const item = anItem({ amount: '10000', openAmount: '4000', dueOn: '2025-01-31', settlements: [payment] });

    it('leaves 4,000 open, 28 days past due, in bucket 1-30', () => {
      expect(openAmountOn(item, '2025-02-28')).toBe('4000');
      expect(daysPastDue('2025-01-31', '2025-02-28')).toBe(28);
      expect(bucketNames()[bucketIndex(28)]).toBe('1-30');
    });

    it('is the same when the ERP clears it with a residual item on the root due date', () => {
      const root = anItem({ amount: '10000', dueOn: '2025-01-31', settledOn: '2025-02-10', settlements: [payment] });
      const cleared = { ...root, settlements: [{ ...payment, amount: '10000', cash: false }] };
      const residual = anItem({ amount: '4000', postedOn: '2025-02-10', dueOn: '2025-01-31' });
      expect(agingOf([cleared, residual], { asOf: '2025-02-28' })).toEqual(agingOf([item], { asOf: '2025-02-28' }));
      expect(agingOf([item], { asOf: '2025-02-28' })[0].buckets['1-30']).toBe('4000');
    });
  });

  it('example 2: average days beyond terms', () => {
    expect(averageDaysBeyondTerms([paid(6000, 10), paid(4000, 40)])).toBe(22);
  });

  it('example 3: a reversed receipt opens the item again, and the past stays what was known then', () => {
    const entries = [
      anEntry({ key: 'invoice', amount: '10000', dueOn: '2025-01-31' }),
      anEntry({ key: 'receipt', type: 'receipt', amount: '6000', postedOn: '2025-02-10' }),
    ];
    const events: LedgerEvent[] = [
      { id: '1', type: 'apply', creditKey: 'receipt', debitKey: 'invoice', amount: '6000', ...on('2025-02-10') },
      { id: '2', type: 'reversal', creditKey: 'receipt', bounced: true, ...on('2025-03-05') },
    ];
    const owed = (asOf: string, knownAt: string) =>
      ledgerAsOf(entries, events, { asOf, knownAt }).lines.find(({ key }) => key === 'invoice');
    expect(owed('2025-03-05', '2025-03-05')).toMatchObject({ openAmount: '10000', dueOn: '2025-01-31' });
    expect(daysPastDue('2025-01-31', '2025-03-05')).toBe(33);
    expect(owed('2025-02-28', '2025-02-28')?.openAmount).toBe('4000');
  });

  it('example 4: unapplied credits have their own column', () => {
    const items = [
      anItem({ amount: '50000', openAmount: '0', settledOn: '2025-01-20' }),
      anItem({ amount: '30000' }),
      anItem({ type: 'on_account', amount: '-60000', openAmount: '-10000', dueOn: null }),
      anItem({ type: 'credit_note', amount: '-5000', dueOn: null }),
    ];
    const [aging] = agingOf(items, { asOf: '2025-01-31' });
    expect([aging.buckets.current, aging.unapplied, aging.total]).toEqual(['30000', '-15000', '15000']);
    const parts = exposureParts(items, [], { asOf: '2025-01-31', horizonDays: 30 });
    expect([parts.openItems, parts.unappliedCash, parts.unappliedCreditMemos]).toEqual(['30000', '10000', '5000']);
  });

  it('example 4, from the ledger', () => {
    const entries = [
      anEntry({ key: 'i1', amount: '50000' }),
      anEntry({ key: 'i2', amount: '30000' }),
      anEntry({ key: 'r', type: 'receipt', amount: '60000' }),
      anEntry({ key: 'm', type: 'credit_note', amount: '5000' }),
    ];
    const applied: LedgerEvent = {
      id: '1',
      type: 'apply',
      creditKey: 'r',
      debitKey: 'i1',
      amount: '50000',
      ...on('2025-01-20'),
    };
    const { lines } = ledgerAsOf(entries, [applied], { asOf: '2025-01-31', knownAt: '2025-01-31' });
    const [aging] = agingOf(lines, { asOf: '2025-01-31' });
    expect([aging.buckets.current, aging.unapplied, aging.total]).toEqual(['30000', '-15000', '15000']);
  });

  it('example 5: exchange differences', () => {
    const booked = { open: '10000', carryingRate: '7.10' };
    expect(unrealisedDifference(booked, '7.20')).toBe('1000');
    const { realised, item } = settleForeign(booked, '6000', '7.15');
    expect(realised).toBe('300');
    expect(carryingAmount(item)).toBe('28400');
    expect(unrealisedDifference(item, '7.05')).toBe('-200');
  });

  it('example 6: aging', () => {
    const due: [string, string][] = [
      ['2025-07-15', '100'],
      ['2025-06-30', '200'],
      ['2025-06-29', '300'],
      ['2025-05-31', '400'],
      ['2025-05-30', '500'],
      ['2025-05-01', '600'],
      ['2025-04-30', '700'],
      ['2025-04-01', '800'],
      ['2025-03-31', '900'],
    ];
    const items = due.map(([dueOn, amount]) => anItem({ dueOn, amount }));
    const [aging] = agingOf(items, { asOf: '2025-06-30', edges: [30, 60, 90] });
    expect(aging.buckets).toEqual({ current: '300', '1-30': '700', '31-60': '1100', '61-90': '1500', '>90': '900' });
  });

  it('example 7: the control account and its break', () => {
    const moves = {
      begin: '500000',
      invoices: '320000',
      debitMemos: '5000',
      receipts: '410000',
      creditMemos: '12000',
      writeOffs: '3000',
      discounts: '2000',
      exchange: '1500',
    };
    expect(controlAccountEnd(moves)).toBe('399500');
    expect(controlAccountBreak(moves, '401000')).toBe('1500');
  });

  it('example 8: order, delivery and invoice', () => {
    const match = matchLine({
      ordered: '100',
      orderPrice: '10',
      delivered: '90',
      invoiced: '95',
      invoicePrice: '10.2',
    });
    expect(match).toEqual({
      overInvoiced: '5',
      priceVariance: '0.02',
      undeliveredValue: '100',
      deliveredNotInvoiced: '0',
      findings: ['INVOICED_NOT_DELIVERED', 'PRICE_VARIANCE'],
    });
  });

  it('example 9: days sales outstanding', () => {
    const dso = daysSalesOutstanding({ receivables: '1200000', current: '800000', sales: '10000000', days: 365 });
    expect(dso?.dso).toBeCloseTo(43.8, 10);
    expect(dso?.bestPossible).toBeCloseTo(29.2, 10);
    expect(dso?.delinquent).toBeCloseTo(14.6, 10);
  });

  it('example 10: count-back', () => {
    const months = [
      { sales: '300', days: 30 },
      { sales: '400', days: 31 },
      { sales: '500', days: 30 },
    ];
    expect(countBackDso('850', months)).toBe(70);
    expect(countBackDso('150', months)).toBe(15);
  });

  it('example 11: collection effectiveness', () => {
    const cei = collectionEffectiveness({ begin: '1000', sales: '800', end: '900', endCurrent: '700' });
    expect(cei).toBeCloseTo(81.818, 3);
  });

  it('example 12: the pay index and promises', () => {
    const scale: [number, number][] = [
      [-30, 100],
      [-20, 90],
      [0, 80],
      [15, 70],
      [22, 60],
      [30, 50],
      [60, 40],
      [90, 30],
      [120, 20],
      [180, 1],
    ];
    const options = { scale, capEarlyAt: 80, halfLifeDays: 180 };
    const closed = [paid(10_000, -5), paid(20_000, 15), paid(30_000, 30)];
    expect(payIndex([...closed, paid(40_000, 60)], options)).toBe(53);
    expect(payIndex(closed, options)).toBeCloseTo(61.667, 3);
    expect(payIndexPoints(-5, { scale, capEarlyAt: 100 })).toBe(82.5);
    expect(payIndexPoints(-5, options)).toBe(80);
    expect(payIndexPoints(5, options)).toBeCloseTo(76.667, 3);
    expect(payIndexPoints(45, options)).toBe(45);
    expect(brokenPromiseRatio({ kept: 5, partial: 1, broken: 2 })).toBe(0.3125);
  });
});
