import fc from 'fast-check';
import { gapAlarm, gapsBetween } from './purchase-gap';
import { mean, median, standardDeviation } from './statistics';
import { volumeState } from './volume-alarm';

const GAP = { minGaps: 5, k: 2.5, logSigmaFloor: 0.1 };
const EWMA = { lambda: 0.2, L: 3, minPeriods: 6 };

describe('the purchase gap alarm', () => {
  it('needs enough gaps of the customer’s own', () => {
    expect(gapAlarm([30, 30, 30, 30], GAP)).toBeNull();
    expect(gapAlarm([30, 30, 30, 30, 30], GAP)?.usual).toBeCloseTo(30, 10);
  });

  it('keeps a floor under the spread of very regular customers', () => {
    expect(gapAlarm([30, 30, 30, 30, 30], GAP)?.threshold).toBeCloseTo(30 * Math.exp(0.25), 10);
  });

  it('is not moved by one outlier', () => {
    const usual = gapAlarm([28, 30, 31, 29, 35, 27, 33, 30], GAP);
    const withHoliday = gapAlarm([28, 30, 31, 29, 35, 27, 33, 300], GAP);
    expect(withHoliday!.threshold).toBeLessThan(usual!.threshold * 1.15);
  });

  it('rises with the gap and is 2.5 at the threshold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 5 }), (gaps) => {
        const alarm = gapAlarm(gaps, GAP)!;
        expect(alarm.z(alarm.threshold)).toBeCloseTo(2.5, 8);
        expect(alarm.z(alarm.threshold + 1)).toBeGreaterThan(2.5);
        expect(alarm.threshold).toBeGreaterThan(alarm.usual);
      }),
    );
  });

  it('counts gaps between days', () => {
    expect(gapsBetween([10, 12, 40])).toEqual([2, 28]);
    expect(gapsBetween([10])).toEqual([]);
    expect(gapsBetween([])).toEqual([]);
  });
});

describe('the volume alarm', () => {
  const before = [95, 105, 100, 98, 102, 100];

  it.each([
    ['nothing', [100, 101, 99, 100, 102, 98], null],
    ['a fall', [100, 95, 80, 70, 60, 60], 'drop'],
    ['a rise', [100, 105, 120, 130, 140, 140], 'rise'],
  ])('sees %s', (_what, recent, alarm) => {
    const state = volumeState([...before, ...recent], EWMA)!;
    expect(state.alarm).toBe(alarm);
    expect(state.baseline).toBe(100);
    if (alarm === 'drop') expect(state.average).toBeLessThan(state.lower);
    if (alarm === 'rise') expect(state.average).toBeGreaterThan(state.upper);
  });

  it('needs as many months to compare with as it watches, and a spread in them', () => {
    expect(volumeState([95, 105, 100, 98, 102, 1, 1, 1, 1, 1, 1], EWMA)).toBeNull();
    expect(volumeState([9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1], EWMA)).toBeNull();
    expect(volumeState([], EWMA)).toBeNull();
    expect(volumeState([1, 2, 3], { ...EWMA, minPeriods: 0 })).not.toBeNull();
  });

  it('does not depend on the unit', () => {
    const months = [...before, 100, 95, 80, 70, 60, 60];
    const thousands = volumeState(
      months.map((month) => month * 1000),
      EWMA,
    )!;
    expect(thousands.average).toBeCloseTo(volumeState(months, EWMA)!.average * 1000, 6);
    expect(thousands.alarm).toBe('drop');
  });
});

describe('statistics', () => {
  it('are those of the textbook', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(standardDeviation([5])).toBe(0);
  });
});
