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

export interface ScoredPair {
  weight: number;
  isTrue: boolean;
}

export interface BestThreshold {
  /** log2 odds: pairs from here on count as found. */
  threshold: number;
  quality: Quality;
}

/** The threshold with the highest F1: of several the highest. */
export function bestThreshold(pairs: readonly ScoredPair[], wanted: number): BestThreshold {
  const sorted = [...pairs].sort((a, b) => b.weight - a.weight);
  let best: BestThreshold = { threshold: Infinity, quality: qualityOf(0, 0, wanted) };
  let correct = 0;
  sorted.forEach((pair, at) => {
    if (pair.isTrue) correct++;
    // Pairs of equal weight are found together.
    if (sorted[at + 1]?.weight === pair.weight) return;
    const quality = qualityOf(at + 1, correct, wanted);
    if (quality.f1 > best.quality.f1) best = { threshold: pair.weight, quality };
  });
  return best;
}
