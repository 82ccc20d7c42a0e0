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

const knownDays = new Map<number, LocalDate>();
/** Several years: documents of one load lie near each other. */
const MAX_KNOWN_DAYS = 4_000;

/** The day that lies `days` after 1970-01-01. */
export function localDateOfEpochDay(days: number): LocalDate {
  const known = knownDays.get(days);
  if (known !== undefined) return known;
  if (!(Math.abs(days) < 1e8)) return 'invalid';
  const date = new Date(days * DAY_MS).toISOString().slice(0, 10);
  if (knownDays.size >= MAX_KNOWN_DAYS) knownDays.clear();
  knownDays.set(days, date);
  return date;
}

const FIRST_YEAR_MS = -62_167_219_200_000;
const LAST_YEAR_MS = 253_402_300_799_999;

/**
 * The moment as text. `Date` writes a million a second; most events of a load fall on few days.
 * @param epochMs milliseconds since 1970
 * @throws RangeError beyond what a Date holds
 */
export function instantOfEpochMs(epochMs: number): Instant {
  // Years of other than four digits, and fractions, are left to Date.
  if (!Number.isInteger(epochMs) || epochMs < FIRST_YEAR_MS || epochMs > LAST_YEAR_MS)
    return new Date(epochMs).toISOString();
  const days = Math.floor(epochMs / DAY_MS);
  const ms = epochMs - days * DAY_MS;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${localDateOfEpochDay(days)}T${time}.${String(ms % 1_000).padStart(3, '0')}Z`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
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
