import { createHash } from 'node:crypto';
import { comparisonMethod } from '../comparison';
import type { Comparable, ComparisonContext, ComparisonMethod } from '../comparison/comparison-method';
import { TERM_FREQUENCIES } from '../vocabulary/term-frequencies';
import { blockingKeys } from './blocking';
import type {
  ComparableRecord,
  ComparisonEvidence,
  MatchingModel,
  MatchRecord,
  PairEvidence,
  PairVerdict,
  PartyKind,
  PreparedRecord,
} from './matching-model';
import type { ComparisonConfiguration, KindConfiguration, MatchingConfiguration } from './matching-schema';

/** Raise it when the same configuration would give other answers than before. */
const ALGORITHM = 3;
const MISSING = 'missing';

/** The names of kinds as the configuration's sections. */
const KINDS: readonly PartyKind[] = ['organisation', 'person'];

interface Prepared extends ComparableRecord {
  /** By comparison, in the configuration's order. */
  readonly values: readonly (readonly Comparable<unknown>[])[];
}

/** A model that answers as the configuration says. */
export function compileMatching(configuration: MatchingConfiguration): MatchingModel {
  const context: ComparisonContext = {
    defaultCountry: configuration.defaultCountry.toUpperCase(),
    freeMail: new Set(configuration.freeMail.map((domain) => domain.toLowerCase())),
  };
  const kinds = new Map(KINDS.map((kind) => [kind, new KindModel(configuration[kind], context)]));
  return {
    fingerprint: fingerprintOf(configuration),
    thresholds: {
      organisation: kinds.get('organisation')!.thresholds,
      person: kinds.get('person')!.thresholds,
    },
    maxBlockSize: configuration.maxBlockSize,
    prepare: (record) => kinds.get(record.kind)!.prepare(record),
    compare(a, b) {
      if (a.kind !== b.kind)
        return { weight: -Infinity, probability: 0, verdict: 'distinct', veto: null, comparisons: [] };
      return kinds.get(a.kind)!.compare(a as Prepared, b as Prepared);
    },
  };
}

function fingerprintOf(configuration: MatchingConfiguration): string {
  return createHash('sha256')
    .update(JSON.stringify([ALGORITHM, configuration]))
    .digest('hex')
    .slice(0, 16);
}

class KindModel {
  readonly thresholds: { match: number; review: number };
  private readonly prior: number;
  private readonly comparisons: readonly Comparison[];

  constructor(
    private readonly configuration: KindConfiguration,
    private readonly context: ComparisonContext,
  ) {
    const { thresholds, prior, comparisons } = configuration;
    this.thresholds = { match: logOdds(thresholds.match), review: logOdds(thresholds.review) };
    this.prior = logOdds(prior);
    this.comparisons = comparisons.map((comparison) => new Comparison(comparison));
  }

  prepare(record: MatchRecord): Prepared & PreparedRecord {
    const { configuration, context } = this;
    let keys: readonly string[] | null = null;
    return {
      ref: record.ref,
      kind: record.kind,
      // Worked out when asked for: an account that others meet is compared, and needs none.
      get blockingKeys() {
        return (keys ??= blockingKeys(record, configuration.blocking, context));
      },
      values: this.comparisons.map((comparison) => comparison.prepare(record, context)),
    };
  }

  compare(a: Prepared, b: Prepared): PairEvidence {
    let total = this.prior;
    let veto: string | null = null;
    const comparisons: ComparisonEvidence[] = [];
    // A loop and no closures: this runs for every pair that shares a block.
    for (let at = 0; at < this.comparisons.length; at++) {
      const comparison = this.comparisons[at]!;
      const evidence = comparison.evidence(a.values[at]!, b.values[at]!);
      total += evidence.weight;
      if (veto === null && comparison.forbids(evidence.level)) veto = evidence.comparison;
      comparisons.push(evidence);
    }
    const weight = rounded(total);
    return { weight, probability: probabilityOf(weight), verdict: this.verdict(weight, veto), veto, comparisons };
  }

