/** How well found pairs fit the true ones. */
export interface Quality {
  found: number;
  correct: number;
  wanted: number;
  /** correct / found; 1 where nothing was found. */
  precision: number;
  /** correct / wanted; 1 where nothing was wanted. */
  recall: number;
  /** Harmonic mean of precision and recall. */
  f1: number;
}

export function qualityOf(found: number, correct: number, wanted: number): Quality {
  const precision = found === 0 ? 1 : correct / found;
  const recall = wanted === 0 ? 1 : correct / wanted;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { found, correct, wanted, precision, recall, f1 };
}

/** Pairs of one weight. */
export interface WeightCounts {
  pairs: number;
  /** Those of them that are of one party. */
  correct: number;
}

export interface BestThreshold {
  /** log2 odds: pairs from here on count as found. */
  threshold: number;
  quality: Quality;
}

/** The threshold with the highest F1: of several the highest. Pairs of equal weight are found together. */
export function bestThreshold(byWeight: ReadonlyMap<number, WeightCounts>, wanted: number): BestThreshold {
  let best: BestThreshold = { threshold: Infinity, quality: qualityOf(0, 0, wanted) };
  let [found, correct] = [0, 0];
  for (const [threshold, counts] of [...byWeight].sort(([x], [y]) => y - x)) {
    found += counts.pairs;
    correct += counts.correct;
    const quality = qualityOf(found, correct, wanted);
    if (quality.f1 > best.quality.f1) best = { threshold, quality };
  }
  return best;
}
