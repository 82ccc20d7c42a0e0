import type { Row, SourceEvent } from '../workload/event';
import type { Workload } from '../workload/workload';

/** What must stand in the dead letters: one entry for each message that can't be handled, whatever was sent again. */
export interface ExpectedLetters {
  /** `topic key value code` of messages that fail themselves. */
  failing: Set<string>;
  /** `topic key` of keys behind such a message. */
  parkedKeys: Set<string>;
  /** `topic key value` of messages that wait for one. */
  waiting: Set<string>;
}

/** The last state of all rows of all systems that can be known. */
export interface Fold {
  /** `system/table` → id → row. */
  tables: Map<string, Map<number, Row>>;
  letters: ExpectedLetters;
}

/** Plays the whole input once, message by message: the newest version of each row counts, a parked key's messages wait. */
export function foldInput({ chunks }: Workload): Fold {
  const newest = new Map<string, SourceEvent>();
  const letters: ExpectedLetters = { failing: new Set(), parkedKeys: new Set(), waiting: new Set() };
  for (const event of chunks.flatMap((chunk) => chunk.events)) {
    if (isSetAside(event, letters)) continue;
    const place = `${event.system}/${event.table}/${event.id}`;
    const known = newest.get(place);
    if (!known || known.position < event.position) newest.set(place, event);
  }
  return { tables: tablesOf(newest.values()), letters };
}

export function rowsOf({ tables }: Fold, system: string, table: string): Map<number, Row> {
  return tables.get(`${system}/${table}`) ?? new Map();
}

function isSetAside(event: SourceEvent, letters: ExpectedLetters): boolean {
  const { poison, topic, key, value } = event;
  if (poison?.atFrontDoor) {
    letters.failing.add(event.rawLine ? `? null ${event.rawLine} ${poison.code}` : failing(event, poison.code));
    return true;
  }
  const parkedAs = key === null ? null : `${topic} ${key}`;
  if (parkedAs !== null && letters.parkedKeys.has(parkedAs)) {
    letters.waiting.add(`${topic} ${key} ${value}`);
    return true;
  }
  if (!poison) return false;
  letters.failing.add(failing(event, poison.code));
  if (parkedAs !== null) letters.parkedKeys.add(parkedAs);
  return true;
}

function failing({ topic, key, value }: SourceEvent, code: string): string {
  return `${topic} ${key} ${value} ${code}`;
}

function tablesOf(events: Iterable<SourceEvent>): Fold['tables'] {
  const tables: Fold['tables'] = new Map();
  for (const { system, table, id, row } of events) {
    if (row === null) continue;
    const rows = tables.get(`${system}/${table}`) ?? new Map<number, Row>();
    tables.set(`${system}/${table}`, rows);
    rows.set(id, row);
  }
  return tables;
}
