/** What a record describes; each kind has its own configuration. */
export type PartyKind = 'organisation' | 'person';

/** One account as the matcher sees it: values as its system writes them, several where it has several. */
export interface MatchRecord {
  /** `system/key`, unique. */
  ref: string;
  kind: PartyKind;
  /**
   * Attribute → values, in the order in which the system gives them. Attributes are those of the configuration: `name`,
   * `given_name`, `surname`, `identifier` (`scheme:normalized`, only valid ones), `phone`, `email`, `street`, `city`,
   * `postal_code`, `region`, `country`, `birth_date`. Absent and empty mean unknown.
   */
  attributes: Readonly<Record<string, readonly string[]>>;
}

/**
 * A record with everything that comparing needs already worked out: normalised texts, tokens. Plain values: it may be
 * kept as JSON, for the model of that fingerprint.
 */
export interface ComparableRecord {
  readonly ref: string;
  readonly kind: PartyKind;
}

/** The same with what finds its neighbours. */
export interface PreparedRecord extends ComparableRecord {
  /** `rule:value`, sorted, unique. Records that share one are compared, as long as the block is not too large. */
  readonly blockingKeys: readonly string[];
}

/** How one comparison came out. */
export interface ComparisonEvidence {
  /** Name of the comparison in the configuration. */
  comparison: string;
  /** Name of the level that holds: `exact`, `close`, `missing`, … */
  level: string;
  /** log2 of the Bayes factor of the level, term frequencies included; 0 where a value is missing. */
  weight: number;
  /** The normalised values that were compared; null = unknown. Personal data: never logged. */
  left: string | null;
  right: string | null;
}

export type PairVerdict = 'match' | 'review' | 'distinct';

/** Everything that says whether two records are one party. */
export interface PairEvidence {
  /** Prior and all comparisons, log2 odds, rounded to 4 decimals: equal on every machine and in both directions. */
  weight: number;
  /** weight as a probability, 0 to 1. */
  probability: number;
  verdict: PairVerdict;
  /** The comparison whose contradiction forbids the match whatever the weight is; null = none. */
  veto: string | null;
  comparisons: ComparisonEvidence[];
}

/**
 * A compiled matching configuration. Every answer depends on the two records and the configuration alone, never on
 * other records or on the order in which they came: term frequencies come from the configuration's tables. That is what
 * makes streaming and a full rerun give the same customers.
 */
export interface MatchingModel {
  /** Changes whenever an answer could: pairs kept under another fingerprint are compared anew. */
  readonly fingerprint: string;
  /** log2 odds: at or above `match` two records are one, from `review` on a person decides. */
  readonly thresholds: Readonly<Record<PartyKind, { match: number; review: number }>>;
  /** A block with more records names nobody, and none of its pairs are compared. */
  readonly maxBlockSize: number;
  prepare(record: MatchRecord): PreparedRecord;
  /** Records of different kinds are distinct. `compare(a, b)` and `compare(b, a)` differ in left and right only. */
  compare(a: ComparableRecord, b: ComparableRecord): PairEvidence;
}