  private verdict(weight: number, veto: string | null): PairVerdict {
    if (veto !== null || weight < this.thresholds.review) return 'distinct';
    return weight >= this.thresholds.match ? 'match' : 'review';
  }
}

class Comparison {
  private readonly method: ComparisonMethod;
  /** By rank of the level. */
  private readonly weights: readonly number[];
  /** null = no table. */
  private readonly common: CommonValues | null;
  private readonly rank: ReadonlyMap<string, number>;
  private readonly vetoes: ReadonlySet<string>;

  constructor(private readonly configuration: ComparisonConfiguration) {
    this.method = comparisonMethod(configuration.method);
    this.weights = this.method.levels.map((level) => weightOf(configuration.levels[level]!));
    this.common = commonValues(configuration, this.method);
    this.rank = new Map(this.method.levels.map((level, at) => [level, at]));
    this.vetoes = new Set(configuration.veto ?? []);
  }

  prepare(record: MatchRecord, context: ComparisonContext): Comparable<unknown>[] {
    const values = this.method.prepare(record, this.configuration.attribute, context);
    const seen = new Set<string>();
    return values
      .filter(({ shown }) => !seen.has(shown) && seen.add(shown))
      .sort((a, b) => (a.shown < b.shown ? -1 : 1));
  }

  forbids(level: string): boolean {
    return this.vetoes.size > 0 && this.vetoes.has(level);
  }

  /** The strongest agreement among all values of both sides. */
  evidence(left: readonly Comparable<unknown>[], right: readonly Comparable<unknown>[]): ComparisonEvidence {
    let best = Infinity;
    let bestLeft = left[0];
    let bestRight = right[0];
    for (const a of left) {
      for (const b of right) {
        const level = this.method.compare(a.value, b.value);
        const rank = level === null ? Infinity : this.rank.get(level)!;
        if (rank >= best) continue;
        best = rank;
        bestLeft = a;
        bestRight = b;
      }
    }
    const [shownLeft, shownRight] = [bestLeft?.shown ?? null, bestRight?.shown ?? null];
    const level = this.method.levels[best] ?? MISSING;
    return {
      comparison: this.configuration.name,
      level,
      weight: this.weight(best, bestLeft, bestRight),
      left: shownLeft,
      right: shownRight,
    };
  }

  private weight(rank: number, left: Comparable<unknown> | undefined, right: Comparable<unknown> | undefined): number {
    const usual = this.weights[rank] ?? 0;
    if (this.common === null || !this.common.ranks.has(rank)) return usual;
    const term = this.common.of(left!.value);
    return term === this.common.of(right!.value) ? rounded(usual - (this.common.excess.get(term) ?? 0)) : usual;
  }
}

function weightOf({ m, u }: { m: number; u: number }): number {
  return rounded(Math.log2(m / u));
}

/** Values so common that agreeing in one says less. */
interface CommonValues {
  of(value: unknown): string;
  /** Ranks of the levels that rest on the value. */
  ranks: ReadonlySet<number>;
  /** Value → what an agreement in it is worth less, in bits. */
  excess: ReadonlyMap<string, number>;
}

/**
 * With a table of term frequencies, agreement in a common value has the chance of that value to come up twice in place
 * of the usual u (Fellegi and Sunter 1969, section 3.3.1).
 */
function commonValues(
  { termFrequency, levels }: ComparisonConfiguration,
  { term, levels: ranked }: ComparisonMethod,
): CommonValues | null {
  if (termFrequency === undefined || term === undefined) return null;
  const { u } = levels[term.usual]!;
  return {
    of: term.of,
    ranks: new Set(term.levels.map((level) => ranked.indexOf(level))),
    excess: new Map(
      [...TERM_FREQUENCIES[termFrequency]].map(([value, frequency]) => [value, Math.log2(Math.max(frequency, u) / u)]),
    ),
  };
}

/** log2(p / (1 − p)). */
export function logOdds(probability: number): number {
  return Math.log2(probability / (1 - probability));
}

/** The inverse of `logOdds`. */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

function rounded(weight: number): number {
  return Math.round(weight * 10_000) / 10_000;
}
