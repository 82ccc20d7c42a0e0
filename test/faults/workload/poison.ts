import type { Poison, SourceEvent } from './event';
import type { Chance } from './random';

type Spoil = (event: SourceEvent, position: number) => SourceEvent | null;

const parks = (code: string): Poison => ({ code, atFrontDoor: false });
const refused = (code: string): Poison => ({ code, atFrontDoor: true });

/** Kinds of messages that nobody can handle, each made of a good one. */
const KINDS: Spoil[] = [
  (event) => ({ ...event, poison: refused('INGEST_LINE_INVALID'), rawLine: `no event, after ${event.position}` }),
  (event) => ({ ...event, topic: `${event.system}.public.wms_bin`, poison: refused('INGEST_TOPIC_UNKNOWN') }),
  (event) => ({ ...event, value: '{"op":"u","after":{"id" 5}}', poison: parks('INGEST_NOT_JSON') }),
  (event) => ({ ...event, value: '[1,2,3]', poison: parks('INGEST_NOT_JSON') }),
  (event) => ({ ...event, value: '{"op":"u","after":null,"source":{"lsn":7}}', poison: parks('INGEST_SHAPE_UNKNOWN') }),
  (event, position) => ({ ...event, key: null, value: truncate(position), poison: parks('MAPPING_TRUNCATED') }),
  (event, position) => withValue(event, 'sale_sale', { state: 'on_hold' }, position, 'MAPPING_VALUE_UNKNOWN'),
  (event, position) => withValue(event, 'account_invoice', { currency: 77 }, position, 'MAPPING_VALUE_UNKNOWN'),
  // A line without a party is no item of anybody: the mapping reads none of its values.
  (event, position) =>
    event.row?.['party'] === null
      ? null
      : withValue(event, 'account_move_line', { debit: 'many' }, position, 'MAPPING_EXPRESSION_FAILED'),
];

/** Puts a spoilt message behind about one of `every` messages. */
export function withPoison(events: readonly SourceEvent[], every: number, chance: Chance): SourceEvent[] {
  return events.flatMap((event) => {
    if (!chance.happens(1 / every)) return [event];
    const start = chance.between(0, KINDS.length - 1);
    // Not every kind can be made of every message; the next one that can be is taken.
    for (let i = 0; i < KINDS.length; i++) {
      const spoilt = KINDS[(start + i) % KINDS.length]!(event, event.position + 1);
      if (spoilt) return [event, spoilt];
    }
    return [event];
  });
}

/** The next change of the row, with a value that the mapping doesn't know. */
function withValue(event: SourceEvent, table: string, change: object, position: number, code: string) {
  if (event.table !== table || event.row === null) return null;
  const value = JSON.parse(event.value) as { source: object; after: object };
  const source = { ...value.source, lsn: position, sequence: JSON.stringify([String(position), String(position)]) };
  const spoilt = { ...value, op: 'u', after: { ...value.after, ...change }, source };
  return { ...event, value: JSON.stringify(spoilt), poison: parks(code) };
}

function truncate(position: number): string {
  return JSON.stringify({ op: 't', before: null, after: null, source: { lsn: position }, ts_ms: position });
}
