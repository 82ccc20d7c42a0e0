import { Big } from '@syncline/model';
import fc from 'fast-check';
import { agingOf, bucketNames } from './aging';
import { anItem, ledgerItem } from '@syncline/testing';

describe('aging', () => {
  it('names the buckets in a stable form', () => {
    expect(bucketNames()).toEqual(['current', '1-30', '31-60', '61-90', '91-180', '181-365', '>365']);
  });

  it('refuses edges that do not rise', () => {
    expect(() => bucketNames([30, 30])).toThrow(expect.objectContaining({ code: 'RECEIVABLES_BUCKETS_INVALID' }));
  });

  it('ages by the invoice date when asked', () => {
    const item = anItem({ postedOn: '2025-01-01', dueOn: '2025-03-01' });
    const [byDue] = agingOf([item], { asOf: '2025-02-15' });
    const [byPosting] = agingOf([item], { asOf: '2025-02-15', basis: 'posted' });
    expect([byDue.buckets.current, byPosting.buckets['31-60']]).toEqual(['100', '100']);
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

  it('Σ buckets + unapplied = Σ open, in any order', () => {
    fc.assert(
      fc.property(fc.array(ledgerItem()), (items) => {
        const rows = agingOf(items, { asOf: '2030-01-01' });
        const sum = rows.reduce(
          (total, row) =>
            Object.values(row.buckets).reduce((part, amount) => part.plus(amount), total.plus(row.unapplied)),
          new Big(0),
        );
        const open = items.reduce((total, item) => total.plus(item.openAmount), new Big(0));
        expect(sum.toString()).toBe(open.toString());
        expect(agingOf([...items].reverse(), { asOf: '2030-01-01' })).toEqual(rows);
      }),
    );
  });
});
