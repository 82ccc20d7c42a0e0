import type { PairEvidence } from '../matching/matching-model';
import { bestThreshold, qualityOf, type BestThreshold, type Quality, type WeightCounts } from './quality';

export interface WrongPair {
  a: string;
  b: string;
  evidence: PairEvidence;
}

/** What became of compared pairs. Pairs are many, weights few: memory does not grow with the pairs. */
export class PairTally {
  compared = 0;
  /** Compared pairs of one party. */
  met = 0;
  /** Pairs that a person would be asked about. */
  review = 0;
  private readonly counts = new Map<number, WeightCounts>();
  private found = 0;
  private right = 0;
  private readonly positives: WrongPair[] = [];
  private readonly negatives: WrongPair[] = [];

  /** @param keep how many wrong pairs of each sort to keep */
  constructor(private readonly keep = 0) {}

  add(a: string, b: string, evidence: PairEvidence, isTrue: boolean): void {
    this.compared++;
    if (isTrue) this.met++;
    if (evidence.verdict === 'review') this.review++;
    const isFound = evidence.verdict === 'match';
    if (isFound) this.found++;
    if (isFound && isTrue) this.right++;
    // A veto forbids a match whatever the weight is.
    const weight = evidence.veto === null ? evidence.weight : -Infinity;
    const counts = this.counts.get(weight) ?? { pairs: 0, correct: 0 };
    this.counts.set(weight, { pairs: counts.pairs + 1, correct: counts.correct + Number(isTrue) });
    if (isFound !== isTrue) this.keepWrong(isFound ? this.positives : this.negatives, { a, b, evidence });
  }

  atShipped(wanted: number): Quality {
    return qualityOf(this.found, this.right, wanted);
  }

  atBest(wanted: number): BestThreshold {
    return bestThreshold(this.counts, wanted);
  }

  /** Of different parties, and taken for one: heaviest first. */
  falsePositives(): WrongPair[] {
    return heaviest(this.positives, this.keep);
  }

  /** Of one party, compared, and not taken for one: heaviest first. */
  falseNegatives(): WrongPair[] {
    return heaviest(this.negatives, this.keep);
  }

  private keepWrong(pairs: WrongPair[], pair: WrongPair): void {
    pairs.push(pair);
    if (pairs.length > 2 * this.keep + 100) pairs.splice(0, pairs.length, ...heaviest(pairs, this.keep));
  }
}

/** The pairs to look at first. */
export function heaviest(pairs: readonly WrongPair[], keep: number): WrongPair[] {
  return [...pairs].sort((x, y) => y.evidence.weight - x.evidence.weight || compareText(x, y)).slice(0, keep);
}

function compareText(x: WrongPair, y: WrongPair): number {
  return x.a + '\n' + x.b < y.a + '\n' + y.b ? -1 : 1;
}
