/**
 * Population stability index of `actual` against `reference`, both counts or shares by class: how far the customers
 * moved, Σ (a − r) ln(a / r). 0 is no move; 0.10 asks for a look, 0.25 for action. With counts, an empty cell counts
 * as half a customer (`emptyCell` = 0.5/n); with shares give `emptyCell` when a cell may be empty.
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

/**
 * The index that chance alone makes on average when nobody moved: (classes − 1) × (1/n + 1/m) for n and m customers
 * (the index is a symmetrised chi-square statistic). Below it a move means nothing.
 */
export function stabilityByChance(classes: number, actual: number, reference: number): number {
  return (classes - 1) * (1 / actual + 1 / reference);
}
