import { RECORD_CATALOGUE, type RecordId, type RecordKind } from '@syncline/model';
import type { RecordTable, StoredRecord } from '@syncline/pipeline/reconcile';
import type { SqlTransaction } from '../dialect/sql-dialect';
import type { Row } from '../schema/table';
import { RECORD, RECORD_REF } from '../schema/tables';
import type { RecordKeys } from './record-keys';
import type { RowCache } from './row-cache';

type Change = { record: StoredRecord; before: StoredRecord | undefined };

const KEY = RECORD.key;

/** What a referrer is looked for by. */
const REFERRER = ['system', 'target_kind', 'target_key', 'kind'];

/** Records, and the index of references read from the target's side. */
export class SqlRecordTable implements RecordTable {
  /**
   * @param known null = any record may be there
   * @param cache absent = everything is read from the database
   */
  constructor(
    private readonly tx: SqlTransaction,
    private readonly known: RecordKeys | null = null,
    private readonly cache?: RowCache<StoredRecord>,
  ) {}

  load(ids: RecordId[]): Promise<StoredRecord[]> {
    const read = (some: RecordId[]) => this.read(some);
    return this.cache ? this.cache.through(ids, idText, idText, read) : read(ids);
  }

  async referrers(targets: RecordId[], kinds: RecordKind[]): Promise<StoredRecord[]> {
    const keys = pairs(targets, kinds).filter((key) => this.known?.referrers.mayHave(key) ?? true);
    if (keys.length === 0) return [];
    if (this.cache) return this.load(await this.tx.queryByKeys<RecordId>(REFERRER_IDS, keys));
    const rows = await this.tx.queryByKeys<{ body: string }>(REFERRERS, keys);
    return distinct(rows.map(({ body }) => JSON.parse(body) as StoredRecord));
  }

  async all(system: string, kind: RecordKind): Promise<StoredRecord[]> {
    const rows = await this.tx.query<{ body: string }>(ALL, [system, kind]);
    return rows.map(({ body }) => JSON.parse(body) as StoredRecord);
  }

  async save(changes: Change[]): Promise<void> {
    if (changes.length === 0) return;
    await this.tx.upsert(RECORD, changes.map(rowOf));
    const { added, gone } = changedRefs(changes);
    if (gone.length > 0) await this.tx.deleteByKeys(RECORD_REF, RECORD_REF.key, gone.map(refKey));
    if (added.length > 0) await this.tx.upsert(RECORD_REF, added);
    for (const { record } of changes) this.cache?.write(idText(record), record);
    this.note(changes, added);
  }

  private read(ids: RecordId[]): Promise<StoredRecord[]> {
    const keys = ids.map(keyOf).filter((key) => this.known?.records.mayHave(key) ?? true);
    return keys.length === 0 ? Promise.resolve([]) : this.tx.bodies<StoredRecord>(RECORD, KEY, keys);
  }

  private note(changes: readonly Change[], refs: readonly Row[]): void {
    if (!this.known) return;
    for (const { record } of changes) this.known.records.add(keyOf(record));
    for (const ref of refs) this.known.referrers.add(REFERRER.map((column) => ref[column] as string));
  }
}

/** Every way back in can only be the same record once per target, but a record may refer to two of the targets. */
const REFERRERS =
  'SELECT t.body FROM {keys} JOIN record_ref r ON r.system = k.c0 AND r.target_kind = k.c1 AND r.target_key = k.c2 ' +
  'AND r.kind = k.c3 JOIN record t ON t.system = r.system AND t.kind = r.kind AND t."key" = r."key"';

/** Who refers, from the index alone. */
const REFERRER_IDS =
  'SELECT r.system AS system, r.kind AS kind, r."key" AS "key" FROM {keys} JOIN record_ref r ON r.system = k.c0 ' +
  'AND r.target_kind = k.c1 AND r.target_key = k.c2 AND r.kind = k.c3';

const ALL = 'SELECT t.body FROM record t WHERE t.system = ? AND t.kind = ?';

function pairs(targets: readonly RecordId[], kinds: readonly RecordKind[]): string[][] {
  return targets.flatMap(({ system, kind, key }) =>
    kinds.filter((from) => refersTo(from, kind)).map((from) => [system, kind, key, from]),
  );
}

/** Whether the catalogue knows a reference from one kind to the other: others need no look-up. */
function refersTo(from: RecordKind, to: RecordKind): boolean {
  return Object.values(RECORD_CATALOGUE[from].references).some((reference) => reference.to === to);
}

function keyOf({ system, kind, key }: RecordId): string[] {
  return [system, kind, key];
}

function rowOf({ record }: Change): Row {
  const { system, kind, key, version, deleted } = record;
  return { system, kind, key, version, deleted, body: record };
}

function distinct(records: StoredRecord[]): StoredRecord[] {
  return [...new Map(records.map((record) => [idText(record), record])).values()];
}

function idText({ system, kind, key }: RecordId): string {
  return `${kind}\0${system}\0${key}`;
}

function changedRefs(changes: readonly Change[]): { added: Row[]; gone: Row[] } {
  const added: Row[] = [];
  const gone: Row[] = [];
  for (const { record, before } of changes) {
    for (const name of new Set([...Object.keys(record.refs), ...Object.keys(before?.refs ?? {})])) {
      const now = record.refs[name] ?? null;
      const then = before?.refs[name] ?? null;
      if (now === then) continue;
      const targetKind = RECORD_CATALOGUE[record.kind].references[name]?.to;
      if (!targetKind) continue;
      if (then !== null) gone.push(refRow(record, name, targetKind, then));
      if (now !== null) added.push(refRow(record, name, targetKind, now));
    }
  }
  return { added, gone };
}

function refRow({ system, kind, key }: RecordId, name: string, targetKind: RecordKind, targetKey: string): Row {
  return { system, target_kind: targetKind, target_key: targetKey, kind, key, name };
}

function refKey(row: Row): string[] {
  return RECORD_REF.key.map((column) => row[column] as string);
}
