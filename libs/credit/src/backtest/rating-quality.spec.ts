import fc from 'fast-check';
import { bootstrapByCustomer, quantile } from './bootstrap';
import { calibrationP, chancesOutOfSample, chiSquareTail } from './calibration';
import { areaUnderCurve, kolmogorovSmirnov, RankedOutcomes } from './discrimination';
import { gradeOutcome, monotonicity } from './monotonicity';
import { populationStability, stabilityByChance } from './population-stability';
import { wilsonInterval } from './wilson-interval';

const outcomes = fc.array(fc.record({ score: fc.integer({ min: 0, max: 50 }), bad: fc.boolean() }), {
  minLength: 1,
  maxLength: 60,
});

describe('AUC', () => {
  it('is the share of pairs in which the good one scores higher, ties half', () => {
    fc.assert(
      fc.property(outcomes, (list) => {
        const goods = list.filter(({ bad }) => !bad);
        const bads = list.filter(({ bad }) => bad);
        const wins = goods.flatMap((good) => bads.map((bad) => Math.sign(good.score - bad.score) / 2 + 0.5));
        const expected = wins.length === 0 ? null : wins.reduce((sum, win) => sum + win, 0) / wins.length;
        const area = areaUnderCurve(list);
        if (expected === null) expect(area).toBeNull();
        else expect(area).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('and KS do not change when scores are stretched without changing their order', () => {
    fc.assert(
      fc.property(outcomes, (list) => {
        const stretched = list.map(({ score, bad }) => ({ score: Math.exp(score / 7) * 3 - 100, bad }));
        expect(areaUnderCurve(stretched)).toBe(areaUnderCurve(list));
        expect(kolmogorovSmirnov(stretched)).toBe(kolmogorovSmirnov(list));
      }),
    );
  });

  it('counts weights like copies', () => {
    const weighted = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 9 }), bad: fc.boolean(), weight: fc.integer({ min: 0, max: 3 }) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(weighted, (list) => {
        const copies = list.flatMap((each) => Array.from({ length: each.weight }, () => each));
        const area = new RankedOutcomes(list).areaUnderCurve(list.map(({ weight }) => weight));
        expect(area ?? -1).toBeCloseTo(areaUnderCurve(copies) ?? -1, 12);
      }),
    );
  });
});

describe('population stability', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 4, maxLength: 4 });

  it('is never negative, and zero for the same customers', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        fc.pre(a.some((cell) => cell > 0) && b.some((cell) => cell > 0));
        expect(populationStability(a, b)).toBeGreaterThanOrEqual(-1e-12);
        expect(populationStability(a, a)).toBe(0);
      }),
    );
  });

  it('counts an empty cell as half a customer', () => {
    const expected = (0.01 - 0.5) * Math.log(0.01 / 0.5) + (1 - 0.5) * Math.log(1 / 0.5);
    expect(populationStability([0, 50], [25, 25])).toBeCloseTo(expected, 12);
  });

  it('moves by chance as much as said', () => {
    expect(stabilityByChance(6, 50, 100)).toBeCloseTo(0.15, 12);
  });
});

describe('Wilson interval', () => {
  it('has the share in it and stays within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, part) => {
        const hits = Math.round(total * part);
        const interval = wilsonInterval(hits, total);
        expect(interval?.low).toBeGreaterThanOrEqual(0);
        expect(interval?.high).toBeLessThanOrEqual(1);
        expect(interval?.low).toBeLessThanOrEqual(hits / total);
        expect(interval?.high).toBeGreaterThanOrEqual(hits / total);
      }),
    );
  });

  it('is that of the textbook', () => {
    expect(wilsonInterval(8, 10)?.low).toBeCloseTo(0.4902, 4);
    expect(wilsonInterval(8, 10)?.high).toBeCloseTo(0.9433, 4);
    expect(wilsonInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.2775, 4) });
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('monotonicity', () => {
  it('holds when bad rates rise, whatever the intervals say; unseen grades are passed over', () => {
    const grades = [gradeOutcome('A', 100, 1), gradeOutcome('B', 0, 0), gradeOutcome('C', 100, 2)];
    expect(monotonicity(grades)).toEqual({ verdict: 'monotone', inversions: [] });
  });

  it('forgives a fall within chance and no other', () => {
    expect(monotonicity([gradeOutcome('A', 20, 3), gradeOutcome('B', 20, 2)]).verdict).toBe('chance');
    expect(monotonicity([gradeOutcome('A', 500, 100), gradeOutcome('B', 500, 10)])).toEqual({
      verdict: 'not_monotone',
      inversions: [{ better: 'A', worse: 'B', withinChance: false }],
    });
  });
});

