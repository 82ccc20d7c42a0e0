import { exposureOf, exposureParts, type ExposureFactors } from './exposure';
import { anItem } from '@syncline/testing';
import { overdueFacts } from './overdue';
import { adbtTrend, averageDaysLate, averageDaysToPay, onTimeRatio } from './payment-behaviour';
import { asIfPaidToday, paymentObservations } from './payment-observation';
import { converterInto } from './rates';
import { salesFacts, seasonality, tenureMonths } from './sales';

const asOf = '2025-06-30';
const settled = (on: string, amount = '100', cash = true) => ({
  settledOn: on,
  settlements: [{ on, amount, cash }],
});

describe('payment observations', () => {
  it('are the cash settlements of invoices inside the window', () => {
    const items = [
      anItem({ dueOn: '2025-06-01', postedOn: '2025-05-02', ...settled('2025-06-11') }),
      anItem({ dueOn: '2025-06-01', ...settled('2025-06-11', '100', false) }),
      anItem({ dueOn: '2024-01-01', ...settled('2024-06-29') }),
      anItem({ dueOn: '2025-06-01', ...settled('2025-07-01') }),
      anItem({ dueOn: null, ...settled('2025-06-01') }),
      anItem({ type: 'credit_note', amount: '-5', dueOn: '2025-06-01', ...settled('2025-06-11', '5') }),
    ];
    expect(paymentObservations(items, asOf, 365)).toEqual([{ amount: 100, days: 10, age: 19, daysToPay: 40 }]);
  });

  it('give averages and shares by amount', () => {
    const seen = [
      { amount: 300, days: -4, age: 10, daysToPay: 26 },
      { amount: 100, days: 8, age: 200, daysToPay: 38 },
    ];
    expect(averageDaysToPay(seen)).toBe(29);
    expect(averageDaysLate(seen)).toBe(2);
    expect(onTimeRatio(seen, 3)).toBe(0.75);
    expect(adbtTrend(seen, 90)).toBe(-12);
    expect(adbtTrend(seen.slice(1), 90)).toBeNull();
    expect(onTimeRatio([], 3)).toBeNull();
  });

  it('count open overdue items as if paid today, disputed ones only after the shield', () => {
    const items = [
      anItem({ amount: '40', dueOn: '2025-05-01' }),
      anItem({ amount: '50', dueOn: '2025-07-01' }),
      anItem({ amount: '60', dueOn: '2025-05-01', disputed: true }),
      anItem({ amount: '70', dueOn: '2025-05-01', disputed: true, disputedOn: '2025-02-01' }),
    ];
    expect(asIfPaidToday(overdueFacts(items, asOf, 90).items).map((seen) => [seen.amount, seen.days])).toEqual([
      [40, 60],
      [70, 60],
    ]);
  });
});

describe('overdue facts', () => {
  it('take part payments off their invoice, the earliest due first', () => {
    const items = [
      anItem({ amount: '100', dueOn: '2025-01-31', invoiceKey: 'i' }),
      anItem({ amount: '100', dueOn: '2025-05-31', invoiceKey: 'i' }),
      anItem({ type: 'part_payment', amount: '-130', dueOn: null, invoiceKey: 'i' }),
      anItem({ amount: '30', dueOn: '2025-07-31' }),
    ];
    expect(overdueFacts(items, asOf, 90)).toEqual({
      maxDaysPastDue: 30,
      overdue: '70',
      overdue90: '0',
      open: '100',
      overdueRatio: 0.7,
      overdue90Ratio: 0,
      items: [{ open: 70, days: 30 }],
    });
  });

  it('are zero for an empty ledger', () => {
    expect(overdueFacts([], asOf, 90)).toMatchObject({ maxDaysPastDue: 0, overdueRatio: 0, open: '0' });
  });
});

