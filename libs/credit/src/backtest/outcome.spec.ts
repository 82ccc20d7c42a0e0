import { addDays, type LocalDate } from '@syncline/model';
import { converterInto, type CurrencyRate } from '@syncline/receivables';
import { anItem, shippedPolicy } from '@syncline/testing';
import { LedgerHistory, type HistoricItem } from './ledger-history';
import { CustomerOutcomes, type Outcome, type ReviewOutcome } from './outcome';

const policy = shippedPolicy();

const item = (amount: string, dueOn: LocalDate, parts: Partial<HistoricItem> = {}): HistoricItem => ({
  system: 'csv',
  ...anItem({ amount, postedOn: addDays(dueOn, -30), dueOn }),
  ...parts,
});

/** Paid in full `late` days after its due date. */
const paid = (amount: string, dueOn: LocalDate, late: number, parts: Partial<HistoricItem> = {}): HistoricItem => {
  const on = addDays(dueOn, late);
  return item(amount, dueOn, { settledOn: on, openAmount: '0', settlements: [{ on, amount, cash: true }], ...parts });
};

const after = (outcome: Outcome, items: HistoricItem[], review: LocalDate, rates: CurrencyRate[] = []): ReviewOutcome =>
  new CustomerOutcomes(new LedgerHistory(items), {
    policy,
    outcome,
    converterOn: (day) => converterInto('CNY', rates, { csv: 'CNY' }, day),
  }).after(review, '2026-12-31');

describe('fast_bad', () => {
  const review = '2025-01-31';

  it.each<[string, HistoricItem[], ReviewOutcome]>([
    ['all within a week', [paid('100', '2025-02-28', 7)], 'good'],
    ['a tenth later than a week', [paid('900', '2025-02-28', 0), paid('100', '2025-03-01', 8)], 'bad'],
    ['just less than a tenth', [paid('900.01', '2025-02-28', 0), paid('100', '2025-03-01', 8)], 'good'],
    ['never paid', [item('100', '2025-02-28')], 'bad'],
    ['late, but due on the review day', [paid('100', '2025-01-31', 60), paid('1', '2025-02-10', 0)], 'good'],
    ['late, due on the 90th day', [paid('100', '2025-05-01', 60)], 'bad'],
    ['late, due on the 91st day', [paid('1', '2025-04-30', 0), paid('100', '2025-05-02', 60)], 'good'],
    ['nothing due', [paid('100', '2025-01-15', 0), paid('100', '2025-06-30', 0)], 'nothing_due'],
    ['late and disputed', [paid('1', '2025-03-01', 0), item('100', '2025-02-28', { disputed: true })], 'good'],
    ['without a due date', [paid('1', '2025-03-01', 0), item('100', '2025-02-28', { dueOn: null })], 'good'],
  ])('%s', (_, items, expected) => expect(after('fast_bad', items, review)).toBe(expected));

  it('counts the part that is paid late', () => {
    const settlements = [
      { on: '2025-02-28', amount: '91', cash: true },
      { on: '2025-04-30', amount: '9', cash: true },
    ];
    const inParts = (parts: Partial<HistoricItem>) =>
      item('100', '2025-02-28', { settledOn: '2025-04-30', openAmount: '0', settlements, ...parts });
    expect(after('fast_bad', [inParts({})], review)).toBe('good');
    expect(after('fast_bad', [inParts({ amount: '110', openAmount: '10' })], review)).toBe('bad');
  });

  it('leaves out what a credit note cleared, and what was settled nobody knows how', () => {
    const credited = [{ on: '2025-04-30', amount: '100', cash: false }];
    const items = [
      paid('10', '2025-03-01', 0),
      item('100', '2025-02-28', { settledOn: '2025-04-30', openAmount: '0' }),
    ];
    expect(after('fast_bad', items, review)).toBe('good');
    expect(after('fast_bad', [items[0], { ...items[1], settlements: credited }], review)).toBe('good');
  });

  it('counts what was written off as not paid', () => {
    const lost = { on: '2025-02-28', amount: '100', cash: false };
    const items = [
      item('100', '2025-02-28', { settledOn: lost.on, openAmount: '0', settlements: [lost], writtenOffOn: lost.on }),
    ];
    expect(after('fast_bad', items, review)).toBe('bad');
  });

  it('waits until the window and its week are over', () => {
    expect(after('fast_bad', [paid('1', '2026-10-01', 0)], '2026-09-25')).toBe('good');
    expect(after('fast_bad', [paid('1', '2026-10-01', 0)], '2026-09-26')).toBe('window_incomplete');
  });
});

describe('bad', () => {
  const review = '2025-01-31';

  it.each<[string, HistoricItem[], ReviewOutcome]>([
    ['paid in time', [paid('100', '2025-02-28', 0)], 'good'],
    ['open 91 days after the due date', [paid('100', '2025-02-28', 92)], 'bad'],
    ['paid on the 91st day', [paid('100', '2025-02-28', 91)], 'good'],
    ['severe only beyond the 365 days', [item('100', '2025-11-15')], 'good'],
    ['disputed, nobody knows since when', [item('100', '2025-02-28', { disputed: true })], 'good'],
    ['a dispute that ran out', [item('100', '2025-02-28', { disputed: true, disputedOn: '2025-03-01' })], 'bad'],
    ['written off', [item('100', '2025-02-28', { writtenOffOn: '2025-05-01' })], 'bad'],
    ['severe on the day already', [item('100', '2024-06-30')], 'already_bad'],
    ['written off lately', [item('1', '2025-12-31', { writtenOffOn: '2024-06-01' })], 'already_bad'],
  ])('%s', (_, items, expected) => {
    expect(after('bad', items, review)).toBe(expected);
  });

  it('looks again when what else it owes is paid', () => {
    const small = item('99', '2025-02-28');
    expect(after('bad', [small, item('901', '2026-06-30', { postedOn: '2025-01-01' })], review)).toBe('good');
    const settled = paid('901', '2025-10-01', 0, { postedOn: '2025-01-01' });
    expect(after('bad', [small, settled], review)).toBe('bad');
  });

  it('a customer that is bad is left out of fast_bad, too, and comes back', () => {
    const items = [paid('100', '2024-06-30', 200), paid('5', '2025-04-01', 0)];
    expect(after('fast_bad', items, '2024-12-31')).toBe('already_bad');
    expect(after('fast_bad', items, '2025-01-31')).toBe('good');
  });

  it('takes other currencies by the rate of the posting day, and says when there is none', () => {
    const foreign = item('20', '2025-02-28', { currency: 'USD' });
    const items = [foreign, item('900', '2026-06-30', { postedOn: '2025-01-01' })];
    const rates = [{ system: 'csv', currency: 'USD', validFrom: '2024-01-01', rate: '0.2' }];
    expect(after('bad', items, review, rates)).toBe('bad');
    expect(after('bad', [{ ...foreign, amount: '19', openAmount: '19' }, items[1]], review, rates)).toBe('good');
    expect(after('bad', items, review)).toBe('no_rate');
  });
});