describe('bootstrap', () => {
  const customers = Uint32Array.from({ length: 200 }, (_, index) => index);
  const share = (weights: Float64Array) =>
    weights.reduce((sum, weight, index) => sum + (index < 60 ? weight : 0), 0) / 200;

  it('gives the interval of a share', () => {
    const interval = bootstrapByCustomer(customers, 200, { seed: 1, samples: 2000 }, share);
    // 1.96 √(0.3 × 0.7 / 200) = 0.0635
    expect(interval?.low).toBeCloseTo(0.3 - 0.0635, 1);
    expect(interval?.high).toBeCloseTo(0.3 + 0.0635, 1);
  });

  it('depends on the seed and on nothing else', () => {
    const options = { seed: 7, samples: 100 };
    const once = bootstrapByCustomer(customers, 200, options, share);
    expect(bootstrapByCustomer(customers, 200, options, share)).toEqual(once);
    expect(bootstrapByCustomer(customers, 200, { ...options, seed: 8 }, share)).not.toEqual(once);
  });

  it('draws all observations of a customer together', () => {
    const two = Uint32Array.from([0, 0, 0, 1]);
    bootstrapByCustomer(two, 2, { seed: 3, samples: 50 }, (weights) => {
      expect(new Set(weights.slice(0, 3)).size).toBe(1);
      expect(weights[0] + weights[3]).toBe(2);
      return 0;
    });
  });

  it('has no interval for too few samples', () => {
    expect(bootstrapByCustomer(customers, 200, { seed: 1, samples: 10 }, share)).toBeNull();
  });

  it('interpolates quantiles', () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([5], 0.9)).toBe(5);
  });
});

describe('calibration', () => {
  /** Scores spread over 0 to 100; the chance of going bad is a logistic curve of the score, met on a grid. */
  const sample = (chanceOf: (score: number) => number) =>
    Array.from({ length: 2000 }, (_, customer) => {
      const score = (customer * 37) % 100;
      const uniform = ((customer * 7919) % 2000) / 2000;
      return { customer, score, bad: uniform < chanceOf(score) };
    });

  it('finds the chances that scores stand for', () => {
    const truth = (score: number) => 1 / (1 + Math.exp(score / 10 - 4));
    const list = sample(truth);
    const chances = chancesOutOfSample(list) ?? [];
    const error = list.reduce((sum, { score }, index) => sum + Math.abs(chances[index] - truth(score)), 0);
    expect(error / list.length).toBeLessThan(0.03);
    expect(calibrationP(list, chances)).toBeGreaterThan(0.01);
  });

  it('refuses chances that are wrong', () => {
    const list = sample((score) => (score > 30 && score < 60 ? 0.6 : 0.1));
    const chances = list.map(() => 0.1);
    expect(calibrationP(list, chances)).toBeLessThan(0.001);
  });

  it('says nothing without both kinds, or for few customers', () => {
    expect(chancesOutOfSample([{ customer: 0, score: 50, bad: true }])).toBeNull();
    expect(calibrationP([{ customer: 0, score: 50, bad: true }], [0.5])).toBeNull();
  });

  it('has the tail of the chi-square distribution', () => {
    expect(chiSquareTail(18.307, 10)).toBeCloseTo(0.05, 4);
    expect(chiSquareTail(0, 10)).toBe(1);
  });
});
