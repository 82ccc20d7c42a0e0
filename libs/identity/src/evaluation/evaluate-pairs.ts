import type { MatchingModel, MatchRecord } from '../matching/matching-model';
import { PairTally, type WrongPair } from './pair-tally';
import type { BestThreshold, Quality } from './quality';

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
  { pairs, keep }: { pairs: readonly LabelledPair[]; keep?: number },
): PairEvaluation {
  const tally = new PairTally(keep);
  let wouldMeet = 0;
  for (const { a, b, isTrue } of pairs) {
    const [left, right] = [model.prepare(a), model.prepare(b)];
    tally.add(a.ref, b.ref, model.compare(left, right), isTrue);
    if (isTrue && left.blockingKeys.some((key) => right.blockingKeys.includes(key))) wouldMeet++;
  }
  return {
    pairs: tally.compared,
    truePairs: tally.met,
    completeness: tally.met === 0 ? 1 : wouldMeet / tally.met,
    atShipped: tally.atShipped(tally.met),
    atBest: tally.atBest(tally.met),
    review: tally.review,
    falsePositives: tally.falsePositives(),
    falseNegatives: tally.falseNegatives(),
  };
}
