import { UNKNOWN, type Outcome } from './outcome-table';

/** Shares of the levels of one comparison. */
export interface LevelShares {
  m: number[];
  u: number[];
}

export interface Parameters {
  /** Share of all pairs that are of one party. */
  prior: number;
  comparisons: LevelShares[];
}

export interface Observed {
  /** Of the pairs that meet by blocking: all of them. */
  meeting: readonly Outcome[];
  /** Of the pairs that don't: a sample. They count as pairs of two parties. */
  apart: readonly Outcome[];
  /** How many pairs each pair of the sample stands for. */
  apartWeight: number;
}

export interface Fit {
  parameters: Parameters;
  /** Expected pairs of one party, by comparison and level. */
  seenM: number[][];
  /** Pairs seen of two parties, by comparison and level: those of the sample once each. */
  seenU: number[][];
  /** Expected pairs of one party. */
  matches: number;
  rounds: number;
}

const MOST_ROUNDS = 200;
/** Change of a share below which nothing moves any more. */
const SETTLED = 1e-5;
/** No share is nothing: what was not seen may still occur. */
const LEAST_SHARE = 1e-9;

/**
 * Expectation maximisation of the Fellegi–Sunter model (Winkler 1988; Dempster, Laird and Rubin 1977) over all pairs of
 * records. A pair is of one party with the probability that the shares give it under the share of such pairs among all
 * pairs, not among those that meet: so it matters nothing that blocking chose pairs for agreeing in something. What is
 * unknown on either side tells nothing.
 */
export function fitShares(observed: Observed, start: Parameters): Fit {
  let fit = counted(observed, start, 1);
  while (fit.rounds < MOST_ROUNDS) {
    const next = counted(observed, fit.parameters, fit.rounds + 1);
    const moved = movement(fit.parameters, next.parameters);
    fit = next;
    if (moved < SETTLED) break;
  }
  return fit;
}

/** One round: how likely each pair is of one party, and the shares that follow. */
function counted({ meeting, apart, apartWeight }: Observed, before: Parameters, rounds: number): Fit {
  const zeros = () => before.comparisons.map(({ m }) => m.map(() => 0));
  const [m, u, seenU] = [zeros(), zeros(), zeros()];
  let matches = 0;
  let all = 0;
  for (const { levels, isForbidden, pairs } of meeting) {
    const probability = isForbidden ? 0 : posterior(levels, before);
    matches += pairs * probability;
    all += pairs;
    addTo(m, levels, pairs * probability);
    addTo(u, levels, pairs * (1 - probability));
    addTo(seenU, levels, pairs * (1 - probability));
  }
  for (const { levels, pairs } of apart) {
    all += pairs * apartWeight;
    addTo(u, levels, pairs * apartWeight);
    addTo(seenU, levels, pairs);
  }
  const comparisons = before.comparisons.map((shares, at) => ({
    m: sharesOf(m[at]!, shares.m),
    u: sharesOf(u[at]!, shares.u),
  }));
  const parameters = { prior: all === 0 ? before.prior : Math.max(matches / all, 1e-12), comparisons };
  return { parameters, seenM: m, seenU, matches, rounds };
}

function addTo(counts: number[][], levels: readonly number[], pairs: number): void {
  levels.forEach((level, at) => {
    if (level !== UNKNOWN) counts[at]![level]! += pairs;
  });
}

function sharesOf(counts: readonly number[], before: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total === 0 ? [...before] : counts.map((count) => Math.max(count / total, LEAST_SHARE));
}

function posterior(levels: readonly number[], { prior, comparisons }: Parameters): number {
  let logRatio = Math.log(prior / (1 - prior));
  levels.forEach((level, at) => {
    const { m, u } = comparisons[at]!;
    if (level !== UNKNOWN) logRatio += Math.log(m[level]! / u[level]!);
  });
  return 1 / (1 + Math.exp(-logRatio));
}

function movement(before: Parameters, after: Parameters): number {
  let most = Math.abs(after.prior - before.prior);
  after.comparisons.forEach(({ m, u }, at) => {
    m.forEach((share, level) => (most = Math.max(most, Math.abs(share - before.comparisons[at]!.m[level]!))));
    u.forEach((share, level) => (most = Math.max(most, Math.abs(share - before.comparisons[at]!.u[level]!))));
  });
  return most;
}
