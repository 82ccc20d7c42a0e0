import { ABSENT, compileExpression } from './compile-expression';

const evaluate = (text: string, row: Record<string, unknown>, options = {}): unknown =>
  compileExpression(text, options).evaluate(row);

describe('expressions', () => {
  it.each([
    ['name', { name: 'A' }, 'A'],
    ['name', {}, ABSENT],
    ['name', { name: null }, null],
    ['constructor', {}, ABSENT],
    ['customer.name', { customer: { name: 'A' } }, 'A'],
    ['customer.name', { customer: null }, null],
    ['customer.name', { customer: {} }, ABSENT],
    ['row.name', { name: 'A' }, 'A'],
    ['type == "out"', { type: 'out' }, true],
    ['type == "out" && has(row.x)', { type: 'out' }, false],
    ['type == "out"', {}, ABSENT],
    ['"company:" + string(id)', { id: 7 }, 'company:7'],
    ['party != null', { party: null }, false],
    ['state in ["a", "b"]', { state: 'b' }, true],
    ['modelId(origin, "sale.line")', { origin: 'sale.line,151' }, '151'],
    ['modelId(origin, "sale.line")', { origin: 'account.invoice,3' }, null],
    ['modelId(origin, "sale.line")', { origin: null }, null],
    ['iff(x == null, null, "x" + string(y))', { x: null, y: 2 }, null],
    ['x == null ? dyn(null) : dyn(string(x))', { x: null }, null],
    ['text(x)', { x: null }, null],
    ['text(x)', { x: 3 }, '3'],
    ['dec(amount) > 0', { amount: '0.01' }, true],
    ['dec(amount) == 0', { amount: '0.00' }, true],
    ['dec(amount) != 0', { amount: '0.00' }, false],
    ['system.currency', {}, 'CNY'],
    ['string(2.5)', {}, '2.5'],
    ['items.exists(i, i == "x")', { items: ['y', 'x'] }, true],
    ['day(d, "days")', { d: 20763 }, '2026-11-06'],
    ['row["odd name"]', { 'odd name': 1 }, 1],
    ['coalesce(a, b)', { a: null, b: 2 }, 2],
    ['true', {}, true],
  ])('%s of %j is %p', (text, row, expected) => {
    expect(evaluate(text, row, { system: { currency: 'CNY' } })).toEqual(expected);
  });

  it('computes decimals exactly', () => {
    expect(String(evaluate('dec(debit) - dec(credit)', { debit: '0.3', credit: '0.1' }))).toBe('0.2');
    expect(String(evaluate('dec(quantity) * dec(price)', { quantity: 1.1, price: '3' }))).toBe('3.3');
    expect(String(evaluate('round(dec(a) / 3, 2)', { a: '1' }))).toBe('0.33');
    expect(String(evaluate('dec(a, "0") + 1', { a: null }))).toBe('1');
  });
});
