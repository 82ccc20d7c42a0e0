import { clusterAccounts, type AccountMatch, type IdentityAccount } from '../cluster';
import type { MatchingModel, MatchRecord, PreparedRecord } from '../matching/matching-model';
import { candidatePairs, pairsOfSources } from './candidate-pairs';
import { heaviest, PairTally, type WrongPair } from './pair-tally';
import { qualityOf, type BestThreshold, type Quality } from './quality';

export interface EvaluationInput {
  records: readonly MatchRecord[];
  /** True pairs of refs, as `pairKey` gives them. */
  truth: ReadonlySet<string>;
  /** Only pairs of different sources count, where records of two files are linked. */
  sourceOf?: (ref: string) => string;
  /** Monotonic, in ms. */
  now: () => number;
  /** How many wrong pairs of each sort to keep. */
  keep?: number;
}

export interface Evaluation {
  records: number;
  truePairs: number;
  /** Blocking: which share of the true pairs is compared at all, and which share of all pairs is not. */
  blocking: { compared: number; completeness: number; reduction: number; blocksTooLarge: number };
  atShipped: Quality;
  atBest: BestThreshold;
  /** Pairs that are in one cluster, at the shipped threshold. */
  clustered: Quality;
  /** Clusters of more than one record that are exactly right. */
  clusters: Quality;
  /** Pairs that a person would be asked about. */
  review: number;
  prepareSeconds: number;
  compareSeconds: number;
  /** Of different parties, and taken for one: heaviest first. */
  falsePositives: WrongPair[];
  /** Of one party, compared, and not taken for one: heaviest first. */
  falseNegatives: WrongPair[];
  /** Of one party, and not compared because they share no block: heaviest first. Empty where none are to be kept. */
  neverMet: WrongPair[];
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** Blocks, compares and clusters all records as streaming them would, and says how well that fits the truth. */
export function evaluateMatching(model: MatchingModel, input: EvaluationInput): Evaluation {
  const began = input.now();
  const prepared = input.records.map((record) => model.prepare(record));
  const preparedAt = input.now();
  const { tally, matches, met, blocksTooLarge } = comparePairs(model, prepared, input);
  const comparedAt = input.now();
  const wanted = input.truth.size;
  const all = pairsOfSources(prepared.map(({ ref }) => input.sourceOf?.(ref) ?? ref));
  return {
    records: input.records.length,
    truePairs: wanted,
    blocking: {
      compared: tally.compared,
      completeness: wanted === 0 ? 1 : tally.met / wanted,
      reduction: all === 0 ? 0 : 1 - tally.compared / all,
      blocksTooLarge,
    },
    atShipped: tally.atShipped(wanted),
    atBest: tally.atBest(wanted),
    ...clusterQuality(matches, input),
    review: tally.review,
    prepareSeconds: (preparedAt - began) / 1000,
    compareSeconds: (comparedAt - preparedAt) / 1000,
    falsePositives: tally.falsePositives(),
    falseNegatives: tally.falseNegatives(),
    neverMet: neverMet(model, prepared, met, input),
  };
}

function comparePairs(model: MatchingModel, prepared: readonly PreparedRecord[], input: EvaluationInput) {
  const { sourceOf = (ref: string) => ref } = input;
  const blocks = candidatePairs(prepared, model.maxBlockSize);
  const tally = new PairTally(input.keep);
  const matches: AccountMatch[] = [];
  const met = new Set<string>();
  for (const [first, second] of blocks.pairs()) {
    const [a, b] = [prepared[first]!, prepared[second]!];
    if (sourceOf(a.ref) === sourceOf(b.ref)) continue;
    const evidence = model.compare(a, b);
    const key = pairKey(a.ref, b.ref);
    const isTrue = input.truth.has(key);
    if (isTrue) met.add(key);
    tally.add(a.ref, b.ref, evidence, isTrue);
    if (evidence.verdict === 'match') matches.push({ a: a.ref, b: b.ref, weight: evidence.weight });
  }
  return { tally, matches, met, blocksTooLarge: blocks.tooLarge };
}

function neverMet(
  model: MatchingModel,
  prepared: readonly PreparedRecord[],
  met: ReadonlySet<string>,
  { truth, keep = 0 }: EvaluationInput,
): WrongPair[] {
  if (keep === 0) return [];
  const byRef = new Map(prepared.map((record) => [record.ref, record]));
  const pairs = [...truth].flatMap((key): WrongPair[] => {
    const [a, b] = key.split('\n').map((ref) => byRef.get(ref));
    return met.has(key) || !a || !b ? [] : [{ a: a.ref, b: b.ref, evidence: model.compare(a, b) }];
  });
  return heaviest(pairs, keep);
}

function clusterQuality(
  matches: readonly AccountMatch[],
  { records, truth, sourceOf = (ref) => ref }: EvaluationInput,
): Pick<Evaluation, 'clustered' | 'clusters'> {
  const found = clustersOf(records.map(accountOf), matches);
  const wanted = clustersOf(
    records.map((record) => ({ ...accountOf(record), identityKeys: [] })),
    [...truth].map((key) => {
      const [a, b] = key.split('\n');
      return { a: a!, b: b!, weight: 0 };
    }),
  );
  let pairs = 0;
  let correct = 0;
  for (const members of found) {
    for (let i = 0; i < members.length; i++) {
      for (let j = i + 1; j < members.length; j++) {
        if (sourceOf(members[i]!) === sourceOf(members[j]!)) continue;
        pairs++;
        if (truth.has(pairKey(members[i]!, members[j]!))) correct++;
      }
    }
  }
  const right = new Set(wanted.map((members) => members.join('\n')));
  const exact = found.filter((members) => right.has(members.join('\n'))).length;
  return { clustered: qualityOf(pairs, correct, truth.size), clusters: qualityOf(found.length, exact, wanted.length) };
}

/** As identity resolution sees the record: equal official numbers join, different ones keep apart. */
function accountOf({ ref, attributes }: MatchRecord): IdentityAccount {
  const numbers = (attributes['identifier'] ?? []).filter((number) => number.includes(':'));
  return { ref, birthId: ref, priority: 0, identityKeys: numbers.map((number) => `tax:${number}`), mergedInto: null };
}

/** Clusters of more than one. */
function clustersOf(accounts: readonly IdentityAccount[], matches: readonly AccountMatch[]): string[][] {
  return clusterAccounts({ accounts, matches, same: [], different: [] })
    .map(({ members }) => members)
    .filter((members) => members.length > 1);
}
