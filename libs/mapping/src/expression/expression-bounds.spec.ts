import { compileExpression, InputTooLarge } from './compile-expression';
import { EXPRESSION_BOUNDS } from './expression-bounds';
import { ExpressionProblem } from './expression-check';

const problemOf = (text: string, options = {}): ExpressionProblem => {
  try {
    compileExpression(text, options);
  } catch (error) {
    if (error instanceof ExpressionProblem) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
};

describe('hostile expressions', () => {
  it.each([
    ['a regular expression that backtracks', 'name.matches("(a+)+$")'],
    ['a loop in a loop', 'items.all(x, items.all(y, x == y))'],
    ['a loop in a loop by another way', 'items.map(x, items.filter(y, y == x))'],
    ['doubling by names', 'cel.bind(a, name + name, a + a)'],
    ['a text that is too long', `"${'a'.repeat(EXPRESSION_BOUNDS.length)}"`],
    ['too many parts', Array(150).fill('a').join('+')],
    ['too deep', '('.repeat(60) + 'a' + ')'.repeat(60)],
    ['JSON inside', 'b"{}".json()'],
    ['joining lists', 'items.join(",")'],
    ['a time whose zone comes from the row', 'timestamp(name).getHours(zone)'],
    ['parsing of durations', 'duration(name) == duration("1s")'],
    ['a function that is not there', 'require("fs")'],
    ['a variable that hides a column', 'items.map(c_name, name == "x")'],
    ['floating point', 'double(price)'],
  ])('refuses %s', (_what, text) => {
    expect(problemOf(text).code).toBe('MAPPING_EXPRESSION_REFUSED');
  });

  it.each(['process.exit', 'constructor.constructor', '__proto__.polluted', 'globalThis', 'row.__proto__.x'])(
    '%s reads columns and nothing else',
    (text) => {
      expect(typeof compileExpression(text).evaluate({ id: 1 })).toBe('symbol');
    },
  );

  it('does not reach prototypes through an index', () => {
    expect(() => compileExpression('row["constructor"]').evaluate({ id: 1 })).toThrow(/No such key/);
    expect(() => compileExpression('row["__proto__"]').evaluate({ id: 1 })).toThrow(/No such key/);
  });

  it('reads no more than it may', () => {
    const long = 'x'.repeat(EXPRESSION_BOUNDS.input + 1);
    expect(() => compileExpression('name + "!"').evaluate({ name: long })).toThrow(InputTooLarge);
    expect(() => compileExpression('row["name"] + "!"').evaluate({ name: long })).toThrow(InputTooLarge);
    const list = Array.from({ length: EXPRESSION_BOUNDS.loopInput }, () => 1);
    expect(() => compileExpression('items.all(i, i == 1)').evaluate({ items: list })).toThrow(InputTooLarge);
    expect(() => compileExpression('has(row.items)').evaluate({ items: list, other: long })).not.toThrow();
  });

  it('ends soon on the largest input that is let in', () => {
    const parts = Array(25).fill('i.contains("yy")').join(' || ');
    const expression = compileExpression(`text.split("").exists(i, ${parts})`);
    const started = process.cpuUsage();
    expect(expression.evaluate({ text: 'x'.repeat(EXPRESSION_BOUNDS.loopInput) })).toBe(false);
    const { user } = process.cpuUsage(started);
    expect(user).toBeLessThan(5_000_000);
  });

  it.each([
    ['debit - credit', 'put the column into dec(...)'],
    ['debit + credit', 'put the column into dec(...)'],
    ['dec(debit) * 1.5', 'write dec("0.5")'],
    ['string(debit) + "0"', 'use dec(...)'],
  ])('%s in a field for a number is refused, so that nothing is joined or rounded', (text, suggestion) => {
    expect(problemOf(text, { wantsNumber: true })).toMatchObject({ code: 'MAPPING_EXPRESSION_INVALID', suggestion });
  });

  it('suggests what may have been meant', () => {
    expect(problemOf('startWith(name)').suggestion).toBe('did you mean "startsWith"?');
    expect(problemOf('name ==').offset).toBeGreaterThan(0);
  });
});
