import { addDays, type LocalDate } from '@syncline/model';
import { converterInto } from '@syncline/receivables';
import { anItem, shippedPolicy } from '@syncline/testing';
import type { HistoricItem } from './ledger-history';
import { migrationOf } from './migration';
import { reviewDates } from './review-dates';
import type { BacktestCustomer, Observation } from './review-customer';
import { runBacktest } from './run-backtest';
import { stabilityByPeriod } from './stability';

const policy = shippedPolicy();
const knownUntil = '2025-12-31';

/** Two invoices a month in 2023 to 2025, paid as late as `lateOn` says for their due day; open when it is past the end. */
function customer(id: string, lateOn: (due: LocalDate) => number): BacktestCustomer {
  const items = Array.from({ length: 70 }, (_, index): HistoricItem => {
    const postedOn = addDays('2023-01-05', index * 15);
    const dueOn = addDays(postedOn, 30);
    const on = addDays(dueOn, lateOn(dueOn));
    const isPaid = on <= knownUntil;
    return {
      system: 'csv',
      ...anItem({
        amount: '1000.50',
        openAmount: isPaid ? '0' : '1000.50',
        postedOn,
        dueOn,
        settledOn: isPaid ? on : null,
        settlements: isPaid ? [{ on, amount: '1000.50', cash: true }] : [],
      }),
    };
  });
  return { id, items };
}

/** Ten that pay on time, ten that pay 20 to 38 days late. */
const customers = Array.from({ length: 20 }, (_, index) =>
  customer(`C${index}`, () => (index % 2 === 0 ? -(index % 3) : 19 + index)),
);
const settings = {
  policy,
  outcome: 'fast_bad' as const,
  reviews: reviewDates('2024-01-31', '2025-08-31', 'month'),
  knownUntil,
  converterOn: (day: LocalDate) => converterInto('CNY', [], { csv: 'CNY' }, day),
};

describe('a backtest', () => {
  const report = runBacktest(customers, settings, { seed: 1, samples: 200 });

  it('finds what was put in', () => {
    expect(report).toMatchObject({ customers: 20, observations: 400, counted: 400, bads: 200, badCustomers: 10 });
    expect(report).toMatchObject({ auc: 1, gini: 1, ks: 1, aucInterval: { low: 1, high: 1 } });
    expect(report.grades.map(({ grade, observations, bads }) => [grade, observations, bads])).toContainEqual([
      'AAA',
      200,
      0,
    ]);
    expect(report.monotonicity.verdict).toBe('monotone');
    expect(report.brier).toBeLessThan(0.05);
    expect(report.brierOfRate).toBe(0.25);
    expect(report.byReview).toHaveLength(20);
    expect(report.byReview[3]).toEqual({ review: '2024-04-30', observations: 20, counted: 20, bads: 10, auc: 1 });
  });

  it('says that ten bad customers are too few to judge by', () => {
    expect(report.verdict.result).toBe('too_few_bads');
    expect(report.verdict.checks[0]).toMatchObject({ name: 'bads', result: 'fail' });
  });

  it('leaves out reviews whose outcome is not known yet, and says how many', () => {
    const late = runBacktest(
      customers,
      { ...settings, reviews: ['2025-10-31', '2025-11-30'] },
      { seed: 1, samples: 0 },
    );
    expect(late.leftOut).toMatchObject({ window_incomplete: 40 });
    expect(late).toMatchObject({ counted: 0, auc: null, aucInterval: null, brier: null });
  });

  it('leaves out customers without a score, and those that are bad already', () => {
    const young = { id: 'young', items: customers[0].items.slice(-12) };
    const lost = customer('lost', (due) => (due > '2024-03-01' ? 9_999 : 0));
    const { leftOut, counted } = runBacktest([young, lost], settings, { seed: 1, samples: 0 });
    expect(leftOut.no_score).toBeGreaterThan(0);
    expect(leftOut.already_bad).toBeGreaterThan(0);
    expect(counted + Object.values(leftOut).reduce((sum, count) => sum + count, 0)).toBe(
      runBacktest([young, lost], settings, { seed: 1, samples: 0 }).observations,
    );
  });

  it('changes grades less often with hysteresis, and never more', () => {
    const swinging = Array.from({ length: 10 }, (_, index) =>
      customer(`S${index}`, (due) => (Math.floor(Number(due.slice(5, 7)) / 2) % 2 === 0 ? 25 + index : 0)),
    );
    const { migration, limits } = runBacktest(swinging, settings, { seed: 1, samples: 0 });
    expect(migration.alone.changes).toBeGreaterThan(20);
    expect(migration.damped.changes).toBeLessThan(migration.alone.changes);
    expect(migration.damped.reversals).toBeLessThanOrEqual(migration.alone.reversals);
    expect(limits.alone.changes).toBeGreaterThan(0);
    expect(limits.damped.raises + limits.damped.cuts).toBe(limits.damped.changes);
  });

  it('sees the past alone: what is added after a review changes no score of it', () => {
    const cut = '2024-12-31';
    const scores = (list: BacktestCustomer[]) => {
      const until = { ...settings, reviews: settings.reviews.filter((review) => review <= cut) };
      return runBacktest(list, until, { seed: 1, samples: 0 }).histogram.map(({ goods, bads }) => goods + bads);
    };
    // Everything due in 2025 is paid on time instead, and nothing that was open on 31 December is touched before.
    const otherwise = customers.map(({ id, items }) => ({
      id,
      items: items.map((item) =>
        item.settledOn !== null && item.settledOn <= cut
          ? item
          : { ...item, settledOn: null, settlements: [], openAmount: item.amount },
      ),
    }));
    expect(scores(otherwise)).toEqual(scores(customers));
  });
});

