import { readFileSync } from 'node:fs';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { MatchingModel, MatchRecord, PreparedRecord } from '../matching/matching-model';
import type { ComparisonConfiguration, KindConfiguration } from '../matching/matching-schema';
import { matchingOf } from '../matching/read-matching';
import { estimateShares } from './estimate-shares';
import { estimatedText } from './estimated-text';

/** Six attributes: how often one party writes the same, and from how many values people choose evenly. */
const TRUTH = [
  { name: 'a', m: 0.95, values: 500, unknown: 0 },
  { name: 'b', m: 0.9, values: 50, unknown: 0.2 },
  { name: 'c', m: 0.8, values: 20, unknown: 0 },
  { name: 'd', m: 0.7, values: 10, unknown: 0.1 },
  { name: 'e', m: 0.85, values: 100, unknown: 0 },
  { name: 'f', m: 0.6, values: 4, unknown: 0 },
];
const GUESS = { same: { m: 0.5, u: 0.01 }, different: { m: 0.5, u: 0.99 } };

interface Plain extends PreparedRecord {
  record: MatchRecord;
}

const comparisons = TRUTH.map(({ name }): ComparisonConfiguration => ({
  name,
  method: 'exact',
  attribute: name,
  levels: GUESS,
  veto: undefined,
  termFrequency: undefined,
}));
const kind: KindConfiguration = {
  prior: 0.001,
  thresholds: { match: 0.9, review: 0.5 },
  blocking: [],
  comparisons,
};

/** Compares texts as they are; records meet that agree in `a`, in b and c, or in d and e. */
const model: MatchingModel = {
  fingerprint: 'test',
  thresholds: { organisation: { match: 3, review: 0 }, person: { match: 3, review: 0 } },
  maxBlockSize: 1000,
  prepare(record): Plain {
    const value = (name: string) => record.attributes[name]?.[0];
    const rules = [['a'], ['b', 'c'], ['d', 'e']].filter((parts) => parts.every(value));
    const blockingKeys = rules.map((parts) => `${parts.join('')}:${parts.map(value).join()}`).sort();
    return { ref: record.ref, kind: record.kind, blockingKeys, record };
  },
  compare(a, b) {
    const outcomes = TRUTH.map(({ name }) => {
      const [left, right] = [a, b].map((each) => (each as Plain).record.attributes[name]?.[0] ?? null);
      const level = left === null || right === null ? 'missing' : left === right ? 'same' : 'different';
      return { comparison: name, level, weight: 0, left: left ?? null, right: right ?? null };
    });
    return { weight: 0, probability: 0.5, verdict: 'review', veto: null, comparisons: outcomes };
  },
};

function synthetic(parties: number, seed: number) {
  const generator = xoroshiro128plus(seed);
  const random = (below: number) => uniformInt(generator, 0, below - 1);
  const chance = (share: number) => random(1_000_000) < share * 1_000_000;
  const record = (ref: string, values: Record<string, number>): MatchRecord => ({
    ref,
    kind: 'organisation',
    attributes: Object.fromEntries(
      TRUTH.map(({ name, unknown }) => [name, chance(unknown) ? [] : [String(values[name])]]),
    ),
  });
  const records: MatchRecord[] = [];
  for (let party = 0; party < parties; party++) {
    const own = Object.fromEntries(TRUTH.map(({ name, values }) => [name, random(values)]));
    records.push(record(`x/${party}`, own));
    if (party % 2 === 1) continue;
    const again = Object.entries(own).map(([name, value]) => {
      const { m, values } = TRUTH.find((each) => each.name === name)!;
      return [name, chance(m) ? value : (value + 1 + random(values - 1)) % values];
    });
    records.push(record(`y/${party}`, Object.fromEntries(again) as Record<string, number>));
  }
  return { records, random };
}

