import { compileRule, type FactType } from './rule-condition';

const facts = new Map<string, FactType>([
  ['a', 'number'],
  ['b', 'number'],
  ['yes', 'flag'],
  ['no', 'flag'],
]);
const holds = (text: string, values: Record<string, string | number | boolean | null> = {}) =>
  compileRule(text, facts).holds({ yes: true, no: false, ...values });

describe('conditions', () => {
  it.each([
    ['a > 1 and b <= 2', { a: 2, b: 2 }, true],
    ['yes or a > 1', {}, true],
    ['no and a > 1', {}, false],
    ['no or a > 1', {}, null],
    ['not (a > 1)', { a: 1 }, true],
    ['not a > 1 or no', { a: 5 }, false],
    ['a + b * 2 == 8', { a: 2, b: 3 }, true],
    ['(a + b) × 2 − 1 >= 9', { a: 2, b: 3 }, true],
    ['-a < 0', { a: 1 }, true],
    ['a / b > 1', { a: 1, b: 0 }, null],
    ['a != 3', { a: 4 }, true],
  ])('%s %j → %s', (text, values, expected) => {
    expect(holds(text, values)).toBe(expected);
  });

  it('compares amounts exactly', () => {
    expect(holds('a + 0.2 > 0.3', { a: '0.1' })).toBe(false);
    expect(holds('a > b', { a: '10000000000000000.01', b: '10000000000000000' })).toBe(true);
    expect(holds('a == 9007199254740993', { a: '9007199254740992' })).toBe(false);
  });

  it.each([
    ['c > 1', /unknown feature c/, 0],
    ['a', /compare it/, 0],
    ['yes > 1', /not a number/, 0],
    ['a > 1 > 2', /unexpected '>'/, 6],
    ['a = 1', /unexpected '='/, 2],
    ['(a > 1', /'\)' is missing/, 6],
    ['a.b > 1', /unexpected/, 1],
    ['a > "1"', /unexpected/, 4],
    ['', /ends too early/, 0],
    ['1 + 2', /a condition is expected/, 2],
    [`${'('.repeat(40)}a > 1${')'.repeat(40)}`, /nested/, 33],
    [`${'not '.repeat(200)}yes`, /longer/, 500],
  ])('refuses %s', (text, message, at) => {
    expect(() => compileRule(text, facts)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), at }),
    );
  });
});
