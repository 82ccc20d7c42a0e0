import type { Observation } from './review-customer';

/** How grades moved from review to review. */
export interface Migration {
  /** Grades, best first: rows and columns of the matrix. */
  grades: readonly string[];
  /** matrix[from][to]: moves from one review of a customer to its next. */
  matrix: readonly (readonly number[])[];
  changes: number;
  upgrades: number;
  downgrades: number;
  /** Changes that went back the way of the customer's change before, within six reviews. */
  reversals: number;
  /** Pairs of successive reviews. */
  moves: number;
}

/** A change that comes back within so many reviews was noise. */
const REVERSAL_REVIEWS = 6;

/**
 * The migration matrix, and how many changes were taken back. Observations by customer and, within one, by review; a
 * review that a customer was not seen at breaks its row.
 */
export function migrationOf(
  observations: readonly Observation[],
  grades: readonly string[],
  gradeOf: (observation: Observation) => string,
): Migration {
  const rank = new Map(grades.map((grade, index) => [grade, index]));
  const matrix = grades.map(() => grades.map(() => 0));
  const total = { changes: 0, upgrades: 0, downgrades: 0, reversals: 0, moves: 0 };
  let lastChange: { customer: number; review: number; direction: number } | null = null;
  observations.forEach((now, index) => {
    const before = observations[index - 1];
    if (!before || before.customer !== now.customer || before.review !== now.review - 1) return;
    const from = rank.get(gradeOf(before)) ?? 0;
    const to = rank.get(gradeOf(now)) ?? 0;
    matrix[from][to] += 1;
    total.moves += 1;
    if (from === to) return;
    const direction = Math.sign(to - from);
    total.changes += 1;
    if (direction < 0) total.upgrades += 1;
    else total.downgrades += 1;
    const isReversal =
      lastChange?.customer === now.customer &&
      lastChange.direction === -direction &&
      now.review - lastChange.review <= REVERSAL_REVIEWS;
    if (isReversal) total.reversals += 1;
    lastChange = { customer: now.customer, review: now.review, direction };
  });
  return { grades, matrix, ...total };
}

/** How often limits moved from review to review. */
export interface LimitMoves {
  changes: number;
  raises: number;
  cuts: number;
}

/** Limit changes between successive reviews of the same customer. */
export function limitMovesOf(
  observations: readonly Observation[],
  limitOf: (observation: Observation) => string,
): LimitMoves {
  const moves: LimitMoves = { changes: 0, raises: 0, cuts: 0 };
  observations.forEach((now, index) => {
    const before = observations[index - 1];
    if (!before || before.customer !== now.customer || before.review !== now.review - 1) return;
    const [from, to] = [limitOf(before), limitOf(now)];
    if (from === to) return;
    moves.changes += 1;
    if (Number(to) > Number(from)) moves.raises += 1;
    else moves.cuts += 1;
  });
  return moves;
}
