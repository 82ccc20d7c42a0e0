/** A calendar day `YYYY-MM-DD` without time or zone: due dates, posting dates, `as_of`. Compares as text. */
export type LocalDate = string;

/** A moment in UTC, ISO 8601 with milliseconds and `Z`. Compares as text. */
export type Instant = string;

const DAY_MS = 86_400_000;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `text` is an existing day in the form YYYY-MM-DD. */
export function isLocalDate(text: string): text is LocalDate {
  return ISO_DAY.test(text) && localDateOfEpochDay(epochDay(text)) === text;
}

/** Days since 1970-01-01. */
export function epochDay(date: LocalDate): number {
  return Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / DAY_MS;
}

/** The day that lies `days` after 1970-01-01. */
export function localDateOfEpochDay(days: number): LocalDate {
  return Number.isFinite(days) && Math.abs(days) < 1e8 ? new Date(days * DAY_MS).toISOString().slice(0, 10) : 'invalid';
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDay(to) - epochDay(from);
}

/** The day `days` after `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return localDateOfEpochDay(epochDay(date) + days);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day that `epochMs` falls on in `timeZone` (IANA name).
 * @throws RangeError for an unknown zone
 */
export function localDateIn(timeZone: string, epochMs: number): LocalDate {
  if (timeZone === 'UTC') return new Date(epochMs).toISOString().slice(0, 10);
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(epochMs);
}
