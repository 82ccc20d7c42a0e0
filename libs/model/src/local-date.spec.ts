import fc from 'fast-check';
import { instantOfEpochMs, localDateOfEpochDay } from './local-date';

describe('days and moments as text', () => {
  it('are those of Date, in any order of asking', () => {
    const [first, last] = [-99_999_999 * 86_400_000, 99_999_999 * 86_400_000];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (epochMs) => {
        expect(instantOfEpochMs(epochMs)).toBe(new Date(epochMs).toISOString());
        const days = Math.floor(epochMs / 86_400_000);
        expect(localDateOfEpochDay(days)).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });

  it.each([0, -1, 999, 86_399_999, 86_400_000, -62_167_219_200_000, 253_402_300_799_999, 253_402_300_800_000])(
    'hold at the edge %d',
    (epochMs) => expect(instantOfEpochMs(epochMs)).toBe(new Date(epochMs).toISOString()),
  );

  it('are none beyond what a Date holds', () => {
    expect(() => instantOfEpochMs(8.64e15 + 1)).toThrow(RangeError);
    expect(() => instantOfEpochMs(NaN)).toThrow(RangeError);
    expect([localDateOfEpochDay(NaN), localDateOfEpochDay(1e8)]).toEqual(['invalid', 'invalid']);
  });
});