describe('review dates', () => {
  it('are the last days of months or quarters', () => {
    expect(reviewDates('2024-01-31', '2024-04-29', 'month')).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
    expect(reviewDates('2023-11-15', '2024-06-30', 'quarter')).toEqual(['2023-12-31', '2024-03-31', '2024-06-30']);
    expect(reviewDates('2024-02-01', '2024-02-28', 'month')).toEqual([]);
  });
});

const seen = (customerNumber: number, review: number, grade: string, score = 70): Observation => ({
  customer: customerNumber,
  review,
  score,
  grade,
  dampedGrade: grade,
  limit: '0',
  dampedLimit: '0',
  outcome: 'good',
  features: new Float64Array(),
});

describe('migration', () => {
  it('counts moves between successive reviews of a customer, and those that were taken back', () => {
    const course = ['A', 'B', 'B', 'A', 'A', 'B'].map((grade, review) => seen(0, review, grade));
    const other = [seen(1, 0, 'C'), seen(1, 2, 'A')];
    expect(migrationOf([...course, ...other], ['A', 'B', 'C'], ({ grade }) => grade)).toEqual({
      grades: ['A', 'B', 'C'],
      matrix: [
        [1, 2, 0],
        [1, 1, 0],
        [0, 0, 0],
      ],
      moves: 5,
      changes: 3,
      upgrades: 1,
      downgrades: 2,
      reversals: 2,
    });
  });
});

describe('stability by period', () => {
  it('compares quarters with the first, and passes over those without a score', () => {
    const reviews = ['2024-01-31', '2024-02-29', '2024-04-30'];
    const list = [
      seen(0, 0, 'A'),
      seen(1, 0, 'B'),
      seen(0, 2, 'B'),
      seen(1, 2, 'B'),
      { ...seen(2, 2, 'A'), score: null },
    ];
    const [first, second] = stabilityByPeriod(list, reviews, ['A', 'B'], { psiWarn: 0.1, psiAlarm: 0.25 });
    expect(first).toEqual({
      period: '2024-Q1',
      counts: [1, 1],
      customers: 2,
      psi: null,
      byChance: null,
      verdict: 'reference',
    });
    expect(second).toMatchObject({ period: '2024-Q2', counts: [0, 2], customers: 2, byChance: 1, verdict: 'alarm' });
  });
});
