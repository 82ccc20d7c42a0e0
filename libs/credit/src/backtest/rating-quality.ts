/** A rated customer and what became of it. */
export interface ScoredOutcome {
  /** Higher is better. */
  score: number;
  bad: boolean;
}

/**
 * How well scores tell good from bad: the chance that a good customer scores higher than a bad one, ties counting
 * half. 0.5 is no better than a coin, 1 is perfect; null without both kinds.
 */
export function areaUnderCurve(outcomes: readonly ScoredOutcome[]): number | null {
  const sorted = [...outcomes].sort((a, b) => a.score - b.score);
  const goods = outcomes.filter((outcome) => !outcome.bad).length;
  const bads = outcomes.length - goods;
  if (goods === 0 || bads === 0) return null;
  let badsBelow = 0;
  let wins = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    let tiedBads = 0;
    while (to < sorted.length && sorted[to].score === sorted[from].score) tiedBads += sorted[to++].bad ? 1 : 0;
    wins += (to - from - tiedBads) * (badsBelow + tiedBads / 2);
    badsBelow += tiedBads;
    from = to;
  }
  return wins / (goods * bads);
}

/** 2 × AUC − 1: 0 is no better than a coin, 1 is perfect; null without both kinds. */
export function giniCoefficient(outcomes: readonly ScoredOutcome[]): number | null {
  const area = areaUnderCurve(outcomes);
  return area === null ? null : 2 * area - 1;
}

/** Kolmogorov–Smirnov: the greatest distance between the shares of bads and goods below a score, 0 to 1; null without both. */
export function kolmogorovSmirnov(outcomes: readonly ScoredOutcome[]): number | null {
  const sorted = [...outcomes].sort((a, b) => a.score - b.score);
  const goods = outcomes.filter((outcome) => !outcome.bad).length;
  const bads = outcomes.length - goods;
  if (goods === 0 || bads === 0) return null;
  let seenGoods = 0;
  let seenBads = 0;
  let greatest = 0;
  sorted.forEach((outcome, index) => {
    if (outcome.bad) seenBads += 1;
    else seenGoods += 1;
    if (sorted[index + 1]?.score !== outcome.score) {
      greatest = Math.max(greatest, Math.abs(seenBads / bads - seenGoods / goods));
    }
  });
  return greatest;
}

/** Mean squared distance between the predicted chance of going bad and what happened: 0 is perfect; null for none. */
export function brierScore(predictions: readonly { probability: number; bad: boolean }[]): number | null {
  if (predictions.length === 0) return null;
  const total = predictions.reduce((sum, { probability, bad }) => sum + (probability - (bad ? 1 : 0)) ** 2, 0);
  return total / predictions.length;
}

/**
 * Population stability index of `actual` against `reference`, both counts or shares by class: how far the customers
 * moved. 0.10 asks for a look, 0.25 for action. With counts, an empty cell counts as half a customer
 * (`emptyCell` = 0.5/n); with shares give `emptyCell` when a cell may be empty.
 */
export function populationStability(
  actual: readonly number[],
  reference: readonly number[],
  emptyCell?: number,
): number {
  const actualShares = shares(actual, emptyCell);
  const referenceShares = shares(reference, emptyCell);
  return actualShares.reduce((sum, share, index) => {
    const expected = referenceShares[index];
    return sum + (share - expected) * Math.log(share / expected);
  }, 0);
}

function shares(cells: readonly number[], emptyCell?: number): number[] {
  const total = cells.reduce((sum, cell) => sum + cell, 0);
  const least = emptyCell ?? 0.5 / total;
  return cells.map((cell) => (cell === 0 ? least : cell / total));
}
