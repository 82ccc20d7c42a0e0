import { Matrix, solve } from 'ml-matrix';
import { chanceOf, fitLogistic } from '../fit/logistic-regression';

/** A score, what became of it, and whose it is. */
export interface CustomerOutcome {
  score: number;
  bad: boolean;
  /** 0 … customerCount − 1. */
  customer: number;
}

/** Customers are dealt into so many parts; each part's chances come from the others. */
const FOLDS = 5;
const GROUPS = 10;

/**
 * The chance of going bad that a score stands for, for each observation, by a logistic curve (Platt scaling) that was
 * fitted without the observation's own customer: customers are dealt into five parts by their number, and each part
 * gets the curve of the four others. Null when a part leaves only good or only bad ones to learn from.
 */
export function chancesOutOfSample(outcomes: readonly CustomerOutcome[]): number[] | null {
  const chances = new Array<number>(outcomes.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = outcomes.filter(({ customer }) => customer % FOLDS !== fold);
    const bads = others.filter(({ bad }) => bad).length;
    if (bads === 0 || bads === others.length) return null;
    const model = fitLogistic(
      others.map(({ score }) => [score / 100]),
      others.map(({ bad }) => (bad ? 1 : 0)),
    );
    outcomes.forEach(({ customer, score }, index) => {
      if (customer % FOLDS === fold) chances[index] = chanceOf(model, [score / 100]);
    });
  }
  return chances;
}

/**
 * p of the hypothesis that the chances are right: observations are sorted by chance into ten groups of equal size, and
 * bad ones less expected ones are counted in each. The reviews of a customer are not independent, so the spread is
 * that of the sums by customer (a Hosmer–Lemeshow test with a cluster-robust covariance, ten degrees of freedom).
 * Null when the spread can't be had: too few customers.
 */
export function calibrationP(outcomes: readonly CustomerOutcome[], chances: readonly number[]): number | null {
  const group = groupsBy(chances);
  const byCustomer = new Map<number, Float64Array>();
  outcomes.forEach(({ bad, customer }, index) => {
    const sums = byCustomer.get(customer) ?? new Float64Array(GROUPS);
    sums[group[index]] += (bad ? 1 : 0) - chances[index];
    byCustomer.set(customer, sums);
  });
  if (byCustomer.size <= 5 * GROUPS) return null;
  const total = new Float64Array(GROUPS);
  const spread = Matrix.zeros(GROUPS, GROUPS);
  for (const sums of byCustomer.values())
    for (let i = 0; i < GROUPS; i += 1) {
      total[i] += sums[i];
      for (let j = 0; j < GROUPS; j += 1) spread.set(i, j, spread.get(i, j) + sums[i] * sums[j]);
    }
  const solution = solve(spread, Matrix.columnVector(total), true).to1DArray();
  const statistic = solution.reduce((sum, value, index) => sum + value * total[index], 0);
  return Number.isFinite(statistic) && statistic >= 0 ? chiSquareTail(statistic, GROUPS) : null;
}

function groupsBy(chances: readonly number[]): Uint8Array {
  const order = Uint32Array.from(chances.keys()).sort((a, b) => chances[a] - chances[b]);
  const group = new Uint8Array(chances.length);
  order.forEach((index, rank) => (group[index] = Math.floor((rank * GROUPS) / chances.length)));
  return group;
}

/** P(χ² > x) for an even number of degrees of freedom, where it is a finite sum: e^(−x/2) Σ (x/2)^k / k!. */
export function chiSquareTail(x: number, degrees: number): number {
  let term = Math.exp(-x / 2);
  let sum = term;
  for (let k = 1; k < degrees / 2; k += 1) sum += term *= x / 2 / k;
  return Math.min(1, sum);
}
