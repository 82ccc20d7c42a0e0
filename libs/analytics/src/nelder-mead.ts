export interface Minimum {
  at: number[];
  value: number;
  /** False: the budget was used up before the points came together. */
  converged: boolean;
}

export interface MinimiseOptions {
  /** Ends when the values of all points differ by less than this. */
  tolerance: number;
  /** Of the function, in each of the two searches; a search ends within a few of it. */
  maxEvaluations: number;
  /** First step in each direction; default 0.5. */
  step?: number;
}

const STEP = 0.5;

interface Vertex {
  at: number[];
  value: number;
}

/**
 * The minimum of a continuous function near `start`, without its derivatives: the simplex method of Nelder and Mead
 * with the usual coefficients (Lagarias, Reeds, Wright, Wright, Convergence Properties of the Nelder–Mead Simplex
 * Method in Low Dimensions, SIAM J. Optim. 1998), started once more where it ended, because a simplex can collapse
 * beside a minimum. Infinity is a value: it fences the search in. Own code because the packages that have it bring
 * more dependencies than it has lines.
 */
export function minimise(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  options: MinimiseOptions,
): Minimum {
  const first = descend(cost, start, options);
  const again = descend(cost, first.at, { ...options, step: (options.step ?? STEP) / 5 });
  return again.value <= first.value ? again : first;
}

function descend(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  { tolerance, maxEvaluations, step = STEP }: MinimiseOptions,
): Minimum {
  let evaluations = 0;
  const vertex = (at: number[]): Vertex => {
    evaluations += 1;
    return { at, value: cost(at) };
  };
  const simplex = [vertex([...start])];
  start.forEach((_, axis) =>
    simplex.push(vertex(start.map((value, index) => (index === axis ? value + step : value)))),
  );
  while (evaluations < maxEvaluations) {
    simplex.sort((x, y) => x.value - y.value);
    const [best, worst] = [simplex[0], simplex[simplex.length - 1]];
    if (worst.value - best.value < tolerance) return { ...best, converged: true };
    const better = moved(simplex, vertex);
    if (better) simplex[simplex.length - 1] = better;
    else
      for (let index = 1; index < simplex.length; index += 1)
        simplex[index] = vertex(along(best.at, simplex[index].at, 0.5));
  }
  simplex.sort((x, y) => x.value - y.value);
  return { ...simplex[0], converged: false };
}

/** A point to put in the worst one's place: reflected, expanded or contracted; null = shrink the simplex. */
function moved(simplex: readonly Vertex[], vertex: (at: number[]) => Vertex): Vertex | null {
  const worst = simplex[simplex.length - 1];
  const centre = worst.at.map((_, axis) => {
    let total = 0;
    for (let index = 0; index < simplex.length - 1; index += 1) total += simplex[index].at[axis];
    return total / (simplex.length - 1);
  });
  const reflected = vertex(along(centre, worst.at, -1));
  if (reflected.value < simplex[0].value) {
    const expanded = vertex(along(centre, worst.at, -2));
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < simplex[simplex.length - 2].value) return reflected;
  const isOutside = reflected.value < worst.value;
  const contracted = vertex(along(centre, worst.at, isOutside ? -0.5 : 0.5));
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
}

/** The point that lies `factor` of the way from `from` to `to`. */
function along(from: readonly number[], to: readonly number[], factor: number): number[] {
  return from.map((value, axis) => value + factor * (to[axis] - value));
}
