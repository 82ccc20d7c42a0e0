import { matchLine, type MatchedLine } from './document-match';

const line = (parts: Partial<MatchedLine> = {}): MatchedLine => ({
  ordered: '10',
  orderPrice: '5',
  delivered: '10',
  invoiced: '10',
  invoicePrice: '5',
  ...parts,
});
const findings = (parts: Partial<MatchedLine>, tolerances = {}) => matchLine(line(parts), tolerances).findings;

describe('matching a line', () => {
  it('finds nothing where all three agree', () => {
    expect(findings({})).toEqual([]);
  });

  it('OVER_DELIVERED beyond the tolerance', () => {
    expect(findings({ delivered: '10.6', invoiced: '10.6' }, { delivery: '0.05' })).toEqual(['OVER_DELIVERED']);
    expect(findings({ delivered: '10.5', invoiced: '10.5' }, { delivery: '0.05' })).toEqual([]);
  });

  it('INVOICED_NOT_DELIVERED unless billed ahead', () => {
    expect(findings({ delivered: '9' })).toEqual(['INVOICED_NOT_DELIVERED']);
    expect(findings({ delivered: '9', billedAhead: true })).toEqual([]);
  });

  it('DELIVERED_NOT_INVOICED when older than seven days, with its value', () => {
    const waiting = { invoiced: '8', tax: '0.13' };
    expect(findings({ ...waiting, uninvoicedForDays: 7 })).toEqual([]);
    expect(findings({ ...waiting, uninvoicedForDays: 8 })).toEqual(['DELIVERED_NOT_INVOICED']);
    expect(matchLine(line(waiting)).deliveredNotInvoiced).toBe('11.3');
  });

  it('PRICE_VARIANCE above half a percent, either way, and on what was free', () => {
    expect(findings({ invoicePrice: '5.025' })).toEqual([]);
    expect(findings({ invoicePrice: '5.026' })).toEqual(['PRICE_VARIANCE']);
    expect(findings({ invoicePrice: '4.9' })).toEqual(['PRICE_VARIANCE']);
    expect(findings({ orderPrice: '0', invoicePrice: '1' })).toEqual(['PRICE_VARIANCE']);
    expect(findings({ orderPrice: '0', invoicePrice: '0' })).toEqual([]);
    expect(findings({ invoicePrice: null, invoiced: '0' })).toEqual([]);
  });

  it('ORPHAN: there is no order to hold it against', () => {
    const orphan = { hasOrder: false, ordered: '0', orderPrice: '0', delivered: '3', invoiced: '3' };
    expect(findings(orphan)).toEqual(['ORPHAN']);
  });

  it('a negative order is a return: the same with the signs turned, and without values', () => {
    const back = { ordered: '-10', delivered: '-11', invoiced: '-9' };
    expect(matchLine(line({ ...back, uninvoicedForDays: 30 }))).toEqual({
      overInvoiced: '0',
      priceVariance: '0',
      undeliveredValue: '0',
      deliveredNotInvoiced: '0',
      findings: ['OVER_DELIVERED', 'DELIVERED_NOT_INVOICED'],
    });
  });

  it('more returned than delivered is nothing delivered', () => {
    expect(matchLine(line({ delivered: '-2', invoiced: '0' }))).toMatchObject({
      undeliveredValue: '50',
      deliveredNotInvoiced: '0',
      findings: [],
    });
  });
});
