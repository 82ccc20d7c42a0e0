import type { RecordKind } from './record-catalogue';

/** What a mapped field can hold; amounts and dates are text (see Decimal, LocalDate, Instant). */
export type FieldValue = string | number | boolean | null;

/** Names one record of one system. */
export interface RecordId {
  system: string;
  kind: RecordKind;
  key: string;
}

/** Where a record came from, for `explain` and dead letters. */
export interface RecordOrigin {
  topic: string;
  partition: number;
  offset: number;
  /** `<mapping name>@<version>`, e.g. `tryton-erp@1`. */
  mapping: string;
  /** When the source system made the change, where it says so. */
  changedAt?: string;
}

/**
 * The canonical form of one version of one thing, as one system has it. Travels on the records topic as JSON.
 *
 * Four things differ, from the wire to the golden record: a field that is *absent* from `fields` was not
 * sent or is kept (the stored value stays); `null` was cleared; a value is a value; *unavailable* values were
 * turned into absence by the decoder.
 */
export interface SourceRecord extends RecordId {
  /** Sortable source position (see sourceVersion); never the arrival time. */
  version: string;
  deleted: boolean;
  fields: Readonly<Record<string, FieldValue>>;
  /** Reference name → key of the target in the same system; null = points nowhere. */
  refs: Readonly<Record<string, string | null>>;
  origin: RecordOrigin;
  /** What the mapping nulled, defaulted or kept: `<field>: <what>`. Absent = nothing. */
  notes?: readonly string[];
  /** On a deleted record: the key under which the same thing goes on; it was renamed, not lost. */
  renamedTo?: string;
  /** The key that the same thing had before. */
  renamedFrom?: string;
}

/** Text form of a record's name, unique among all systems. */
export function recordIdText(id: RecordId): string {
  return `${id.system}/${id.kind}/${id.key}`;
}
