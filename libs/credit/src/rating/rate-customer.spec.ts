import { converterInto, type CurrencyRate } from '@syncline/receivables';
import { anItem, ledgerItem, shippedPolicy } from '@syncline/testing';
import fc from 'fast-check';
import { rateCustomer, type RatingInput } from './rate-customer';

const policy = shippedPolicy();
const asOf = '2025-12-31';

const input = (parts: Partial<RatingInput> & { rates?: CurrencyRate[] } = {}): RatingInput => ({
  policy,
  asOf,
  items: [],
  openOrders: [],
  firstInvoicedOn: '2023-01-15',
  converter: converterInto('CNY', parts.rates ?? [], { erp: 'CNY' }, asOf),
  ...parts,
});

/** Twelve monthly invoices of 100,000, each paid `late` days after its due date. */
const monthly = (late: number) =>
  Array.from({ length: 12 }, (_, index) => {
    const month = String(index + 1).padStart(2, '0');
    const settledOn = new Date(Date.UTC(2025, index, 26 + late)).toISOString().slice(0, 10);
    return {
      system: 'erp',
      ...anItem({
        amount: '100000',
        postedOn: `2025-${month}-01`,
        dueOn: `2025-${month}-26`,
        settledOn,
        settlements: [{ on: settledOn, amount: '100000', cash: true }],
      }),
    };
  });

describe('rating a customer', () => {
  it('rewards one that pays on time', () => {
    const rating = rateCustomer(input({ items: monthly(0), heldLimit: '500000' }));
    expect(rating).toMatchObject({ grade: 'AAA', termDays: 90, currency: 'CNY', hold: 'none' });
    expect(rating.limit).toBe('520000');
    expect(rating.score).toMatch(/^9\d\.\d{4}$/);
    expect(rating.features).toMatchObject({ pay_index: '80', max_dpd_open: '0', exposure: '0' });
  });

  it('marks down one that pays late, and says why', () => {
    const rating = rateCustomer(input({ items: monthly(40) }));
    expect(rating).toMatchObject({ grade: 'D', limit: '0' });
    expect(rating.reasons[0]).toEqual({
      code: 'H06_OLDEST_30',
      text: 'Hard rule: max_dpd_open > 30; the grade is at most A.',
    });
    expect(rating.reasons.find(({ code }) => code === 'LOW_PAY_INDEX')?.text).toMatch(/pay index is 50\.8/);
  });

  it('gives a new customer the new-customer rule', () => {
    const rating = rateCustomer(input({ items: monthly(0).slice(10), firstInvoicedOn: '2025-11-01' }));
    expect(rating).toMatchObject({ grade: 'B', termDays: 30, score: null, limit: '50000' });
    expect(rating.reasons[0]).toMatchObject({ code: 'NEW_CUSTOMER' });
    expect(rating.reasons[0].text).toContain('pay_index');
  });

  it('takes what was said about a new customer', () => {
    const rating = rateCustomer(input({ firstInvoicedOn: null, expectedMonthlySales: '300000' }));
    expect(rating).toMatchObject({ grade: 'B', termDays: 30, limit: '150000', hold: 'none' });
  });

  it('holds one that nobody expects anything of, and that owes', () => {
    const rating = rateCustomer(
      input({ items: [{ system: 'erp', ...anItem({ postedOn: null, dueOn: '2026-02-01' }) }] }),
    );
    expect(rating).toMatchObject({ grade: 'B', limit: '0', hold: 'new_orders' });
    expect(rating.reasons[0].code).toBe('H10_OVER_LIMIT');
  });

  it('lets hard rules act on what others know', () => {
    const rating = rateCustomer(input({ items: monthly(0), known: { insolvency: true } }));
    expect(rating).toMatchObject({ grade: 'D', termDays: 0, limit: '0', hold: 'all' });
  });

  describe('in another currency', () => {
    const items = monthly(0).map((item) => ({ ...item, currency: 'USD' }));
    const rates = [{ system: 'erp', currency: 'USD', validFrom: '2025-01-01', rate: '0.125' }];

    it('converts by the rate of the day', () => {
      const rating = rateCustomer(input({ items, rates }));
      expect(rating.features.sales_12m).toBe('9600000');
      expect(rating.reasons.some(({ code }) => code.startsWith('MISSING_RATE'))).toBe(false);
    });

    it('never guesses a rate', () => {
      const rating = rateCustomer(input({ items }));
      expect(rating).toMatchObject({ score: null, grade: 'B', limit: '0' });
      expect(rating.reasons[0]).toMatchObject({ code: 'MISSING_RATE_USD' });
      expect(rating.features).toMatchObject({ overdue_ratio: null, exposure: null, max_dpd_open: '0' });
    });

    it('knows everything but the exposure when only an order can’t be converted', () => {
      const order = { system: 'erp', currency: 'USD', orderedOn: asOf, openAmount: '5', grossFactor: '1', lines: [] };
      const rating = rateCustomer(input({ items: monthly(0), openOrders: [order] }));
      expect(rating).toMatchObject({ grade: 'AAA', features: { exposure: null } });
      expect(rating.reasons[0].code).toBe('MISSING_RATE_USD');
    });
  });

  it('does not depend on the order of the items', () => {
    const items = fc.array(
      ledgerItem().map((item) => ({ system: 'erp', ...item })),
      { maxLength: 25 },
    );
    const shuffled = items.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const rating = rateCustomer(input({ items: list, asOf: '2025-06-30' }));
        expect(rateCustomer(input({ items: other, asOf: '2025-06-30' }))).toEqual(rating);
        expect(rating.score === null || (+rating.score >= 0 && +rating.score <= 100)).toBe(true);
      }),
    );
  });
});
