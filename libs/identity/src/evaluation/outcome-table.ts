import type { PairEvidence } from '../matching/matching-model';
import type { ComparisonConfiguration } from '../matching/matching-schema';

/** No value on one of the sides. */
export const UNKNOWN = -1;

/** Pairs whose comparisons all came out alike. */
export interface Outcome {
  /** By comparison: number of the level in the configuration's order, or `UNKNOWN`. */
  levels: number[];
  /** A contradiction forbids the match. */
  isForbidden: boolean;
  pairs: number;
}

/** How often each combination of levels occurs: pairs are many, combinations are few. */
export class OutcomeTable {
  private readonly numberOf: readonly ReadonlyMap<string, number>[];
  private readonly byKey = new Map<string, Outcome>();
  /** Pairs counted. */
  pairs = 0;

  constructor(comparisons: readonly ComparisonConfiguration[]) {
    this.numberOf = comparisons.map(({ levels }) => new Map(Object.keys(levels).map((level, at) => [level, at])));
  }

  add({ comparisons, veto }: PairEvidence): void {
    const levels = comparisons.map(({ level }, at) => this.numberOf[at]!.get(level) ?? UNKNOWN);
    const key = `${levels.join()}${veto === null ? '' : '!'}`;
    const known = this.byKey.get(key);
    if (known) known.pairs++;
    else this.byKey.set(key, { levels, isForbidden: veto !== null, pairs: 1 });
    this.pairs++;
  }

  outcomes(): Outcome[] {
    return [...this.byKey.values()];
  }
}
