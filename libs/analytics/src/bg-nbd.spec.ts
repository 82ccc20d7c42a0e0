import fc from 'fast-check';
import { bgNbdLogLikelihood, fitBgNbd, pAlive, type BgNbdParameters } from './bg-nbd';
import { minimise } from './nelder-mead';
import type { PurchaseSummary } from './purchase-summary';

/** Estimates for the CDNOW customers in weeks, table 2 of the 2005 paper. */
const CDNOW: BgNbdParameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

describe('P(alive)', () => {
  it('is that of the published example: 2 repeats, the last in week 30.43 of 38.86', () => {
    expect(pAlive({ repeats: 2, lastAt: 30.43, observed: 38.86 }, CDNOW)).toBeCloseTo(0.7266, 4);
  });

  it('is b/(a + b), the mean chance to stay, right after a first repeat', () => {
    const { a, b } = CDNOW;
    expect(pAlive({ repeats: 1, lastAt: 39, observed: 39 }, CDNOW)).toBeCloseTo(b / (a + b), 12);
  });

  it('is 1 for who never came back: the model can’t tell', () => {
    expect(pAlive({ repeats: 0, lastAt: 0, observed: 500 }, CDNOW)).toBe(1);
  });

  it('falls as time goes by without a purchase, and faster for frequent buyers', () => {
    const chances = (repeats: number) =>
      [30, 39, 60].map((observed) => pAlive({ repeats, lastAt: 30, observed }, CDNOW));
    const [rare, frequent] = [chances(5), chances(20)];
    expect(rare[0]).toBeGreaterThan(rare[1]);
    expect(rare[1]).toBeGreaterThan(rare[2]);
    expect(frequent[1]).toBeLessThan(rare[1]);
  });

  it('stays between 0 and 1 where powers overflow', () => {
    expect(pAlive({ repeats: 5000, lastAt: 1, observed: 10_000 }, CDNOW)).toBe(0);
  });

  it.each([
    { repeats: -1, lastAt: 0, observed: 1 },
    { repeats: 1.5, lastAt: 1, observed: 2 },
    { repeats: 1, lastAt: 3, observed: 2 },
    { repeats: 1, lastAt: Number.NaN, observed: 2 },
  ])('refuses %j', (summary) => {
    expect(() => pAlive(summary, CDNOW)).toThrow(expect.objectContaining({ code: 'ANALYTICS_PURCHASES_INVALID' }));
    expect(() => fitBgNbd([summary])).toThrow(expect.objectContaining({ code: 'ANALYTICS_PURCHASES_INVALID' }));
  });
});

describe('the likelihood', () => {
  it('is that of the formula with gamma functions', () => {
    // Γ(r + x)/Γ(r) = 3!/1! for r = 2, x = 2; α = 6, t = 5, T = 9, a = 3, b = 4.
    const stays = betaOf(3, 6) / betaOf(3, 4) / 15 ** 4;
    const leaves = betaOf(4, 5) / betaOf(3, 4) / 11 ** 4;
    const exact = 6 * 6 ** 2 * (stays + leaves);
    const actual = bgNbdLogLikelihood([{ repeats: 2, lastAt: 5, observed: 9 }], { r: 2, alpha: 6, a: 3, b: 4 });
    expect(actual).toBeCloseTo(Math.log(exact), 12);
  });

  it('of no repeat is that of no purchase', () => {
    const actual = bgNbdLogLikelihood([{ repeats: 0, lastAt: 0, observed: 9 }], { r: 2, alpha: 6, a: 3, b: 4 });
    expect(actual).toBeCloseTo(2 * Math.log(6 / 15), 12);
  });

  it('of many is the sum of that of each, however many are alike', () => {
    const summary = fc
      .tuple(fc.nat({ max: 4 }), fc.nat({ max: 5 }), fc.nat({ max: 5 }))
      .map(([repeats, last, more]) => ({ repeats, lastAt: repeats === 0 ? 0 : last, observed: last + more }));
    fc.assert(
      fc.property(fc.array(summary, { minLength: 1, maxLength: 40 }), (all) => {
        const single = all.map((each) => bgNbdLogLikelihood([each], CDNOW));
        expect(bgNbdLogLikelihood(all, CDNOW)).toBeCloseTo(
          single.reduce((sum, each) => sum + each, 0),
          8,
        );
      }),
    );
  });
});

