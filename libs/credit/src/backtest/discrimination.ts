/** A rated customer and what became of it. */
export interface ScoredOutcome {
  /** Higher is better. */
  score: number;
  bad: boolean;
}

/**
 * Outcomes in the order of their scores, sorted once, so that a thousand bootstrap samples cost a thousand passes and
 * no sorting. A sample is given by its weights: how often each outcome (by its place in the given list) is drawn.
 */
export class RankedOutcomes {
  private readonly order: Uint32Array;
  /** Whether the outcome at this rank has the score of the next one. */
  private readonly tied: Uint8Array;
  private readonly isBad: Uint8Array;

  constructor(outcomes: readonly ScoredOutcome[]) {
    this.order = Uint32Array.from(outcomes.keys()).sort((a, b) => outcomes[a].score - outcomes[b].score);
    this.isBad = Uint8Array.from(this.order, (index) => (outcomes[index].bad ? 1 : 0));
    this.tied = Uint8Array.from(this.order, (index, rank) =>
      outcomes[this.order[rank + 1]]?.score === outcomes[index].score ? 1 : 0,
    );
  }

  /** P(good scores higher than bad) + ½ P(same score); null without both kinds. */
  areaUnderCurve(weights?: ArrayLike<number>): number | null {
    let wins = 0;
    let bads = 0;
    let goods = 0;
    let groupBads = 0;
    let groupGoods = 0;
    for (let rank = 0; rank < this.order.length; rank += 1) {
      const weight = weights ? weights[this.order[rank]] : 1;
      if (this.isBad[rank]) groupBads += weight;
      else groupGoods += weight;
      if (this.tied[rank]) continue;
      wins += groupGoods * (bads + groupBads / 2);
      bads += groupBads;
      goods += groupGoods;
      groupBads = groupGoods = 0;
    }
    return goods === 0 || bads === 0 ? null : wins / (goods * bads);
  }

  /** Shares of bads and goods at or below each score that occurs, from (0, 0) to (1, 1); empty without both kinds. */
  curve(): { bads: number; goods: number }[] {
    const allBads = this.isBad.reduce((sum, bad) => sum + bad, 0);
    const allGoods = this.isBad.length - allBads;
    if (allBads === 0 || allGoods === 0) return [];
    const points = [{ bads: 0, goods: 0 }];
    let bads = 0;
    for (let rank = 0; rank < this.order.length; rank += 1) {
      bads += this.isBad[rank];
      if (!this.tied[rank]) points.push({ bads: bads / allBads, goods: (rank + 1 - bads) / allGoods });
    }
    return points;
  }
}

/**
 * How well scores tell good from bad: the chance that a good customer scores higher than a bad one, ties counting
 * half. 0.5 is no better than a coin, 1 is perfect; null without both kinds. (Method, Is a rating any good.)
 */
export function areaUnderCurve(outcomes: readonly ScoredOutcome[]): number | null {
  return new RankedOutcomes(outcomes).areaUnderCurve();
}

/** 2 × AUC − 1: 0 is no better than a coin, 1 is perfect; null without both kinds. */
export function giniCoefficient(outcomes: readonly ScoredOutcome[]): number | null {
  const area = areaUnderCurve(outcomes);
  return area === null ? null : 2 * area - 1;
}

/** Kolmogorov–Smirnov: the greatest distance between the shares of bads and goods below a score, 0 to 1; null without both. */
export function kolmogorovSmirnov(outcomes: readonly ScoredOutcome[]): number | null {
  const points = new RankedOutcomes(outcomes).curve();
  return points.length === 0 ? null : greatestDistance(points);
}

/** At most about `most` points of a curve, the first and the last among them: enough to draw it. */
export function thinned<T>(points: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil((points.length - 1) / most));
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

/** The greatest vertical distance of a curve of shares. */
export function greatestDistance(points: readonly { bads: number; goods: number }[]): number {
  return points.reduce((greatest, { bads, goods }) => Math.max(greatest, Math.abs(bads - goods)), 0);
}
