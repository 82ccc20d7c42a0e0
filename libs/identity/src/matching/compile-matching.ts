import { createHash } from 'node:crypto';
import { comparisonMethod } from '../comparison';
import type { Comparable, ComparisonContext, ComparisonMethod } from '../comparison/comparison-method';
import { TERM_FREQUENCIES } from '../vocabulary/term-frequencies';
import { blockingKeys } from './blocking';
import type {
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
const ALGORITHM = 1;
const MISSING = 'missing';

/** The names of kinds as the configuration's sections. */
const KINDS: readonly PartyKind[] = ['organisation', 'person'];

interface Prepared extends PreparedRecord {
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

  prepare(record: MatchRecord): Prepared {
    return {
      ref: record.ref,
      kind: record.kind,
      blockingKeys: blockingKeys(record, this.configuration.blocking, this.context),
      values: this.comparisons.map((comparison) => comparison.prepare(record, this.context)),
    };
  }

  compare(a: Prepared, b: Prepared): PairEvidence {
    let total = this.prior;
    let veto: string | null = null;
    const comparisons = this.comparisons.map((comparison, at) => {
      const evidence = comparison.evidence(a.values[at]!, b.values[at]!);
      total += evidence.weight;
      if (comparison.forbids(evidence.level)) veto ??= evidence.comparison;
      return evidence;
    });
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
  private readonly weights: ReadonlyMap<string, number>;
  private readonly rank: ReadonlyMap<string, number>;
  private readonly vetoes: ReadonlySet<string>;

  constructor(private readonly configuration: ComparisonConfiguration) {
    this.method = comparisonMethod(configuration.method);
    this.weights = new Map(Object.entries(configuration.levels).map(([level, { m, u }]) => [level, Math.log2(m / u)]));
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
    return this.vetoes.has(level);
  }

  /** The strongest agreement among all values of both sides. */
  evidence(left: readonly Comparable<unknown>[], right: readonly Comparable<unknown>[]): ComparisonEvidence {
    let best: { rank: number; level: string; left: string; right: string } | null = null;
    for (const a of left) {
      for (const b of right) {
        const level = this.method.compare(a.value, b.value);
        if (level === null) continue;
        const rank = this.rank.get(level)!;
        if (best === null || rank < best.rank) best = { rank, level, left: a.shown, right: b.shown };
      }
    }
    const { name } = this.configuration;
    if (best === null)
      return {
        comparison: name,
        level: MISSING,
        weight: 0,
        left: left[0]?.shown ?? null,
        right: right[0]?.shown ?? null,
      };
    return { comparison: name, level: best.level, weight: this.weight(best), left: best.left, right: best.right };
  }

  /**
   * With a table of term frequencies, agreement in a common value has the chance of that value to come up twice in place
   * of u (Fellegi and Sunter 1969, section 3.3.1).
   */
  private weight({ level, left, right }: { level: string; left: string; right: string }): number {
    const { termFrequency, levels } = this.configuration;
    const usual = this.weights.get(level)!;
    if (termFrequency === undefined || level !== this.method.levels[0] || left !== right) return rounded(usual);
    const frequency = TERM_FREQUENCIES[termFrequency].get(left);
    const { m, u } = levels[level]!;
    return rounded(frequency === undefined ? usual : Math.log2(m / Math.max(frequency, u)));
  }
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
