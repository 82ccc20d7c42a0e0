import { Big, isLocalDate } from '@syncline/model';
import { resolveCorrections } from './corrections';
import type { KnownTime, LedgerEntry } from './ledger-entry';
import type { LedgerEvent } from './ledger-event';
import { LedgerFindings, type LedgerFindingCode } from './ledger-finding';

/** Entries and events that count by what was known at a time, each once, corrections carried out. */
export interface KnownLedger {
  /** By key, in the order of the keys. */
  entries: ReadonlyMap<string, LedgerEntry>;
  /** In a canonical order: by event date, then by id. */
  events: readonly LedgerEvent[];
  /** The entry that counts for a key: the correcting one for a corrected one. Undefined when none does. */
  entry(key: string): LedgerEntry | undefined;
  /** The id that counts for an event's id. */
  eventId(id: string): string;
  findings: LedgerFindings;
}

/** Whether something was known at `at` (inclusive; a day means its end). */
export function isKnown(knownAt: KnownTime, at: KnownTime): boolean {
  return knownAt.slice(0, at.length) <= at;
}

/**
 * What was known at `knownAt` of a ledger. Repetition and order of the input make no difference; what cannot be read
 * is set aside with a finding and takes nothing else with it.
 */
export function knownLedger(
  allEntries: Iterable<LedgerEntry>,
  allEvents: Iterable<LedgerEvent>,
  knownAt: KnownTime,
): KnownLedger {
  const findings = new LedgerFindings();
  const entries = once(allEntries, ({ key }) => key, knownAt, findings).filter((entry) =>
    accepted(entry.key, entryFault(entry), findings),
  );
  const events = once(allEvents, ({ id }) => id, knownAt, findings).filter((event) =>
    accepted(event.id, eventFault(event), findings),
  );
  const eventsInEffect = resolveCorrections(events, findings);
  const inEffect = events.filter(({ id }) => eventsInEffect.ids.has(id));
  const voided = new Set(inEffect.flatMap((event) => (event.type === 'entry_voided' ? [event.entryKey] : [])));
  const nodes = entries.map(({ key, knownAt: since, corrects }) => ({ id: key, knownAt: since, corrects }));
  const entriesInEffect = resolveCorrections(nodes, findings, voided);
  const byKey = new Map(
    entries
      .filter(({ key }) => entriesInEffect.ids.has(key))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map((entry) => [entry.key, entry]),
  );
  return {
    entries: byKey,
    events: inEffect.sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1)),
    entry: (key) => byKey.get(entriesInEffect.current(key)),
    eventId: eventsInEffect.current,
    findings,
  };
}

/** Each id once: the version that became known first, whatever came later under the same id. */
function once<T extends { knownAt: KnownTime }>(
  all: Iterable<T>,
  idOf: (one: T) => string,
  knownAt: KnownTime,
  findings: LedgerFindings,
): T[] {
  const first = new Map<string, T>();
  for (const one of all) {
    if (!isKnown(one.knownAt, knownAt)) continue;
    const id = idOf(one);
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, one);
      continue;
    }
    if (content(one) !== content(other)) findings.add('ID_CONFLICT', id);
    if (isBefore(one, other)) first.set(id, one);
  }
  return [...first.values()];
}

function isBefore<T extends { knownAt: KnownTime }>(one: T, other: T): boolean {
  return one.knownAt === other.knownAt ? content(one) < content(other) : one.knownAt < other.knownAt;
}

/** What a version says, without when it became known. */
function content<T extends { knownAt: KnownTime }>(one: T): string {
  const { knownAt: _, ...rest } = one;
  const said = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  return JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function accepted(id: string, fault: LedgerFindingCode | null, findings: LedgerFindings): boolean {
  if (fault !== null) findings.add(fault, id);
  return fault === null;
}

function entryFault(entry: LedgerEntry): LedgerFindingCode | null {
  if (!isPositive(entry.amount) || (entry.bookingRate && !isPositive(entry.bookingRate))) return 'AMOUNT_NOT_POSITIVE';
  if (!isCurrencyCode(entry.currency)) return 'CURRENCY_UNKNOWN';
  const days = [entry.postedOn, entry.dueOn, entry.invoicedOn, entry.discount?.until];
  return days.every((day) => day === null || day === undefined || isLocalDate(day)) ? null : 'DATE_INVALID';
}

function eventFault(event: LedgerEvent): LedgerFindingCode | null {
  if (!isLocalDate(event.on)) return 'DATE_INVALID';
  if (event.type === 'exchange_difference') return isDecimal(event.amount) ? null : 'AMOUNT_NOT_POSITIVE';
  const amounts = [
    'amount' in event ? event.amount : undefined,
    'creditAmount' in event ? event.creditAmount : undefined,
  ];
  return amounts.every((amount) => amount === null || amount === undefined || isPositive(amount))
    ? null
    : 'AMOUNT_NOT_POSITIVE';
}

/** The form of ISO 4217; the codes themselves are the rate table's business. */
function isCurrencyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

function isDecimal(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function isPositive(text: string): boolean {
  return isDecimal(text) && new Big(text).gt(0);
}