describe('estimated shares', () => {
  it('are those that the records were made with, from a poor start and without the truth', () => {
    const { records, random } = synthetic(2_000, 7);
    const {
      comparisons: estimates,
      matches,
      pairs,
    } = estimateShares(model, kind, {
      records,
      random,
      samplePairs: 50_000,
    });
    expect(pairs).toMatchObject({ drawn: 50_000, all: (3_000 * 2_999) / 2 });
    expect(pairs.meeting).toBeLessThan(pairs.all / 10);
    expect(Math.abs(matches - 1_000)).toBeLessThan(80);
    estimates.forEach(({ comparison, levels: [same, different] }, at) => {
      const { name, m, values } = TRUTH[at]!;
      expect(comparison).toBe(name);
      expect(Math.abs(same!.m - m)).toBeLessThan(0.05);
      expect(same!.u * values).toBeGreaterThan(0.85);
      expect(same!.u * values).toBeLessThan(1.15);
      expect(same!.m + different!.m).toBeCloseTo(1, 2);
    });
  });

  it('are the same for the same records and draws', () => {
    const run = () => {
      const { records, random } = synthetic(300, 3);
      return estimateShares(model, kind, { records, random, samplePairs: 2_000 });
    };
    expect(run()).toEqual(run());
  });

  it('stay as they are where too little was seen', () => {
    const { records, random } = synthetic(300, 3);
    const withoutB = records.map(({ attributes, ...rest }) => ({ ...rest, attributes: { ...attributes, b: [] } }));
    const [a, b] = estimateShares(model, kind, { records: withoutB, random, samplePairs: 2_000 }).comparisons;
    expect(b!.levels.map(({ isKept, m, u }) => ({ isKept, m, u }))).toEqual(
      Object.values(GUESS).map((shares) => ({ isKept: { m: true, u: true }, ...shares })),
    );
    expect(a!.levels[0]).toMatchObject({ isKept: { m: false } });
    expect(a!.levels[0]!.m).toBeGreaterThan(0.8);
  });

  it('count pairs across two sources only', () => {
    const { records, random } = synthetic(200, 5);
    const sourceOf = (ref: string) => ref.split('/')[0]!;
    expect(estimateShares(model, kind, { records, random, samplePairs: 1_000, sourceOf }).pairs.all).toBe(200 * 100);
  });
});

describe('a file with estimated shares', () => {
  const shipped = readFileSync('config/matching.yaml', 'utf8');
  const level = { shipped: { m: 0.9, u: 0.1 }, seen: { m: 9, u: 9 } };
  const estimate = {
    comparison: 'phone',
    levels: [
      { ...level, level: 'same', m: 0.512, u: 0.00000345, isKept: { m: false, u: false } },
      { ...level, level: 'same_exchange', m: 0.3, u: 0.3, isKept: { m: true, u: true } },
      { ...level, level: 'different', m: 0.338, u: 0.9, isKept: { m: false, u: true } },
    ],
  };

  it('differs in those shares alone', () => {
    const written = estimatedText(shipped, 'matching.yaml', 'person', [estimate]).split('\n');
    const before = shipped.split('\n');
    const changed = written.flatMap((line, at) => (line === before[at] ? [] : [line.trim()]));
    expect(written).toHaveLength(before.length);
    expect(changed).toEqual([
      expect.stringMatching(/^same: \{m: 0\.512, u: 0\.00000345\}/),
      expect.stringMatching(/^different: \{m: 0\.338, u: 0\.\d+\}/),
    ]);
    const { levels } = matchingOf(written.join('\n'), 'matching.yaml').person.comparisons.find(
      ({ name }) => name === 'phone',
    )!;
    expect(levels['same']).toEqual({ m: 0.512, u: 0.00000345 });
  });

  it('is refused where it would not pass lint', () => {
    const [same] = estimate.levels;
    const tooMuch = { ...estimate, levels: [{ ...same!, m: 0.99 }] };
    expect(() => estimatedText(shipped, 'matching.yaml', 'person', [tooMuch])).toThrow(
      expect.objectContaining({ code: 'MATCHING_CONFIGURATION_INVALID' }),
    );
  });
});
