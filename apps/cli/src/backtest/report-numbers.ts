import type { Interval } from '@syncline/credit';

/** A figure with so many decimals; – where there is none. */
export function figure(value: number | null, decimals = 3): string {
  return value === null ? '–' : value.toFixed(decimals);
}

/** A share as a percentage. */
export function percent(value: number | null, decimals = 1): string {
  return value === null ? '–' : `${(value * 100).toFixed(decimals)} %`;
}

/** `0.812 to 0.847` */
export function intervalText(
  interval: Interval | null,
  show: (value: number) => string = (value) => figure(value),
): string {
  return interval === null ? '–' : `${show(interval.low)} to ${show(interval.high)}`;
}

/** `1 234` with thin grouping: counts. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
