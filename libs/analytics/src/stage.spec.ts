import fc from 'fast-check';
import { addDays } from '@syncline/model';
import {
  addMonths,
  confirmStage,
  observeStage,
  sixMonthSales,
  STAGES,
  type StageFacts,
  type StageState,
} from './stage';

const policy = {
  exploreDays: 180,
  exploreOrders: 3,
  growth: 0.15,
  declineVsPeak: -0.25,
  pAliveMin: 0.5,
  confirmMonths: 2,
};
const months = (before: number, latest: number) => [
  ...Array<number>(18).fill(before),
  ...Array<number>(6).fill(latest),
];
const facts = (more: Partial<StageFacts> = {}): StageFacts => ({
  tenureDays: 900,
  orders: 20,
  monthlySales: months(100, 100),
  pAlive: 0.9,
  halfYearProfits: [50, 50, 50],
  ...more,
});

describe('the stage that is seen', () => {
  it.each<[string, Partial<StageFacts>, string, string]>([
    ['a prospect', { tenureDays: null, orders: 0 }, 'exploring', 'TENURE'],
    ['179 days', { tenureDays: 179 }, 'exploring', 'TENURE'],
    ['two orders', { orders: 2 }, 'exploring', 'ORDERS'],
    ['a young customer falling', { tenureDays: 100, monthlySales: months(100, 10) }, 'exploring', 'TENURE'],
    ['75 % of the peak', { monthlySales: months(100, 75) }, 'declining', 'SALES_BELOW_PEAK'],
    ['just above 75 % of the peak', { monthlySales: months(100, 75.1) }, 'stable', 'NONE'],
    ['a low chance to buy', { pAlive: 0.49 }, 'declining', 'P_ALIVE'],
    ['profit falling twice', { halfYearProfits: [10, 20, 30] }, 'declining', 'PROFIT_FALLING'],
    ['profit falling once', { halfYearProfits: [10, 20, 20] }, 'stable', 'NONE'],
    ['+15 %', { monthlySales: months(100, 115) }, 'growing', 'SALES_GROWING'],
    ['+14 %', { monthlySales: months(100, 114) }, 'stable', 'NONE'],
    ['growth with falling profit', { monthlySales: months(100, 130), halfYearProfits: [10, 20, 5] }, 'stable', 'NONE'],
    [
      'growth, profit unknown',
      { monthlySales: months(100, 130), halfYearProfits: [null, null, null] },
      'growing',
      'SALES_GROWING',
    ],
    ['nothing known but tenure', { monthlySales: null, pAlive: null, halfYearProfits: [] }, 'stable', 'NONE'],
    ['no sales at all', { monthlySales: months(0, 0) }, 'stable', 'NONE'],
  ])('%s', (_what, more, stage, reason) => {
    expect(observeStage(facts(more), policy)).toEqual({ stage, reason });
  });

  it('looks for the peak in 24 months, not before', () => {
    const old = [...Array<number>(12).fill(1000), ...months(100, 100)];
    expect(observeStage(facts({ monthlySales: old }), policy).stage).toBe('stable');
    expect(sixMonthSales([...Array<number>(6).fill(10), ...Array<number>(12).fill(1)])).toEqual({
      latest: 6,
      before: 6,
      peak: 60,
    });
  });

  it('compares with no half-year that is not there', () => {
    expect(sixMonthSales([1, 2, 3])).toEqual({ latest: 6, before: null, peak: 6 });
    expect(sixMonthSales(Array<number>(11).fill(1)).before).toBeNull();
    expect(sixMonthSales([])).toEqual({ latest: 0, before: null, peak: 0 });
  });
});

describe('the stage in force', () => {
  const stable: StageState = { stage: 'stable', since: '2025-01-01', candidate: null };

  it('is what is seen first', () => {
    expect(confirmStage(null, 'growing', '2025-03-01', 2)).toEqual({
      stage: 'growing',
      since: '2025-03-01',
      candidate: null,
    });
  });

  it('changes after two months of another one, and not a day before', () => {
    const seen = confirmStage(stable, 'declining', '2025-03-15', 2);
    expect(seen).toEqual({ ...stable, candidate: { stage: 'declining', since: '2025-03-15' } });
    expect(confirmStage(seen, 'declining', '2025-05-14', 2)).toEqual(seen);
    expect(confirmStage(seen, 'declining', '2025-05-15', 2)).toEqual({
      stage: 'declining',
      since: '2025-05-15',
      candidate: null,
    });
  });

  it('begins to wait anew when something else is seen in between', () => {
    const seen = confirmStage(stable, 'declining', '2025-03-15', 2);
    expect(confirmStage(seen, 'stable', '2025-04-01', 2)).toEqual(stable);
    expect(confirmStage(seen, 'growing', '2025-04-01', 2).candidate).toEqual({ stage: 'growing', since: '2025-04-01' });
  });

  it('changes at once where no confirmation is asked for', () => {
    expect(confirmStage(stable, 'growing', '2025-03-15', 0).stage).toBe('growing');
  });

  it('is the same when a day is looked at twice', () => {
    const looks = fc.array(fc.tuple(fc.constantFrom(...STAGES), fc.integer({ min: 0, max: 40 })), { maxLength: 30 });
    fc.assert(
      fc.property(looks, (all) => {
        let day = '2024-01-31';
        let state: StageState | null = null;
        for (const [stage, days] of all) {
          day = addDays(day, days);
          const once = confirmStage(state, stage, day, 2);
          expect(confirmStage(once, stage, day, 2)).toEqual(once);
          state = once;
        }
      }),
    );
  });

  it('adds months within the calendar', () => {
    expect(addMonths('2024-12-31', 2)).toBe('2025-02-28');
    expect(addMonths('2023-12-31', 2)).toBe('2024-02-29');
    expect(addMonths('2025-03-15', 12)).toBe('2026-03-15');
  });
});
