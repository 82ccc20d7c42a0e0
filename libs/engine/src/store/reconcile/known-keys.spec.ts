import fc from 'fast-check';
import { KnownKeys } from './known-keys';

describe('keys that a table may hold', () => {
  it('are never denied once they were added', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 4 }), { maxLength: 50 }), (keys) => {
        const known = new KnownKeys();
        keys.forEach((key) => known.add(key));
        expect(keys.every((key) => known.mayHave(key))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('are denied otherwise, but for a few', () => {
    const known = new KnownKeys();
    for (let key = 0; key < 300_000; key++) known.add(['erp', 'order', String(key)]);
    const wrong = Array.from({ length: 10_000 }, (_, at) => ['erp', 'order_line', String(at)]);
    expect(wrong.filter((key) => known.mayHave(key)).length).toBeLessThan(100);
  });

  it('are told apart by where a part ends', () => {
    const known = new KnownKeys();
    known.add(['erp', 'a', 'bc']);
    expect(known.mayHave(['erp', 'ab', 'c'])).toBe(false);
  });
});
