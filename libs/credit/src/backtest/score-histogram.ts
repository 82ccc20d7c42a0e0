/** Observations with a score from `from` to below `from + 5` (the last one up to and including 100). */
export interface ScoreBin {
  from: number;
  goods: number;
  bads: number;
}

export const BIN_WIDTH = 5;
const BINS = 100 / BIN_WIDTH;

/** How good and bad ones spread over the scores. */
export function scoreHistogram(outcomes: readonly { score: number; bad: boolean }[]): ScoreBin[] {
  const bins = Array.from({ length: BINS }, (_, index) => ({ from: index * BIN_WIDTH, goods: 0, bads: 0 }));
  for (const { score, bad } of outcomes) {
    const bin = bins[Math.max(0, Math.min(BINS - 1, Math.floor(score / BIN_WIDTH)))];
    if (bad) bin.bads += 1;
    else bin.goods += 1;
  }
  return bins;
}
