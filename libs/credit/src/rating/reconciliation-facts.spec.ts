import { converterInto, type BalanceOfDay, type ControlBreak } from '@syncline/receivables';
import { reconciliationFacts, type ReconciledBalance } from './reconciliation-facts';

const balance = (breaks: ControlBreak[], day: Partial<BalanceOfDay> = {}): ReconciledBalance => ({
  day: {
    customerId: 'c1',
    system: 'erp',
    currency: 'CNY',
    isLedgerCurrency: true,
    asOf: '2026-11-20',
    accountKeys: ['1'],
    reported: '0',
    computed: '0',
    lines: 3,
    ...day,
  },
  result: { computed: '0', difference: '0', breaks, agrees: breaks.length === 0 },
});
const unknown = (amount: string): ControlBreak => ({ type: 'UNKNOWN', amount, documents: [] });
const rates = [{ system: 'erp', currency: 'USD', validFrom: '2026-01-01', rate: '0.125' }];
const facts = (...balances: ReconciledBalance[]) =>
  reconciliationFacts(balances, converterInto('CNY', rates, { erp: 'CNY' }, '2026-11-20'), {
    asOf: '2026-11-20',
    maxHours: 26,
  });

describe('what reconciliation says of a customer', () => {
  it('is nothing where no system reports a balance', () => {
    expect(facts()).toBeUndefined();
  });

  it('counts what nothing explains, whichever sign, and tolerates a cent a line', () => {
    expect(facts(balance([unknown('-1500')]))).toEqual({
      recon_diff_abs: '1500',
      recon_tolerance: '0.03',
      stale: false,
    });
    const typed = balance([
      { type: 'PERIOD_CUTOFF', amount: '700', documents: ['i1'] },
      { type: 'ROUNDING', amount: '0.02', documents: [] },
    ]);
    expect(facts(typed)).toMatchObject({ recon_diff_abs: '0', recon_tolerance: '0.03' });
  });

  it('adds up systems and currencies, converted', () => {
    const dollars = balance([unknown('10')], { currency: 'USD', isLedgerCurrency: false, lines: 0 });
    expect(facts(balance([unknown('5')]), dollars)).toMatchObject({ recon_diff_abs: '85', recon_tolerance: '0.11' });
  });

  it('does not guess without a rate; what agrees needs none', () => {
    const euros = { currency: 'EUR', isLedgerCurrency: false };
    expect(facts(balance([unknown('5')]), balance([unknown('1')], euros))).toMatchObject({ recon_diff_abs: null });
    expect(facts(balance([unknown('5')]), balance([], euros))).toMatchObject({ recon_diff_abs: '5' });
  });

  it.each([
    ['2026-11-20', false],
    ['2026-11-19', false],
    ['2026-11-18', true],
  ])('reported last for %s is stale: %s', (asOf, stale) => {
    expect(facts(balance([], { asOf }))).toMatchObject({ stale });
    expect(facts(balance([]), balance([], { system: 'crm', asOf }))).toMatchObject({ stale });
  });
});
