import { anItem } from '@syncline/testing';
import fc from 'fast-check';
import { Big } from '@syncline/model';
import { exposureOf, exposureParts } from './exposure';
import { EXPOSURE_PRESET_NAMES, EXPOSURE_PRESETS, type ExposurePresetName } from './exposure-presets';

const asOf = '2025-06-30';

/** One customer with something in every part; tax 13 %. */
const items = [
  anItem({ amount: '10000' }),
  anItem({ amount: '2000', disputed: true }),
  anItem({ type: 'on_account', amount: '-1500', dueOn: null }),
  anItem({ type: 'credit_note', amount: '-300', dueOn: null }),
  anItem({ type: 'on_account', amount: '-800', dueOn: null, orderKey: 'soon' }),
];
const order = (key: string, expectedOn: string, delivered: string) => ({
  key,
  currency: 'CNY',
  orderedOn: '2025-06-01',
  expectedOn,
  openAmount: '1000',
  grossFactor: '1.13',
  lines: [{ unitPrice: '10', delivered, invoiced: '0' }],
});
const orders = [order('soon', '2025-07-15', '40'), order('later', '2025-12-01', '0')];
const acceptances = [
  { type: 'bank_acceptance' as const, status: 'held' as const, amount: '5000' },
  { type: 'commercial_acceptance' as const, status: 'held' as const, amount: '700' },
  { type: 'commercial_acceptance' as const, status: 'matured' as const, amount: '9999' },
];

function exposureBy(name: ExposurePresetName): string {
  const { factors, floorZero, ...options } = EXPOSURE_PRESETS[name];
  return exposureOf(exposureParts(items, orders, { asOf, acceptances, ...options }), factors, floorZero);
}

describe('exposure presets', () => {
  // Balance: 12,000 owed − 1,500 − 300 − 800 = 9,400. Orders gross: 2 × 1,130.
  it.each<[ExposurePresetName, string, string]>([
    ['sap_static', '17360', 'balance, all orders, notes'],
    ['sap_dynamic', '16230', 'without the order after the horizon'],
    ['business_central', '11660', 'balance and orders, prepayments taken off'],
    ['odoo', '11660', 'balance and what is to invoice'],
    ['erpnext', '11660', 'general ledger and unbilled orders'],
    ['tryton', '11400', 'orders without tax'],
    ['idempiere', '9400', 'no orders'],
  ])('%s: %s, %s', (name, expected) => {
    expect(exposureBy(name)).toBe(expected);
  });

  it('say what they count and where it is written', () => {
    for (const name of EXPOSURE_PRESET_NAMES) expect(EXPOSURE_PRESETS[name].source.length).toBeGreaterThan(80);
  });
});

describe('deposits', () => {
  const deposit = (orderKey: string, amount = '-5000') => anItem({ type: 'on_account', amount, dueOn: null, orderKey });
  const partsOf = (key: string, options = {}) =>
    exposureParts([deposit(key)], orders, { asOf, horizonDays: null, ...options });

  it("offset at most their own order's remaining value and are no unapplied cash", () => {
    expect(partsOf('soon')).toMatchObject({ orderDeposits: '1130', unappliedCash: '0' });
    expect(partsOf('soon', { orderValue: 'net' })).toMatchObject({ orderDeposits: '1000' });
  });

  it('of an order that is done offset nothing', () => {
    expect(partsOf('gone')).toMatchObject({ orderDeposits: '0', unappliedCash: '0' });
  });

  it('are unapplied cash where an ERP does not tie them', () => {
    expect(partsOf('soon', { deposits: 'as_cash' })).toMatchObject({ orderDeposits: '0', unappliedCash: '5000' });
  });
});

it('an order, its delivery and its invoice never count together', () => {
  const quantity = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.tuple(quantity, quantity, quantity), fc.integer({ min: 1, max: 9999 }), (quantities, cents) => {
      const [invoiced, delivered, ordered] = [...quantities].sort((a, b) => a - b);
      const price = new Big(cents).div(100);
      const taxed = (count: number) => price.times(count).times('1.13').round(4).toString();
      const invoice = anItem({ amount: taxed(invoiced), dueOn: null });
      const rest = {
        ...order('o', '2025-07-01', String(delivered)),
        openAmount: price.times(ordered - invoiced).toString(),
        lines: [{ unitPrice: price.toString(), delivered: String(delivered), invoiced: String(invoiced) }],
      };
      const parts = exposureParts([invoice], [rest], { asOf, horizonDays: null });
      const total = new Big(parts.openItems).plus(parts.deliveredNotInvoicedGross).plus(parts.openOrdersGross);
      const tolerance = '0.0002';
      expect(total.minus(taxed(ordered)).abs().lte(tolerance)).toBe(true);
    }),
  );
});
