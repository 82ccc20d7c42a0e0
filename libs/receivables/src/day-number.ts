import type { LocalDate } from '@syncline/model';

const ZERO = 48;

/**
 * Days since 1970-01-01 of a valid day `YYYY-MM-DD`; the same as the model's `epochDay`, without making text or
 * Date objects, because rating reads every date of every item of every customer each night.
 */
export function dayNumber(date: LocalDate): number {
  let year =
    (date.charCodeAt(0) - ZERO) * 1000 +
    (date.charCodeAt(1) - ZERO) * 100 +
    (date.charCodeAt(2) - ZERO) * 10 +
    (date.charCodeAt(3) - ZERO);
  const month = (date.charCodeAt(5) - ZERO) * 10 + (date.charCodeAt(6) - ZERO);
  const day = (date.charCodeAt(8) - ZERO) * 10 + (date.charCodeAt(9) - ZERO);
  // Years that begin in March put the leap day last, so that the days before a month are one linear formula.
  if (month <= 2) year -= 1;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Calendar months since year 0; consecutive months differ by one. */
export function monthNumber(date: LocalDate): number {
  const year =
    (date.charCodeAt(0) - ZERO) * 1000 +
    (date.charCodeAt(1) - ZERO) * 100 +
    (date.charCodeAt(2) - ZERO) * 10 +
    (date.charCodeAt(3) - ZERO);
  return year * 12 + (date.charCodeAt(5) - ZERO) * 10 + (date.charCodeAt(6) - ZERO) - 1;
}
