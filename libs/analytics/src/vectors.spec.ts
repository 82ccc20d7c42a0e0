import { ewmaChart } from './volume-alarm';
import { keyAccounts } from './key-accounts';
import { gapAlarm } from './purchase-gap';

/** The worked examples of the definitions that concern a customer's value and alarms, by their numbers. */
describe('worked examples', () => {
  it('example 20: purchase gaps and volume', () => {
    const alarm = gapAlarm([28, 30, 31, 29, 35, 27, 33, 30], { minGaps: 5, k: 2.5, logSigmaFloor: 0.1 });
    expect(alarm?.threshold).toBeCloseTo(38.52, 2);
    expect(alarm?.z(45)).toBeCloseTo(4.055, 3);
    const chart = ewmaChart([100, 104, 98, 102, 96, 60], { mean: 100, sigma: 5, lambda: 0.2, limit: 3, minPeriods: 6 });
    expect(chart.map((point) => point.alarm)).toEqual([false, false, false, false, false, true]);
    expect(chart[5].value).toBeCloseTo(91.739, 3);
    expect(chart[5].lower).toBeCloseTo(95.175, 3);
  });

  it('example 21: key accounts', () => {
    const profits = ['500', '300', '150', '50', '10', '0', '-20', '-40', '-70', '-80'];
    const { total, count, curve } = keyAccounts(profits, 0.8);
    expect(total).toBe('800');
    expect(Math.max(...curve)).toBe(1.2625);
    expect(curve[1]).toBe(1);
    expect(count).toBe(2);
  });
});
