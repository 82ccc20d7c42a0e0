import type { FieldValue, SourceRecord } from '@syncline/model';
import type { StoredRecord } from './reconcile-store.port';

export interface MergedRecord {
  record: StoredRecord;
  /**
   * Names of the fields and refs (`ref:<name>`) whose value differs from before; `deleted` when that changed, alone when
   * there was no record.
   */
  changed: ReadonlySet<string>;
  /** Whether there is anything to write, if only a newer version of the same content. */
  stale: boolean;
}

const REF = 'ref:';
const NOTHING: ReadonlySet<string> = new Set();
const CAME: ReadonlySet<string> = new Set(['deleted']);

/**
 * Merges one version of a record into what is stored. Each field holds the value of the newest version that
 * carried it; nothing older than the latest delete counts. So any order of the versions, with any repetition,
 * ends in the same record. Where versions are equal, a delete wins, then the greater value by its JSON text.
 */
export function mergeRecord(stored: StoredRecord | undefined, incoming: SourceRecord): MergedRecord {
  if (stored && incoming.version <= stored.floor) return { record: stored, changed: NOTHING, stale: true };
  if (incoming.deleted) return applyDelete(stored, incoming);
  return stored ? applyUpsert(stored, incoming) : { record: firstOf(incoming), changed: CAME, stale: false };
}

/** Most records come once: nothing to compare. */
function firstOf({ system, kind, key, version, fields, refs, origin }: SourceRecord): StoredRecord {
  return { system, kind, key, version, deleted: false, fields, refs, fieldVersions: {}, floor: '', origin };
}

function applyDelete(stored: StoredRecord | undefined, incoming: SourceRecord): MergedRecord {
  if (!stored || stored.deleted || stored.version <= incoming.version) {
    const record = { ...blank(incoming), version: incoming.version, floor: incoming.version, origin: incoming.origin };
    const changed = stored && !stored.deleted ? new Set(['deleted', ...names(stored)]) : NOTHING;
    return { record, changed, stale: false };
  }
  // A late delete: the record was made again after it, but what came from before it does not count.
  const record: StoredRecord = {
    ...stored,
    fields: { ...stored.fields },
    refs: { ...stored.refs },
    fieldVersions: { ...stored.fieldVersions },
    floor: incoming.version,
  };
  const changed = new Set<string>();
  for (const [name, version] of Object.entries(stored.fieldVersions)) {
    if (version > incoming.version) continue;
    changed.add(name);
    delete record.fieldVersions[name];
    if (name.startsWith(REF)) delete record.refs[name.slice(REF.length)];
    else delete record.fields[name];
  }
  return { record, changed, stale: false };
}

function applyUpsert(stored: StoredRecord, incoming: SourceRecord): MergedRecord {
  const newest = stored.deleted || incoming.version > stored.version;
  const record: StoredRecord = {
    system: stored.system,
    kind: stored.kind,
    key: stored.key,
    version: newest ? incoming.version : stored.version,
    deleted: false,
    fields: { ...stored.fields },
    refs: { ...stored.refs },
    fieldVersions: { ...stored.fieldVersions },
    floor: stored.floor,
    origin: newest ? incoming.origin : stored.origin,
  };
  const changed = new Set<string>();
  if (stored.deleted) changed.add('deleted');
  const merge = new FieldMerge(stored, incoming.version, newest, record, changed);
  merge.take(stored.fields, incoming.fields, record.fields, '');
  merge.take(stored.refs, incoming.refs, record.refs, REF);
  return { record, changed, stale: !newest && changed.size === 0 && !merge.versionsMoved };
}

class FieldMerge {
  versionsMoved = false;

  constructor(
    private readonly stored: StoredRecord,
    private readonly version: string,
    private readonly newest: boolean,
    private readonly record: StoredRecord,
    private readonly changed: Set<string>,
  ) {}

  take<V extends FieldValue>(
    before: Readonly<Record<string, V>>,
    incoming: Readonly<Record<string, V>>,
    after: Record<string, V>,
    prefix: string,
  ): void {
    for (const name in incoming) this.takeOne(before, name, incoming[name]!, after, prefix);
    if (!this.newest) return;
    // What the newest version does not carry keeps the version that it came with.
    for (const name in before) {
      if (!(name in incoming)) this.record.fieldVersions[prefix + name] ??= this.stored.version;
    }
  }

  private takeOne<V extends FieldValue>(
    before: Readonly<Record<string, V>>,
    name: string,
    value: V,
    after: Record<string, V>,
    prefix: string,
  ): void {
    const full = prefix + name;
    const known = name in before;
    if (
      known &&
      !this.newest &&
      !this.wins(before[name]!, this.stored.fieldVersions[full] ?? this.stored.version, value)
    )
      return;
    after[name] = value;
    if (!known || before[name] !== value) this.changed.add(full);
    if (this.version === this.record.version) {
      delete this.record.fieldVersions[full];
    } else if (this.record.fieldVersions[full] !== this.version) {
      this.record.fieldVersions[full] = this.version;
      this.versionsMoved = true;
    }
  }

  private wins(storedValue: FieldValue, storedVersion: string, value: FieldValue): boolean {
    if (this.version !== storedVersion) return this.version > storedVersion;
    return JSON.stringify(value) > JSON.stringify(storedValue);
  }
}

function blank(incoming: SourceRecord): StoredRecord {
  const { system, kind, key, origin } = incoming;
  return { system, kind, key, version: '', deleted: true, fields: {}, refs: {}, fieldVersions: {}, floor: '', origin };
}

function names(stored: StoredRecord): string[] {
  return [...Object.keys(stored.fields), ...Object.keys(stored.refs).map((name) => REF + name)];
}
