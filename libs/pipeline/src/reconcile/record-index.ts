import type { RecordKind } from '@syncline/model';
import type { StoredRecord } from './reconcile-store.port';

/** Records at hand while a batch is joined: found by name, or by what they refer to. Deleted ones are not there. */
export class RecordIndex {
  private readonly byId = new Map<string, StoredRecord>();
  private readonly byTarget = new Map<string, StoredRecord[]>();

  add(records: Iterable<StoredRecord>): void {
    for (const record of records) {
      const id = idText(record.system, record.kind, record.key);
      const known = this.byId.get(id);
      if (known === record) continue;
      if (known) this.forget(known);
      if (record.deleted) {
        this.byId.delete(id);
        continue;
      }
      this.byId.set(id, record);
      for (const name in record.refs) {
        const target = record.refs[name];
        if (target === null || target === undefined) continue;
        const at = targetText(record.system, record.kind, name, target);
        const group = this.byTarget.get(at);
        if (group) group.push(record);
        else this.byTarget.set(at, [record]);
      }
    }
  }

  get(system: string, kind: RecordKind, key: string | null | undefined): StoredRecord | undefined {
    return key === null || key === undefined ? undefined : this.byId.get(idText(system, kind, key));
  }

  /** Records of `kind` whose reference `name` points at `target`; in the order of their keys. */
  referring(system: string, kind: RecordKind, name: string, target: string): readonly StoredRecord[] {
    const group = this.byTarget.get(targetText(system, kind, name, target));
    if (!group) return [];
    return group.length === 1 ? group : group.toSorted((x, y) => (x.key < y.key ? -1 : 1));
  }

  private forget(record: StoredRecord): void {
    for (const name in record.refs) {
      const target = record.refs[name];
      if (target === null || target === undefined) continue;
      const at = targetText(record.system, record.kind, name, target);
      const rest = this.byTarget.get(at)?.filter((each) => each !== record);
      if (rest?.length) this.byTarget.set(at, rest);
      else this.byTarget.delete(at);
    }
  }
}

function idText(system: string, kind: RecordKind, key: string): string {
  return `${system}/${kind}/${key}`;
}

function targetText(system: string, kind: RecordKind, name: string, target: string): string {
  return `${system}/${kind}/${name}/${target}`;
}
