import type { LocalDate } from '@syncline/model';
import { dayNumber } from './day-number';
import { receivablesError } from './errors';

/** Last day of each bucket: 1–30, 31–60, 61–90, 91–180, 181–365, and what is older. */
export const DEFAULT_BUCKET_EDGES: readonly number[] = [30, 60, 90, 180, 365];

/** Last year of each band of aging by invoice date: within one year, one to two, … and more than five. */
export const YEARLY_BAND_EDGES: readonly number[] = [1, 2, 3, 4, 5];

/**
 * What an age is counted in. Days past a due date start with `current`; years since an invoice date are calendar
 * years, whose last day is the anniversary.
 */
export type AgeUnit = 'day' | 'year';

/**
 * The names of the buckets: `current`, `1-30`, `31-60`, …, `>365`; in years `0-1y`, `1-2y`, …, `>5y`.
 * @throws SynclineError RECEIVABLES_BUCKETS_INVALID
 */
export function bucketNames(edges?: readonly number[], unit: AgeUnit = 'day'): string[] {
  const last = edges ?? edgesOf(unit);
  const names = unit === 'day' ? ['current'] : [];
  let before = 0;
  for (const edge of last) {
    if (!Number.isInteger(edge) || edge <= before) throw receivablesError('RECEIVABLES_BUCKETS_INVALID');
    names.push(unit === 'day' ? `${before + 1}-${edge}` : `${before}-${edge}y`);
    before = edge;
  }
  return [...names, unit === 'day' ? `>${before}` : `>${before}y`];
}

/** The bucket of `days` past due: index into `bucketNames`. */
export function bucketIndex(days: number, edges: readonly number[] = DEFAULT_BUCKET_EDGES): number {
  if (days <= 0) return 0;
  let index = 0;
  while (index < edges.length && days > edges[index]) index += 1;
  return index + 1;
}

/** The yearly band of what was invoiced on `from`: index into `bucketNames`. On the anniversary it is still the younger. */
export function yearlyBandIndex(
  from: LocalDate,
  asOf: LocalDate,
  edges: readonly number[] = YEARLY_BAND_EDGES,
): number {
  const year = Number(from.slice(0, 4));
  let index = 0;
  while (index < edges.length && asOf > `${String(year + edges[index]).padStart(4, '0')}${from.slice(4)}`) index += 1;
  return index;
}

/** The bucket of an age that runs from `from`; the youngest one when that is not known. */
export function bucketSince(
  from: LocalDate | null,
  asOf: LocalDate,
  unit: AgeUnit = 'day',
  edges: readonly number[] = edgesOf(unit),
): number {
  if (from === null) return 0;
  return unit === 'day' ? bucketIndex(dayNumber(asOf) - dayNumber(from), edges) : yearlyBandIndex(from, asOf, edges);
}

function edgesOf(unit: AgeUnit): readonly number[] {
  return unit === 'day' ? DEFAULT_BUCKET_EDGES : YEARLY_BAND_EDGES;
}
