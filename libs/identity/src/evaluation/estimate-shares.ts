import type { MatchingModel, MatchRecord, PreparedRecord } from '../matching/matching-model';
import type { ComparisonConfiguration, KindConfiguration } from '../matching/matching-schema';
import { candidatePairs, pairsOfSources } from './candidate-pairs';
import { fitShares, type Fit } from './fellegi-sunter-em';
import { OutcomeTable } from './outcome-table';

export interface EstimateInput {
  records: readonly MatchRecord[];
  /** Only pairs of different sources count, where records of two files are linked. */
  sourceOf?: (ref: string) => string;
  /** How many of the pairs that don't meet to draw; all where there are no more. */
  samplePairs: number;
  /** A whole number from 0 to below `below`. */
  random: (below: number) => number;
}

export interface LevelEstimate {
  level: string;
  m: number;
  u: number;
  shipped: { m: number; u: number };
  /** Expected pairs of one party, and pairs of two, at this level. */
  seen: { m: number; u: number };
  /** Too few were seen, so that the configuration's own share stays. */
  isKept: { m: boolean; u: boolean };
}

export interface ComparisonEstimate {
  comparison: string;
  levels: LevelEstimate[];
}

export interface Estimate {
  comparisons: ComparisonEstimate[];
  /** Share of all pairs that are of one party, in these records. */
  prior: number;
  /** Expected pairs of one party. */
  matches: number;
  pairs: { meeting: number; drawn: number; all: number };
  rounds: number;
}

/** With fewer expected pairs of one party nothing can be estimated. */
export const LEAST_MATCHES = 50;
/** With fewer expected pairs of one party that have the values, a comparison keeps its m. */
const LEAST_KNOWN = 20;
/** A share that rests on fewer pairs is no better than the one that is there. */
const LEAST_SEEN = 5;
/** Draws for each pair wanted: records that meet, or are of one source, are drawn in vain. */
const MOST_DRAWS = 20;

/**
 * Estimates m and u of every level from records alone, without knowing who is who: see `fitShares`. All pairs that meet
 * by the configuration's blocking are compared, and a sample of the others.
 */
export function estimateShares(
  model: MatchingModel,
  { prior, comparisons }: KindConfiguration,
  input: EstimateInput,
): Estimate {
  const prepared = input.records.map((record) => model.prepare(record));
  const { sourceOf = (ref: string) => ref } = input;
  const arePair = (a: PreparedRecord, b: PreparedRecord) => sourceOf(a.ref) !== sourceOf(b.ref);
  const blocks = candidatePairs(prepared, model.maxBlockSize);
  const meeting = new OutcomeTable(comparisons);
  for (const [first, second] of blocks.pairs()) {
    const [a, b] = [prepared[first]!, prepared[second]!];
    if (arePair(a, b)) meeting.add(model.compare(a, b));
  }
  const apart = new OutcomeTable(comparisons);
  const all = pairsOfSources(prepared.map(({ ref }) => sourceOf(ref)));
  const others = all - meeting.pairs > input.samplePairs ? drawnPairs(prepared, input) : allPairs(prepared);
  for (const [a, b] of others) {
    if (apart.pairs === input.samplePairs) break;
    if (a !== b && arePair(a, b) && !blocks.meet(a, b)) apart.add(model.compare(a, b));
  }
  const apartWeight = apart.pairs === 0 ? 0 : (all - meeting.pairs) / apart.pairs;
  const fit = fitShares(
    { meeting: meeting.outcomes(), apart: apart.outcomes(), apartWeight },
    { prior, comparisons: comparisons.map(sharesOf) },
  );
  return {
    comparisons: comparisons.map((comparison, at) => comparisonEstimate(comparison, fit, at)),
    prior: fit.parameters.prior,
    matches: fit.matches,
    pairs: { meeting: meeting.pairs, drawn: apart.pairs, all },
    rounds: fit.rounds,
  };
}

type Pairs = Iterable<[PreparedRecord, PreparedRecord]>;

function* drawnPairs(prepared: readonly PreparedRecord[], { samplePairs, random }: EstimateInput): Pairs {
  for (let draws = samplePairs * MOST_DRAWS; draws > 0; draws--)
    yield [prepared[random(prepared.length)]!, prepared[random(prepared.length)]!];
}

function* allPairs(prepared: readonly PreparedRecord[]): Pairs {
  for (let first = 0; first < prepared.length; first++)
    for (let second = first + 1; second < prepared.length; second++) yield [prepared[first]!, prepared[second]!];
}

function sharesOf({ levels }: ComparisonConfiguration): { m: number[]; u: number[] } {
  const shares = Object.values(levels);
  return { m: shares.map(({ m }) => m), u: shares.map(({ u }) => u) };
}

function comparisonEstimate({ name, levels }: ComparisonConfiguration, fit: Fit, at: number): ComparisonEstimate {
  const [seenM, seenU] = [fit.seenM[at]!, fit.seenU[at]!];
  const [knownM, knownU] = [sumOf(seenM), sumOf(seenU)];
  const shipped = Object.values(levels);
  const estimated = fit.parameters.comparisons[at]!;
  const isKept = shipped.map(({ m, u }, level) => ({
    m: knownM < LEAST_KNOWN || isTooRare(seenM[level]!, m * knownM),
    u: knownU < LEAST_KNOWN || isTooRare(seenU[level]!, u * knownU),
  }));
  const m = settled(
    atLeastHalfAPair(estimated.m, seenM),
    shipped.map((share) => share.m),
    isKept.map((kept) => kept.m),
  );
  const u = settled(
    atLeastHalfAPair(estimated.u, seenU),
    shipped.map((share) => share.u),
    isKept.map((kept) => kept.u),
  );
  return {
    comparison: name,
    levels: Object.keys(levels).map((level, number) => ({
      level,
      m: m[number]!,
      u: u[number]!,
      shipped: shipped[number]!,
      seen: { m: seenM[number]!, u: seenU[number]! },
      isKept: isKept[number]!,
    })),
  };
}

/** Hardly seen, and hardly to be expected. What is missing although it is expected, tells something. */
function isTooRare(seen: number, expected: number): boolean {
  return seen < LEAST_SEEN && expected < LEAST_SEEN;
}

/** What was not seen among n pairs is rare, but not rarer than n pairs can tell. */
function atLeastHalfAPair(estimated: readonly number[], seen: readonly number[]): number[] {
  const least = 0.5 / Math.max(1, sumOf(seen));
  return estimated.map((share, level) => (seen[level]! < LEAST_SEEN ? Math.max(share, least) : share));
}

/** Kept shares stay as they are; the others share what is left. */
function settled(estimated: readonly number[], shipped: readonly number[], isKept: readonly boolean[]): number[] {
  const kept = sumOf(shipped.filter((_, level) => isKept[level]));
  const free = sumOf(estimated.filter((_, level) => !isKept[level]));
  const scale = free === 0 ? 1 : Math.max(0, 1 - kept) / free;
  return estimated.map((share, level) => (isKept[level] ? shipped[level]! : rounded(share * scale)));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** Three digits are more than any sample tells. */
function rounded(share: number): number {
  return Math.min(1, Math.max(1e-9, Number(share.toPrecision(3))));
}
