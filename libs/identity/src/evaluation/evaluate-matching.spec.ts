import { evaluateMatching, pairKey } from './evaluate-matching';
import { bestThreshold, qualityOf } from './quality';
import type { MatchingModel, PreparedRecord } from '../matching/matching-model';

/** Records are numbers; near ones match, and tens share a block. */
const model: MatchingModel = {
  fingerprint: 'test',
  thresholds: { organisation: { match: 0, review: -3 }, person: { match: 0, review: -3 } },
  maxBlockSize: 4,
  prepare: ({ ref, kind }): PreparedRecord => ({ ref, kind, blockingKeys: [`tens:${Math.floor(Number(ref) / 10)}`] }),
  compare(a, b) {
    const weight = 2 - Math.abs(Number(a.ref) - Number(b.ref));
    const verdict = weight >= 0 ? 'match' : weight >= -3 ? 'review' : 'distinct';
    return { weight, probability: 0.5, verdict, veto: null, comparisons: [] };
  },
};

function evaluate(numbers: number[], truth: [number, number][]) {
  const records = numbers.map((n) => ({ ref: String(n), kind: 'person' as const, attributes: {} }));
  const pairs = new Set(truth.map(([a, b]) => pairKey(String(a), String(b))));
  return evaluateMatching(model, { records, kind: 'person', truth: pairs, now: () => 0, keep: 5 });
}

it('counts what was found, what is right, and what never met', () => {
  const result = evaluate([10, 11, 15, 28, 30], [[10, 11], [28, 30], [11, 15]]); // prettier-ignore
  expect(result.atShipped).toEqual(qualityOf(1, 1, 3));
  expect(result.blocking).toMatchObject({ compared: 3, completeness: 2 / 3, blocksTooLarge: 0 });
  expect(result.review).toBe(2);
  expect(result.falseNegatives.map(({ a, b }) => [a, b])).toEqual([['11', '15']]);
  expect(result.atBest).toEqual({ threshold: -2, quality: qualityOf(2, 2, 3) });
});

it('compares nothing of a block that is too large', () => {
  expect(evaluate([10, 11, 12, 13, 14], [[10, 11]]).blocking).toMatchObject({ compared: 0, blocksTooLarge: 1 });
});

it('counts pairs that only others bring together', () => {
  const { atShipped, clustered, clusters } = evaluate([10, 12, 14], [[10, 12], [12, 14], [10, 14]]); // prettier-ignore
  expect(atShipped).toEqual(qualityOf(2, 2, 3));
  expect(clustered).toEqual(qualityOf(3, 3, 3));
  expect(clusters).toEqual(qualityOf(1, 1, 1));
});

it('finds the threshold with the best balance, and takes pairs of one weight together', () => {
  const pairs = [
    { weight: 5, isTrue: true },
    { weight: 4, isTrue: true },
    { weight: 4, isTrue: false },
    { weight: 1, isTrue: false },
  ];
  expect(bestThreshold(pairs, 2)).toEqual({ threshold: 4, quality: qualityOf(3, 2, 2) });
  expect(bestThreshold([], 2).quality.f1).toBe(0);
});
