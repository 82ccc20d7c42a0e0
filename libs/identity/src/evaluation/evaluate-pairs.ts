import type { MatchingModel, MatchRecord, PartyKind } from '../matching/matching-model';
import { heaviest, type WrongPair } from './evaluate-matching';
import { bestThreshold, qualityOf, type BestThreshold, type Quality, type ScoredPair } from './quality';

/** Two records of which somebody said whether they are one party. */
export interface LabelledPair {
  a: MatchRecord;
  b: MatchRecord;
  isTrue: boolean;
}

export interface PairEvaluation {
  pairs: number;
  truePairs: number;
  /** Share of the true pairs that blocking would bring together. */
  completeness: number;
  atShipped: Quality;
  atBest: BestThreshold;
  /** Pairs that a person would be asked about. */
  review: number;
  falsePositives: WrongPair[];
  falseNegatives: WrongPair[];
}

/** Compares labelled pairs, each alone, whether they would meet by blocking or not. */
export function evaluatePairs(
  model: MatchingModel,
  { kind, pairs, keep = 0 }: { kind: PartyKind; pairs: readonly LabelledPair[]; keep?: number },
): PairEvaluation {
  const scored: ScoredPair[] = [];
  const falsePositives: WrongPair[] = [];
  const falseNegatives: WrongPair[] = [];
  let [met, review] = [0, 0];
  for (const { a, b, isTrue } of pairs) {
    const [left, right] = [model.prepare(a), model.prepare(b)];
    const evidence = model.compare(left, right);
    scored.push({ weight: evidence.veto === null ? evidence.weight : -Infinity, isTrue });
    if (isTrue && left.blockingKeys.some((key) => right.blockingKeys.includes(key))) met++;
    if (evidence.verdict === 'review') review++;
    const wrong = { a: a.ref, b: b.ref, evidence };
    if (evidence.verdict === 'match' && !isTrue) falsePositives.push(wrong);
    if (evidence.verdict !== 'match' && isTrue) falseNegatives.push(wrong);
  }
  const truePairs = scored.filter(({ isTrue }) => isTrue).length;
  const found = scored.filter(({ weight }) => weight >= model.thresholds[kind].match);
  return {
    pairs: pairs.length,
    truePairs,
    completeness: truePairs === 0 ? 1 : met / truePairs,
    atShipped: qualityOf(found.length, found.filter(({ isTrue }) => isTrue).length, truePairs),
    atBest: bestThreshold(scored, truePairs),
    review,
    falsePositives: heaviest(falsePositives, keep),
    falseNegatives: heaviest(falseNegatives, keep),
  };
}
