import { Big, canonicalDecimal } from '@syncline/model';
import fc from 'fast-check';
import { ExactSum } from './exact-sum';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }))
  .map(([digits, scale]) => canonicalDecimal(new Big(digits.toString()).div(new Big(10).pow(scale))));

describe('ExactSum', () => {
  it('adds up exactly, whatever the size', () => {
    fc.assert(
      fc.property(fc.array(decimal), (amounts) => {
        const sum = new ExactSum();
        for (const amount of amounts) sum.add(amount);
        const expected = amounts.reduce((total, amount) => total.plus(amount), new Big(0));
        expect(sum.toDecimal()).toBe(canonicalDecimal(expected));
        expect(sum.sign()).toBe(expected.cmp(0));
      }),
    );
  });

  it('does not lose cents', () => {
    expect(new ExactSum().add('0.1').add('0.2').toDecimal()).toBe('0.3');
    expect(new ExactSum().add('99999999999.99').add('0.01').toDecimal()).toBe('100000000000');
    expect(new ExactSum().add('5').add('5', -1).toDecimal()).toBe('0');
  });
});