describe('exposure', () => {
  const factors: ExposureFactors = {
    openItems: 1,
    disputedItems: 1,
    unappliedCash: -1,
    unappliedCreditMemos: -1,
    bankAcceptanceUnmatured: 0,
    commercialAcceptanceUnmatured: 1,
    deliveredNotInvoicedGross: 1,
    openOrdersGross: 0.5,
    orderDeposits: -1,
  };
  const order = {
    currency: 'CNY',
    orderedOn: '2025-06-01',
    openAmount: '1000',
    grossFactor: '1.13',
    deposit: '2000',
    lines: [{ unitPrice: '10', delivered: '30', invoiced: '10' }],
  };

  it('splits an open order in delivered and not yet delivered, and caps its deposit', () => {
    const parts = exposureParts([], [order], { asOf, horizonDays: 30 });
    expect(parts).toMatchObject({ deliveredNotInvoicedGross: '226', openOrdersGross: '904', orderDeposits: '1130' });
  });

  it('does not show the tail of a factor that is a quotient', () => {
    const odd = { ...order, openAmount: '1017.5', grossFactor: '1.13000000000000000002', lines: [] };
    expect(exposureParts([], [odd], { asOf, horizonDays: 30 }).openOrdersGross).toBe('1149.775');
  });

  it('leaves out orders beyond the horizon, but not what left the house', () => {
    const later = { ...order, expectedOn: '2025-12-01' };
    const parts = exposureParts([], [later], { asOf, horizonDays: 30 });
    expect(parts).toMatchObject({ deliveredNotInvoicedGross: '226', openOrdersGross: '0', orderDeposits: '226' });
  });

  it('weighs the parts and never falls below zero', () => {
    const parts = exposureParts([anItem(), anItem({ type: 'on_account', amount: '-300', dueOn: null })], [], {
      asOf,
      horizonDays: null,
    });
    expect(exposureOf({ ...parts, openOrdersGross: '904' }, factors, true)).toBe('252');
    expect(exposureOf(parts, factors, true)).toBe('0');
    expect(exposureOf(parts, factors, false)).toBe('-200');
  });
});

describe('sales facts', () => {
  it('count invoices less credit notes, and cash by 30 days', () => {
    const items = [
      anItem({ amount: '500', postedOn: '2025-06-01', ...settled('2025-06-29', '500') }),
      anItem({ amount: '200', postedOn: '2025-02-01', ...settled('2025-05-15', '200') }),
      anItem({ type: 'credit_note', amount: '-50', postedOn: '2025-06-20', dueOn: null }),
      anItem({ type: 'on_account', amount: '-70', postedOn: '2025-06-25', dueOn: null }),
    ];
    expect(salesFacts(items, asOf, '2025-01-01')).toEqual({
      sales12m: '650',
      salesTrend: 1.25,
      seasonality: null,
      receipts: ['570', '200', '0', '0', '0', '0'],
    });
  });

  it('know the peak month against the mean', () => {
    expect(seasonality([10, 20, 30])).toBe(1.5);
    expect(seasonality([0, 0])).toBeNull();
    expect(tenureMonths('2024-06-30', asOf)).toBeCloseTo(12, 1);
    expect(tenureMonths(null, asOf)).toBeNull();
  });
});

describe('conversion', () => {
  const rates = [
    { system: 'erp', currency: 'USD', validFrom: '2025-01-01', rate: '0.125' },
    { system: 'erp', currency: 'USD', validFrom: '2025-07-01', rate: '0.2' },
  ];

  it('takes the latest rate of the day, through the system currency', () => {
    const converter = converterInto('CNY', rates, { erp: 'CNY' }, asOf);
    expect(converter.factor('erp', 'USD')?.toString()).toBe('8');
    expect(converter.factor('erp', 'CNY')?.toString()).toBe('1');
  });

  it('says null for a rate that is not there', () => {
    expect(converterInto('CNY', rates, { erp: 'CNY' }, '2024-12-31').factor('erp', 'USD')).toBeNull();
    expect(converterInto('CNY', rates, { erp: 'CNY' }, asOf).factor('erp', 'EUR')).toBeNull();
    expect(converterInto('CNY', rates, {}, asOf).factor('other', 'USD')).toBeNull();
  });
});
