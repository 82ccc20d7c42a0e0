import { isLocalDate, localDateIn, localDateOfEpochDay, type Instant, type LocalDate } from '@syncline/model';
import { typeName } from '../expression/exact-decimal';

export const TIME_UNITS = ['days', 'seconds', 'millis', 'micros', 'nanos', 'yyyymmdd'] as const;

/** What a number means: days, seconds … since 1970-01-01, or the digits of a day. */
export type TimeUnit = (typeof TIME_UNITS)[number];

export interface TemporalReading {
  /** Absent: a number is refused for moments and means days for days. */
  unit?: TimeUnit;
  /** The zone whose calendar says the day. */
  zone: string;
  /** The zone of texts without an offset. */
  storedIn: string;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const INTEGER = /^-?\d{1,20}$/;
const MAX_EPOCH_MS = 253_402_300_799_999;
const MIN_EPOCH_MS = -62_135_596_800_000;
const DAY_MS = 86_400_000;

/**
 * The calendar day that a value means.
 * @throws RangeError for anything that is no day
 */
export function toLocalDate(value: unknown, reading: TemporalReading): LocalDate {
  if (typeof value === 'string' && value.length === 10 && isLocalDate(value)) return value;
  const number = wholeNumber(value);
  if (number === undefined) return localDateIn(reading.zone, isoToEpochMs(value, reading.storedIn, reading.zone));
  const unit = reading.unit ?? 'days';
  if (unit === 'yyyymmdd') return compactDay(number);
  const epochMs = epochMsOf(number, unit);
  return unit === 'days' ? localDateOfEpochDay(epochMs / DAY_MS) : localDateIn(reading.zone, epochMs);
}

/**
 * The moment that a value means, in UTC.
 * @throws RangeError for anything that is no moment
 */
export function toInstant(value: unknown, reading: TemporalReading): Instant {
  const number = wholeNumber(value);
  if (number === undefined) return new Date(isoToEpochMs(value, reading.storedIn)).toISOString();
  if (reading.unit === undefined) throw new RangeError('a number is no moment without a unit');
  if (reading.unit === 'yyyymmdd') return new Date(`${compactDay(number)}T00:00:00Z`).toISOString();
  return new Date(epochMsOf(number, reading.unit)).toISOString();
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'bigint' || (typeof value === 'string' && INTEGER.test(value))) return Number(value);
  return undefined;
}

function epochMsOf(number: number, unit: Exclude<TimeUnit, 'yyyymmdd'>): number {
  const factor = { days: DAY_MS, seconds: 1000, millis: 1, micros: 1e-3, nanos: 1e-6 }[unit];
  const epochMs = factor >= 1 ? number * factor : Math.floor(number / Math.round(1 / factor));
  if (!(epochMs >= MIN_EPOCH_MS && epochMs <= MAX_EPOCH_MS))
    throw new RangeError(`the number is out of range as ${unit} since 1970`);
  return epochMs;
}

function compactDay(number: number): LocalDate {
  const digits = String(number);
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  if (digits.length !== 8 || !isLocalDate(day)) throw new RangeError('the number is no day of the form YYYYMMDD');
  return day;
}

/** `sameZone`: the zone in which the day will be taken; a text of that zone needs no conversion, only its day. */
function isoToEpochMs(value: unknown, storedIn: string, sameZone?: string): number {
  const match = typeof value === 'string' ? ISO.exec(value.trim()) : null;
  if (!match) throw new RangeError(`a ${typeName(value)} is no ISO 8601 date or time`);
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = '0', offset] = match;
  if (!isLocalDate(day)) throw new RangeError('there is no such day');
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const asUtc = Date.parse(`${day}T${hour}:${minute}:${second}.${millis}Z`);
  if (Number.isNaN(asUtc)) throw new RangeError('there is no such time');
  if (offset) return asUtc - offsetMs(offset);
  // A day without a time is that day, whatever the zone.
  const zone = match[2] === undefined && sameZone !== undefined ? sameZone : storedIn;
  return zone === 'UTC' ? asUtc : zonedToEpochMs(asUtc, zone);
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const ms = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
  return offset.startsWith('-') ? -ms : ms;
}

/** A wall-clock time of `zone` as a moment; in a gap or overlap the offset after the change counts. */
function zonedToEpochMs(wallMs: number, zone: string): number {
  const first = wallMs - zoneOffsetMs(zone, wallMs);
  return wallMs - zoneOffsetMs(zone, first);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function zoneOffsetMs(zone: string, epochMs: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(epochMs).map((part) => [part.type, Number(part.value)]));
  const wall = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(epochMs / 1000) * 1000;
}
