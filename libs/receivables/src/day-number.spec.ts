import { epochDay, localDateOfEpochDay } from '@syncline/model';
import fc from 'fast-check';
import { dayNumber, monthNumber } from './day-number';

describe('dayNumber', () => {
  it('agrees with the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (days) => {
        const date = localDateOfEpochDay(days);
        expect(dayNumber(date)).toBe(days);
        expect(epochDay(date)).toBe(days);
      }),
    );
  });

  it('counts months', () => {
    expect(monthNumber('2026-01-31') - monthNumber('2025-12-01')).toBe(1);
  });
});
