import { clusterAccounts, type AccountMatch, type IdentityAccount } from '../cluster';
import type { MatchingModel, MatchRecord, PairEvidence, PartyKind, PreparedRecord } from '../matching/matching-model';
import { candidatePairs, pairsOfSources } from './candidate-pairs';
import { bestThreshold, qualityOf, type BestThreshold, type Quality, type ScoredPair } from './quality';

export interface EvaluationInput {
  records: readonly MatchRecord[];
  kind: PartyKind;
  /** True pairs of refs, as `pairKey` gives them. */
  truth: ReadonlySet<string>;
  /** Only pairs of different sources count, where records of two files are linked. */
  sourceOf?: (ref: string) => string;
  /** Monotonic, in ms. */
  now: () => number;
  /** How many wrong pairs of each sort to keep. */
  keep?: number;
}

export interface WrongPair {
  a: string;
  b: string;
  evidence: PairEvidence;
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
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** Blocks, compares and clusters all records as streaming them would, and says how well that fits the truth. */
export function evaluateMatching(model: MatchingModel, input: EvaluationInput): Evaluation {
  const began = input.now();
  const prepared = input.records.map((record) => model.prepare(record));
  const preparedAt = input.now();
  const compared = comparePairs(model, prepared, input);
  const comparedAt = input.now();
  const { scored, matches } = compared;
  const wanted = input.truth.size;
  const all = pairsOfSources(prepared.map(({ ref }) => input.sourceOf?.(ref) ?? ref));
  const found = scored.filter(({ weight }) => weight >= model.thresholds[input.kind].match);
  return {
    records: input.records.length,
    truePairs: wanted,
    blocking: {
      compared: scored.length,
      completeness: wanted === 0 ? 1 : scored.filter(({ isTrue }) => isTrue).length / wanted,
      reduction: all === 0 ? 0 : 1 - scored.length / all,
      blocksTooLarge: compared.blocksTooLarge,
    },
    atShipped: qualityOf(found.length, found.filter(({ isTrue }) => isTrue).length, wanted),
    atBest: bestThreshold(scored, wanted),
    ...clusterQuality(matches, input),
    review: compared.review,
    prepareSeconds: (preparedAt - began) / 1000,
    compareSeconds: (comparedAt - preparedAt) / 1000,
    falsePositives: heaviest(compared.falsePositives, input.keep),
    falseNegatives: heaviest(compared.falseNegatives, input.keep),
  };
}

function comparePairs(model: MatchingModel, prepared: readonly PreparedRecord[], input: EvaluationInput) {
  const { sourceOf = (ref: string) => ref } = input;
  const blocks = candidatePairs(prepared, model.maxBlockSize);
  const scored: ScoredPair[] = [];
  const matches: AccountMatch[] = [];
  const falsePositives: WrongPair[] = [];
  const falseNegatives: WrongPair[] = [];
  let review = 0;
  for (const [first, second] of blocks.pairs()) {
    const [a, b] = [prepared[first]!, prepared[second]!];
    if (sourceOf(a.ref) === sourceOf(b.ref)) continue;
    const evidence = model.compare(a, b);
    const isTrue = input.truth.has(pairKey(a.ref, b.ref));
    // A veto forbids a match whatever the weight is.
    scored.push({ weight: evidence.veto === null ? evidence.weight : -Infinity, isTrue });
    if (evidence.verdict === 'match') matches.push({ a: a.ref, b: b.ref, weight: evidence.weight });
    if (evidence.verdict === 'review') review++;
    const wrong = { a: a.ref, b: b.ref, evidence };
    if (evidence.verdict === 'match' && !isTrue) falsePositives.push(wrong);
    if (evidence.verdict !== 'match' && isTrue) falseNegatives.push(wrong);
  }
  return { scored, matches, falsePositives, falseNegatives, review, blocksTooLarge: blocks.tooLarge };
}

/** The pairs to look at first. */
export function heaviest(pairs: WrongPair[], keep = 0): WrongPair[] {
  return pairs.sort((a, b) => b.evidence.weight - a.evidence.weight).slice(0, keep);
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