describe('the fit', () => {
  const truth: BgNbdParameters = { r: 0.85, alpha: 4.45, a: 0.79, b: 2.42 };
  const customers = simulated(truth, 2_500, 7);
  const fitted = fitBgNbd(customers)!;

  it('finds the parameters that made the customers', () => {
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      expect(Math.abs(fitted[name] / truth[name] - 1)).toBeLessThan(0.25);
    }
  });

  it('is at least as likely as the truth, and a maximum', () => {
    const best = bgNbdLogLikelihood(customers, fitted);
    expect(best).toBeGreaterThanOrEqual(bgNbdLogLikelihood(customers, truth));
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      for (const factor of [0.99, 1.01]) {
        expect(bgNbdLogLikelihood(customers, { ...fitted, [name]: fitted[name] * factor })).toBeLessThan(best);
      }
    }
  });

  it('does not depend on the unit of time nor on the order of customers', () => {
    const some = customers.slice(0, 500);
    const inWeeks = fitBgNbd(some)!;
    const inDays = some.map(({ repeats, lastAt, observed }) => ({
      repeats,
      lastAt: lastAt * 7,
      observed: observed * 7,
    }));
    const again = fitBgNbd(inDays.reverse())!;
    expect(fitBgNbd([...some].reverse())).toEqual(inWeeks);
    expect(again.alpha / 7).toBeCloseTo(inWeeks.alpha, 3);
    expect(again.r).toBeCloseTo(inWeeks.r, 4);
  });

  it('says nothing from too few, or from customers that never came back', () => {
    const once = Array.from({ length: 50 }, () => ({ repeats: 0, lastAt: 0, observed: 10 }));
    expect(fitBgNbd(once)).toBeNull();
    expect(fitBgNbd([])).toBeNull();
    expect(fitBgNbd(customers.slice(0, 29), 30)).toBeNull();
    expect(fitBgNbd([{ repeats: 1, lastAt: 0, observed: 0 }])).toBeNull();
  });

  it('gives chances between 0 and 1, or nothing, for any customers', () => {
    const summary = fc
      .tuple(
        fc.integer({ min: 0, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
      )
      .map(([repeats, part, observed]) => ({ repeats, lastAt: repeats === 0 ? 0 : part * observed, observed }));
    fc.assert(
      fc.property(fc.array(summary, { minLength: 1, maxLength: 25 }), (all) => {
        const parameters = fitBgNbd(all);
        if (parameters === null) return;
        for (const each of all) {
          const chance = pAlive(each, parameters);
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('the search for a minimum', () => {
  it('finds that of a curved valley (Rosenbrock)', () => {
    const valley = ([x, y]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const { at, converged } = minimise(valley, [-1.2, 1], { tolerance: 1e-14, maxEvaluations: 1_000 });
    expect(converged).toBe(true);
    expect(at[0]).toBeCloseTo(1, 5);
    expect(at[1]).toBeCloseTo(1, 5);
  });

  it('asks for no more values than it may, but for the last step', () => {
    let asked = 0;
    minimise((at) => Math.sin(++asked) + at[0], [0, 0, 0, 0], { tolerance: 0, maxEvaluations: 40 });
    expect(asked).toBeLessThanOrEqual(2 * (40 + 5));
  });

  it('stays inside a fence, and says when its budget was too small', () => {
    const fenced = ([x]: readonly number[]) => (x > 1 ? Infinity : -x);
    expect(minimise(fenced, [0], { tolerance: 1e-12, maxEvaluations: 500 }).at[0]).toBeCloseTo(1, 6);
    expect(minimise(([x]) => x * x, [50], { tolerance: 0, maxEvaluations: 8 }).converged).toBe(false);
  });
});

/** B(a, b) for whole a and b. */
function betaOf(a: number, b: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return (factorial(a - 1) * factorial(b - 1)) / factorial(a + b - 1);
}

/** Customers who buy at exponential times and leave after a repeat purchase by chance, as the model says. */
function simulated({ r, alpha, a, b }: BgNbdParameters, count: number, seed: number): PurchaseSummary[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => {
    const rate = gamma(r, random) / alpha;
    const [x, y] = [gamma(a, random), gamma(b, random)];
    const leaves = x / (x + y);
    const observed = 12 + 84 * random();
    let [repeats, lastAt, now] = [0, 0, 0];
    for (;;) {
      now -= Math.log(1 - random()) / rate;
      if (now > observed) break;
      [repeats, lastAt] = [repeats + 1, now];
      if (random() < leaves) break;
    }
    return { repeats, lastAt, observed };
  });
}

/** Gamma(shape, 1) by Marsaglia and Tsang, with their boost below 1. */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** mulberry32: the same numbers on every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
