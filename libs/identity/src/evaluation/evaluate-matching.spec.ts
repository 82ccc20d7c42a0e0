import { evaluateMatching, pairKey } from './evaluate-matching';
import { PairTally } from './pair-tally';
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
  return evaluateMatching(model, { records, truth: pairs, now: () => 0, keep: 5 });
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
  const byWeight = new Map([
    [1, { pairs: 1, correct: 0 }],
    [5, { pairs: 1, correct: 1 }],
    [4, { pairs: 2, correct: 1 }],
  ]);
  expect(bestThreshold(byWeight, 2)).toEqual({ threshold: 4, quality: qualityOf(3, 2, 2) });
  expect(bestThreshold(new Map(), 2).quality.f1).toBe(0);
});

it('shows true pairs that never met, and only when it is asked to', () => {
  const { neverMet } = evaluate([10, 11, 19, 20], [[10, 11], [19, 20]]); // prettier-ignore
  expect(neverMet.map(({ a, b }) => [a, b])).toEqual([['19', '20']]);
});

it('lets official numbers join and keep apart, as in an installation', () => {
  const record = (ref: string, identifier: string[]) => ({ ref, kind: 'person' as const, attributes: { identifier } });
  const records = [
    record('10', ['eu_vat:DE136695976']),
    record('12', []),
    record('14', ['eu_vat:DE129274202']),
    record('50', ['eu_vat:DE129274202']),
  ];
  const truth = new Set([pairKey('14', '50')]);
  const { clustered } = evaluateMatching(model, { records, truth, now: () => 0 });
  // 10, 12 and 14 are a chain of matches; 14 and 50 never meet.
  expect(clustered).toEqual(qualityOf(2, 1, 1));
});

it('keeps the heaviest wrong pairs, whatever their number', () => {
  const tally = new PairTally(3);
  for (let weight = 0; weight < 500; weight++)
    tally.add(`a${weight}`, 'b', { weight, probability: 1, verdict: 'match', veto: null, comparisons: [] }, false);
  expect(tally.falsePositives().map(({ a }) => a)).toEqual(['a499', 'a498', 'a497']);
  expect(tally.atShipped(1)).toEqual(qualityOf(500, 0, 1));
});
