import fc from 'fast-check';
import { rankingOf } from './percentile';
import { rfmScores, type RfmInput } from './rfm';

const rfmRankings = (all: RfmInput[]) => ({
  recency: rankingOf(all.map(({ recencyDays }) => -recencyDays)),
  frequency: rankingOf(all.map(({ frequency }) => frequency)),
  monetary: rankingOf(all.map(({ monetary }) => monetary)),
});

describe('a ranking', () => {
  it('goes from 0 for the lowest to 100 for the highest, ties in the middle of their ranks', () => {
    const { percentile } = rankingOf([30, 10, 20, 20, 40]);
    expect([10, 20, 30, 40].map(percentile)).toEqual([0, 37.5, 75, 100]);
  });

  it('compares nobody with nobody', () => {
    expect(rankingOf([5]).percentile(5)).toBeNull();
    expect(rankingOf([5, 5]).percentile(5)).toBe(50);
  });

  it('is the same in any order, never falls, and has a mean of 50', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2 });
    fc.assert(
      fc.property(values, (all) => {
        const ranking = rankingOf(all);
        const sorted = [...all].sort((a, b) => a - b);
        const percentiles = sorted.map((value) => ranking.percentile(value)!);
        expect(rankingOf([...all].reverse()).percentile(all[0])).toBe(ranking.percentile(all[0]));
        percentiles.forEach((each, index) => expect(each).toBeGreaterThanOrEqual(percentiles[index - 1] ?? 0));
        expect(percentiles.reduce((sum, each) => sum + each, 0) / all.length).toBeCloseTo(50, 8);
      }),
    );
  });

  it('cuts into fifths, equal values in the same one', () => {
    const { quintile } = rankingOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(quintile)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(rankingOf([7, 7, 7, 7]).quintile(7)).toBe(2);
    const tied = rankingOf([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]);
    expect([1, 2, 3].map(tied.quintile)).toEqual([2, 5, 5]);
  });
});

describe('recency, frequency and monetary value', () => {
  const customers = [5, 4, 3, 2, 1].map((rank) => ({ recencyDays: rank * 10, frequency: 6 - rank, monetary: 100 }));

  it('scores the most recent and most frequent five, and who is like all others three', () => {
    const scores = rfmScores(rfmRankings(customers));
    expect(customers.map(scores)).toEqual(
      [1, 2, 3, 4, 5].map((rank) => ({ recency: rank, frequency: rank, monetary: 3 })),
    );
  });

  it('scores equal customers alike', () => {
    const day = fc.record({
      recencyDays: fc.integer({ min: 0, max: 5 }),
      frequency: fc.integer({ min: 1, max: 4 }),
      monetary: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 60 }), (all) => {
        const scores = rfmScores(rfmRankings(all));
        for (const [x, y] of all.flatMap((first) => all.map((second) => [first, second] as const))) {
          const [a, b] = [scores(x), scores(y)];
          if (x.recencyDays === y.recencyDays) expect(a.recency).toBe(b.recency);
          if (x.frequency > y.frequency) expect(a.frequency).toBeGreaterThanOrEqual(b.frequency);
          expect(a.monetary).toBeGreaterThanOrEqual(1);
          expect(a.monetary).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 30 },
    );
  });
});
