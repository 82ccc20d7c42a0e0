import { Big } from '@syncline/model';
import fc from 'fast-check';
import { agingOf } from './aging';
import { bucketNames, YEARLY_BAND_EDGES } from './aging-buckets';
import { anItem, ledgerItem } from '@syncline/testing';

describe('aging', () => {
  it('names the buckets in a stable form', () => {
    expect(bucketNames()).toEqual(['current', '1-30', '31-60', '61-90', '91-180', '181-365', '>365']);
  });

  it('refuses edges that do not rise', () => {
    const refusal = expect.objectContaining({ code: 'RECEIVABLES_BUCKETS_INVALID' });
    expect(() => bucketNames([30, 30])).toThrow(refusal);
    expect(() => bucketNames([0.5])).toThrow(refusal);
    expect(() => agingOf([], { asOf: '2025-01-01', unit: 'year', edges: [2, 1] })).toThrow(refusal);
  });

  it('ages by the invoice date when asked', () => {
    const item = anItem({ postedOn: '2025-01-01', dueOn: '2025-03-01' });
    const [byDue] = agingOf([item], { asOf: '2025-02-15' });
    const [byPosting] = agingOf([item], { asOf: '2025-02-15', basis: 'invoiced' });
    expect([byDue.buckets.current, byPosting.buckets['31-60']]).toEqual(['100', '100']);
  });

  it('has yearly bands by invoice date, whose last day is the anniversary', () => {
    expect(bucketNames(undefined, 'year')).toEqual(['0-1y', '1-2y', '2-3y', '3-4y', '4-5y', '>5y']);
    const asOf = '2025-03-01';
    const invoiced = [
      ['2025-03-01', '1'],
      ['2024-03-01', '2'],
      ['2024-02-29', '4'],
      ['2020-03-01', '8'],
      ['2020-02-29', '16'],
    ] as const;
    const items = invoiced.map(([postedOn, amount]) => anItem({ postedOn, amount, dueOn: '2025-02-01' }));
    const [aging] = agingOf(items, { asOf, basis: 'invoiced', unit: 'year', edges: YEARLY_BAND_EDGES });
    expect(aging).toEqual({
      currency: 'CNY',
      buckets: { '0-1y': '3', '1-2y': '4', '2-3y': '0', '3-4y': '0', '4-5y': '8', '>5y': '16' },
      unapplied: '0',
      overdue: '31',
      total: '31',
    });
  });

  it('ages by an invoice date that is not the posting day, and takes a due date before it as it stands', () => {
    const item = anItem({ postedOn: '2025-02-01', invoicedOn: '2025-01-01', dueOn: '2024-12-01' });
    expect(agingOf([item], { asOf: '2025-02-15', basis: 'invoiced' })[0].buckets['31-60']).toBe('100');
    expect(agingOf([item], { asOf: '2025-02-15' })[0].buckets['61-90']).toBe('100');
  });

  it('keeps currencies apart and sorts them', () => {
    const rows = agingOf([anItem({ currency: 'USD' }), anItem()], { asOf: '2025-01-10' });
    expect(rows.map((row) => row.currency)).toEqual(['CNY', 'USD']);
  });

  it('shows a past day as it was: paid on 10 March is open on 28 February', () => {
    const item = anItem({ settledOn: '2025-03-10', settlements: [{ on: '2025-03-10', amount: '100', cash: true }] });
    expect(agingOf([item], { asOf: '2025-02-28' })[0].total).toBe('100');
    expect(agingOf([item], { asOf: '2025-03-10' })).toEqual([]);
  });

  it('Σ buckets + unapplied = Σ open, in any order and on either basis', () => {
    const bases = fc.constantFrom(
      {},
      { basis: 'invoiced' as const },
      { basis: 'invoiced' as const, unit: 'year' as const },
    );
    fc.assert(
      fc.property(fc.array(ledgerItem()), bases, (items, basis) => {
        const rows = agingOf(items, { asOf: '2030-01-01', ...basis });
        const sum = rows.reduce(
          (total, row) =>
            Object.values(row.buckets).reduce((part, amount) => part.plus(amount), total.plus(row.unapplied)),
          new Big(0),
        );
        const open = items.reduce((total, item) => total.plus(item.openAmount), new Big(0));
        expect(sum.toString()).toBe(open.toString());
        expect(agingOf([...items].reverse(), { asOf: '2030-01-01', ...basis })).toEqual(rows);
      }),
    );
  });
});
