import fc from 'fast-check';
import type { CreditPolicy } from '../policy/policy-schema';
import { fitScorecard } from './fit-scorecard';
import { chanceOf, fitLogistic } from './logistic-regression';
import { binMonotone, evidenceCurve, evidenceOf } from './weight-of-evidence';

/** Evenly spread numbers from 0 to below 1 without chance: multiples of the golden section. */
const spread = (index: number, seed = 0) => ((index + 1) * 0.6180339887498949 + seed) % 1;

describe('logistic regression', () => {
  it('finds the coefficients that were put in', () => {
    const rows = Array.from({ length: 4000 }, (_, index) => [spread(index) * 4 - 2, spread(index * 7, 0.3) * 4 - 2]);
    const truth = { intercept: -1, coefficients: [1.5, -0.7], converged: true };
    const bads = rows.map((row, index) => (spread(index * 13, 0.7) < chanceOf(truth, row) ? 1 : 0));
    const model = fitLogistic(rows, bads);
    expect(model.converged).toBe(true);
    expect(model.intercept).toBeCloseTo(-1, 0);
    expect(model.coefficients[0]).toBeGreaterThan(1.3);
    expect(model.coefficients[0]).toBeLessThan(1.7);
    expect(model.coefficients[1]).toBeGreaterThan(-0.9);
    expect(model.coefficients[1]).toBeLessThan(-0.5);
  });

  it('expects on average what happened', () => {
    const rows = Array.from({ length: 300 }, (_, index) => [spread(index)]);
    const bads = rows.map(([x], index) => (spread(index, 0.5) * x > 0.3 ? 1 : 0));
    const model = fitLogistic(rows, bads);
    const expected = rows.reduce((sum, row) => sum + chanceOf(model, row), 0);
    expect(expected).toBeCloseTo(
      bads.reduce<number>((sum, bad) => sum + bad, 0),
      4,
    );
  });

  it('stays finite when the classes can be told apart without an error', () => {
    const model = fitLogistic([[0], [1], [2], [3]], [0, 0, 1, 1]);
    expect(Number.isFinite(model.coefficients[0])).toBe(true);
    expect(chanceOf(model, [3])).toBeGreaterThan(0.9);
  });
});

describe('weight of evidence', () => {
  const observations = fc.array(
    fc.record({
      value: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(NaN)),
      bad: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 2, maxLength: 300 },
  );

  it('only rises or only falls with the value, and every present observation is in a bin', () => {
    fc.assert(
      fc.property(observations, fc.boolean(), (list, rising) => {
        const sample = { values: list.map(({ value }) => value), bads: list.map(({ bad }) => bad) };
        const binned = binMonotone(sample, rising);
        if (binned === null) return;
        const steps = binned.bins
          .slice(1)
          .map((bin, index) => [bin.woe - binned.bins[index].woe, bin.centre - binned.bins[index].centre]);
        for (const [woe, centre] of steps) {
          expect(rising ? woe : -woe).toBeGreaterThan(-1e-9);
          expect(centre).toBeGreaterThan(0);
        }
        const counted = binned.bins.reduce((sum, { goods, bads }) => sum + goods + bads, 0);
        expect(counted).toBe(list.filter(({ value }) => !Number.isNaN(value)).length);
        expect(binned.informationValue).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('says nothing for a value that is missing, and nothing of a feature that goes the other way', () => {
    const values = Array.from({ length: 200 }, (_, index) => index);
    const bads = values.map((value) => (value < 60 ? 1 : 0));
    const binned = binMonotone({ values, bads }, true);
    expect(binned?.bins.length).toBeGreaterThan(1);
    if (binned) expect(evidenceOf(evidenceCurve(binned), NaN)).toBe(0);
    expect(binMonotone({ values, bads }, false)).toBeNull();
  });
});

describe('a scorecard from data', () => {
  const card: CreditPolicy['scorecard'] = {
    pay_index: {
      weight: 50,
      knots: [
        [0, 0],
        [100, 100],
      ],
    },
    max_dpd_open: {
      weight: 20,
      knots: [
        [0, 100],
        [90, 0],
      ],
    },
    tenure_months: {
      weight: 20,
      knots: [
        [0, 0],
        [60, 100],
      ],
    },
    external: {
      weight: 10,
      knots: [
        [0, 0],
        [100, 100],
      ],
    },
  };
  const rows = Array.from({ length: 3000 }, (_, index) =>
    Float64Array.from([spread(index) * 100, spread(index * 11, 0.2) * 60, spread(index * 17, 0.9) * 60, NaN]),
  );
  const bads = rows.map(([index, late], place) => {
    const chance = 1 / (1 + Math.exp(index / 8 - late / 15 - 3));
    return spread(place * 29, 0.4) < chance ? 1 : 0;
  });
  const fitted = fitScorecard({ rows, bads }, card);

  it('weighs what tells good from bad, leaves out what does not, and keeps what the data does not have', () => {
    expect(fitted.map(({ feature, outcome }) => [feature, outcome])).toEqual([
      ['pay_index', 'fitted'],
      ['max_dpd_open', 'fitted'],
      ['tenure_months', 'no_information'],
      ['external', 'not_in_data'],
    ]);
    const [index, late, , external] = fitted;
    expect(index.weight).toBeGreaterThan(late.weight);
    expect(index.weight + late.weight).toBeCloseTo(90, 1);
    expect(external).toMatchObject({ weight: 10, knots: card['external'].knots });
  });

  it('has curves from 0 to 100 points in the expert’s direction', () => {
    const [index, late] = fitted.map(({ knots }) => knots.map(([, points]) => points));
    expect([index[0], index.at(-1)]).toEqual([0, 100]);
    expect([late[0], late.at(-1)]).toEqual([100, 0]);
    expect([...index].sort((a, b) => a - b)).toEqual(index);
  });

  it('drops a feature that, beside the others, counts against its direction', () => {
    // The third column is the first with noise: alone it tells something, beside it nothing or worse.
    const doubled = rows.map(([index, late], place) =>
      Float64Array.from([index, late, index * 0.6 * (0.7 + 0.3 * spread(place * 5)), NaN]),
    );
    const result = fitScorecard({ rows: doubled, bads }, card);
    for (const { outcome, coefficient } of result) if (outcome === 'fitted') expect(coefficient).toBeLessThan(0);
  });
});
