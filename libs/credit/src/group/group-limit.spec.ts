import fc from 'fast-check';
import { shareGroupLimit } from './group-limit';

describe('a group limit', () => {
  it('leaves each member what the others do not use', () => {
    const members = [
      { customerId: 'a', exposure: '300' },
      { customerId: 'b', exposure: '500' },
      { customerId: 'c', exposure: '-50' },
    ];
    expect(shareGroupLimit('1000', members)).toEqual({
      exposure: '800',
      isOver: false,
      shares: [
        { customerId: 'a', othersExposure: '500', most: '500' },
        { customerId: 'b', othersExposure: '300', most: '700' },
        { customerId: 'c', othersExposure: '800', most: '200' },
      ],
    });
    expect(shareGroupLimit('799.99', members)).toMatchObject({ isOver: true, shares: [{}, {}, { most: '0' }] });
    expect(shareGroupLimit('1', [])).toEqual({ exposure: '0', isOver: false, shares: [] });
  });

  it('is not exceeded by any one member that goes to its share', () => {
    const amounts = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), amounts, (limit, exposures) => {
        const members = exposures.map((exposure, index) => ({ customerId: String(index), exposure: String(exposure) }));
        for (const { most, othersExposure } of shareGroupLimit(String(limit), members).shares)
          expect(Number(most) + Number(othersExposure) <= Math.max(limit, Number(othersExposure))).toBe(true);
      }),
    );
  });
});
