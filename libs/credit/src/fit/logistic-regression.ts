import { Matrix, solve } from 'ml-matrix';

/** The chance of going bad is 1 / (1 + e^−(intercept + Σ coefficient × x)). */
export interface LogisticModel {
  intercept: number;
  coefficients: number[];
  /** Whether the iteration came to rest. */
  converged: boolean;
}

/** A small ridge keeps the estimate finite when the classes can be told apart without an error. */
const RIDGE = 1e-3;
const MOST_STEPS = 50;
const AT_REST = 1e-8;

/**
 * Fits a logistic regression by Newton's method (iteratively reweighted least squares) with a small ridge on the
 * coefficients, never on the intercept. At least one row; all rows equally long.
 * @param rows the values of each observation
 * @param bads 1 = went bad, 0 = did not
 */
export function fitLogistic(rows: readonly (readonly number[])[], bads: ArrayLike<number>): LogisticModel {
  const width = (rows[0]?.length ?? 0) + 1;
  let beta = new Float64Array(width);
  let converged = false;
  for (let step = 0; step < MOST_STEPS && !converged; step += 1) {
    const { gradient, hessian } = derivatives(rows, bads, beta);
    const change = solve(hessian, Matrix.columnVector(gradient)).to1DArray();
    // Half steps when a full one would leave the region in which the quadratic picture holds.
    const scale = Math.min(1, 5 / Math.max(...change.map(Math.abs)));
    beta = beta.map((value, index) => value + scale * change[index]);
    converged = change.every((value) => Math.abs(value) < AT_REST);
  }
  const [intercept, ...coefficients] = beta;
  return { intercept, coefficients, converged };
}

/** The chance of going bad, 0 to 1. */
export function chanceOf({ intercept, coefficients }: LogisticModel, row: readonly number[]): number {
  return logistic(coefficients.reduce((sum, coefficient, index) => sum + coefficient * row[index], intercept));
}

function derivatives(
  rows: readonly (readonly number[])[],
  bads: ArrayLike<number>,
  beta: Float64Array,
): { gradient: Float64Array; hessian: Matrix } {
  const width = beta.length;
  const gradient = new Float64Array(width);
  const hessian = Matrix.zeros(width, width);
  const x = new Float64Array(width);
  x[0] = 1;
  for (let index = 0; index < rows.length; index += 1) {
    x.set(rows[index], 1);
    let sum = 0;
    for (let i = 0; i < width; i += 1) sum += beta[i] * x[i];
    const chance = logistic(sum);
    const weight = chance * (1 - chance);
    for (let i = 0; i < width; i += 1) {
      gradient[i] += x[i] * (bads[index] - chance);
      for (let j = 0; j <= i; j += 1) hessian.set(i, j, hessian.get(i, j) + weight * x[i] * x[j]);
    }
  }
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < i; j += 1) hessian.set(j, i, hessian.get(i, j));
    if (i > 0) gradient[i] -= RIDGE * beta[i];
    hessian.set(i, i, hessian.get(i, i) + RIDGE);
  }
  return { gradient, hessian };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
