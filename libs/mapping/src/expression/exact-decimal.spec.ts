import fc from 'fast-check';
import { compileExpression } from './compile-expression';
import { decimalText, toExactDecimal } from './exact-decimal';

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 8 }))
  .map(([unscaled, scale]) => ({ unscaled, scale, text: textOf(unscaled, scale) }));

function textOf(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

describe('exact decimals', () => {
  const difference = compileExpression('dec(debit) - dec(credit)');
  const product = compileExpression('dec(quantity) * dec(price)');

  it('subtract and multiply like whole numbers of the smallest unit', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const scale = Math.max(a.scale, b.scale);
        const unscaled = a.unscaled * 10n ** BigInt(scale - a.scale) - b.unscaled * 10n ** BigInt(scale - b.scale);
        const row = { debit: a.text, credit: b.text, quantity: a.text, price: b.text };
        expect(String(difference.evaluate(row))).toBe(String(toExactDecimal(textOf(unscaled, scale))));
        const exact = textOf(a.unscaled * b.unscaled, a.scale + b.scale);
        expect(String(product.evaluate(row))).toBe(String(toExactDecimal(exact)));
      }),
    );
  });

  it('compare by value, not by text', () => {
    const equal = compileExpression('dec(a) == dec(b)');
    const less = compileExpression('dec(a) < dec(b)');
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 5 }), (a, zeros) => {
        const longer = (a.text.includes('.') ? a.text : `${a.text}.`) + '0'.repeat(zeros + 1);
        expect(equal.evaluate({ a: a.text, b: longer })).toBe(true);
        expect(less.evaluate({ a: a.text, b: longer })).toBe(false);
      }),
    );
  });

  it('read a JSON number as what it prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        expect(Number(String(toExactDecimal(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each([
    '',
    ' ',
    '1,000.00',
    '1e1000000',
    '0x10',
    'NaN',
    '12abc',
    '1'.repeat(101),
    null,
    true,
    Number.NaN,
    Infinity,
    [],
    {},
  ])('refuse %p', (value) => {
    expect(() => decimalText(value)).toThrow(RangeError);
  });
});
