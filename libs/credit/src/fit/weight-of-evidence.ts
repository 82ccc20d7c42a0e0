import { interpolate, type Knots } from '@syncline/receivables';

/** Values of a feature that are taken together. */
export interface EvidenceBin {
  /** Mean of the values in it: where the curve has its point. */
  centre: number;
  goods: number;
  bads: number;
  /** ln of the share of the goods over the share of the bads; above 0 speaks for the customer. */
  woe: number;
}

export interface BinnedFeature {
  /** By rising value; weights of evidence only rise, or only fall. */
  bins: EvidenceBin[];
  /** Σ (share of goods − share of bads) × woe: below 0.02 it tells nothing, above 0.3 much. */
  informationValue: number;
}

/** Observed values, NaN = missing, and 1 for those that went bad. */
export interface FeatureSample {
  values: ArrayLike<number>;
  bads: ArrayLike<number>;
}

/** Bins to begin with, of equal size. */
const FIRST_BINS = 20;
/** A bin that is smaller than this share of the values goes into a neighbour. */
const LEAST_SHARE = 0.04;
/**
 * Half an observation of each kind, spread over the bins by their size, so that a bin without bad ones has a finite
 * weight of evidence and none changes its place in the order of the bad rates.
 */
const HALF = 0.5;

interface Group {
  sum: number;
  goods: number;
  bads: number;
}

/**
 * Bins a feature so that the bad rate only falls (`rising` = more is better) or only rises with its value: quantiles
 * first, neighbours that stand the wrong way round are pooled, then small bins (pool adjacent violators). Missing
 * values stand in no bin. Null when one bin is left: then the feature says nothing in that direction.
 */
export function binMonotone({ values, bads }: FeatureSample, rising: boolean): BinnedFeature | null {
  const present = Array.from(values, (_, index) => index).filter((index) => !Number.isNaN(values[index]));
  present.sort((a, b) => values[a] - values[b]);
  const groups = pooled(smallPooled(pooled(quantiles(present, values, bads), rising), present.length), rising);
  if (groups.length < 2) return null;
  const total = groups.reduce(merged);
  const size = sizeOf(total);
  let informationValue = 0;
  const bins = groups.map((group) => {
    const extra = (HALF * sizeOf(group)) / size;
    const good = (group.goods + extra) / (total.goods + HALF);
    const bad = (group.bads + extra) / (total.bads + HALF);
    const woe = Math.log(good / bad);
    informationValue += (good - bad) * woe;
    return { centre: group.sum / sizeOf(group), goods: group.goods, bads: group.bads, woe };
  });
  return { bins, informationValue };
}

/** Weight of evidence by value: linear between the centres of the bins, as the policy's curve will be. */
export function evidenceCurve({ bins }: BinnedFeature): Knots {
  return bins.map(({ centre, woe }) => [centre, woe] as const);
}

/** Weight of evidence of a value; 0 = says nothing, for a missing one. */
export function evidenceOf(curve: Knots, value: number): number {
  return Number.isNaN(value) ? 0 : interpolate(curve, value);
}

/** Equal values never part. */
function quantiles(order: readonly number[], values: ArrayLike<number>, bads: ArrayLike<number>): Group[] {
  const groups: Group[] = [];
  const size = order.length / FIRST_BINS;
  order.forEach((index, rank) => {
    const isNew = rank === 0 || values[index] !== values[order[rank - 1]];
    const last = groups.at(-1);
    if (!last || (isNew && sizeOf(last) >= size)) groups.push({ sum: 0, goods: 0, bads: 0 });
    const group = groups[groups.length - 1];
    group.sum += values[index];
    if (bads[index]) group.bads += 1;
    else group.goods += 1;
  });
  return groups;
}

function pooled(groups: readonly Group[], rising: boolean): Group[] {
  const kept: Group[] = [];
  for (const group of groups) {
    let next = group;
    for (let last = kept.at(-1); last && !inOrder(last, next, rising); last = kept.at(-1)) {
      next = merged(last, next);
      kept.pop();
    }
    kept.push(next);
  }
  return kept;
}

function inOrder(before: Group, after: Group, rising: boolean): boolean {
  return rising ? rateOf(before) > rateOf(after) : rateOf(before) < rateOf(after);
}

function smallPooled(groups: readonly Group[], total: number): Group[] {
  const kept = [...groups];
  for (;;) {
    const small = kept.findIndex((group) => sizeOf(group) < LEAST_SHARE * total);
    if (small < 0 || kept.length < 2) return kept;
    // Into the neighbour whose bad rate is nearer.
    const gap = (index: number) => (kept[index] ? Math.abs(rateOf(kept[index]) - rateOf(kept[small])) : Infinity);
    const first = gap(small - 1) <= gap(small + 1) ? small - 1 : small;
    kept.splice(first, 2, merged(kept[first], kept[first + 1]));
  }
}

function merged(a: Group, b: Group): Group {
  return { sum: a.sum + b.sum, goods: a.goods + b.goods, bads: a.bads + b.bads };
}

function sizeOf({ goods, bads }: Group): number {
  return goods + bads;
}

function rateOf(group: Group): number {
  return group.bads / sizeOf(group);
}
