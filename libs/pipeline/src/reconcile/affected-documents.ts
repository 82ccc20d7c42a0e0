import type { RecordId, RecordKind } from '@syncline/model';
import { RecordIndex } from './record-index';
import type { RecordTable, StoredRecord } from './reconcile-store.port';

/** One record that a batch changed, as it was and as it is, with the names of what differs. */
export interface RecordChange {
  before: StoredRecord | undefined;
  record: StoredRecord;
  changed: ReadonlySet<string>;
}

/** Keys of the documents of each system that a batch touches. */
export type KeysBySystem = Map<string, Set<string>>;

/**
 * Finds the documents that changed records touch, and loads what joining them needs. Relations are walked level by
 * level, one set-based query a level, however many records the batch has.
 */
export class AffectedDocuments {
  readonly index = new RecordIndex();
  private readonly asked = new Set<string>();

  constructor(
    private readonly records: RecordTable,
    private readonly changes: RecordChange[],
  ) {
    for (const { record } of changes) this.asked.add(idText(record));
    this.index.add(changes.map((change) => change.record));
  }

  /** Items to join again: changed ones, those whose posting, invoice or ledger account changed, and their groups. */
  async items(): Promise<KeysBySystem> {
    const items = new Map<string, Set<string>>();
    const targets: RecordId[] = [];
    const settlements: RecordId[] = [];
    const invoices: RecordId[] = [];
    for (const change of this.changes) {
      const { record, changed } = change;
      if (record.kind === 'receivable_item') {
        addKey(items, record.system, record.key);
        settlements.push(...refTargets(change, 'settlement', 'settlement'));
      } else if (record.kind === 'application') {
        for (const item of refTargets(change, 'item', 'receivable_item')) addKey(items, item.system, item.key);
        invoices.push(...refTargets(change, 'invoice', 'invoice'));
      } else if (record.kind === 'settlement' && differs(changed, 'settled_on')) {
        settlements.push(record);
      } else if (record.kind === 'posting' && differs(changed, 'posted_on', 'ref:invoice')) {
        targets.push(record);
      } else if (record.kind === 'invoice' && differs(changed, 'number', 'ref:posting', 'ref:cancel_posting')) {
        targets.push(
          record,
          ...refTargets(change, 'posting', 'posting'),
          ...refTargets(change, 'cancel_posting', 'posting'),
        );
      } else if (record.kind === 'ledger_account' && differs(changed, 'receivable', 'ref:type')) {
        targets.push(record);
      }
    }
    await this.load(invoices);
    for (const id of invoices)
      targets.push(id, ...currentRef(this.index.get(id.system, 'invoice', id.key), 'posting', 'posting'));
    const types = this.changed('ledger_account_type').filter(({ changed }) => differs(changed, 'receivable'));
    targets.push(
      ...(await this.referrers(
        types.map(({ record }) => record),
        ['ledger_account'],
      )),
    );
    for (const item of await this.referrers(targets, ['receivable_item'])) addKey(items, item.system, item.key);
    await this.loadItemGroups(items, settlements);
    return items;
  }

  /** Orders to join again: changed ones, and those whose lines, deliveries, invoice lines or invoices changed. */
  async orders(): Promise<KeysBySystem> {
    const orders = new Map<string, Set<string>>();
    const lines: RecordId[] = [];
    const invoices: StoredRecord[] = [];
    for (const change of this.changes) {
      const { record, changed } = change;
      if (record.kind === 'order') addKey(orders, record.system, record.key);
      else if (record.kind === 'order_line')
        for (const order of refTargets(change, 'order', 'order')) addKey(orders, order.system, order.key);
      else if (record.kind === 'delivery' || record.kind === 'invoice_line')
        lines.push(...refTargets(change, 'order_line', 'order_line'));
      else if (record.kind === 'invoice' && differs(changed, 'ref:posting')) invoices.push(record);
    }
    for (const line of await this.referrers(invoices, ['invoice_line']))
      lines.push(...currentRef(line, 'order_line', 'order_line'));
    await this.load(lines);
    for (const id of lines) {
      const order = this.index.get(id.system, 'order_line', id.key)?.refs['order'];
      if (typeof order === 'string') addKey(orders, id.system, order);
    }
    await this.loadOrderParts(orders);
    return orders;
  }

  /**
   * Adds the items that belong together with the given ones, and loads what joining all of them needs: items that
   * cleared each other, and open credits with the invoices that they are applied to.
   */
  private async loadItemGroups(items: KeysBySystem, settlements: RecordId[]): Promise<void> {
    const seeds = new Set(idsOf(items, 'receivable_item').map(idText));
    const expanded = new Set<string>();
    for (let targets = settlements; ; targets = []) {
      const fresh = idsOf(items, 'receivable_item').filter((id) => !expanded.has(idText(id)));
      if (fresh.length === 0 && targets.length === 0) return;
      for (const id of fresh) expanded.add(idText(id));
      await this.load(fresh);
      const records = fresh.flatMap((id) => this.index.get(id.system, 'receivable_item', id.key) ?? []);
      targets.push(...records.flatMap((item) => currentRef(item, 'settlement', 'settlement')));
      for (const item of await this.referrers(targets, ['receivable_item'])) addKey(items, item.system, item.key);
      await this.loadItemParts(records);
      const leads = (item: StoredRecord): boolean =>
        seeds.has(idText(item)) || typeof item.refs['settlement'] !== 'string';
      // A cleared item still is what it paid; whom else that invoice has to do with, it does not touch.
      await this.referrers(
        records.filter((item) => !leads(item)),
        ['application'],
      );
      await this.addAppliedItems(items, records.filter(leads));
    }
  }

  private async loadItemParts(items: StoredRecord[]): Promise<void> {
    const parts = items.flatMap((item) => [
      ...currentRef(item, 'posting', 'posting'),
      ...currentRef(item, 'ledger_account', 'ledger_account'),
      ...currentRef(item, 'invoice', 'invoice'),
      ...currentRef(item, 'settlement', 'settlement'),
    ]);
    await this.load(parts);
    await this.load(parts.flatMap((id) => this.partsOfParts(id)));
  }

  private partsOfParts(id: RecordId): RecordId[] {
    if (id.kind === 'posting') return currentRef(this.index.get(id.system, 'posting', id.key), 'invoice', 'invoice');
    if (id.kind === 'ledger_account')
      return currentRef(this.index.get(id.system, 'ledger_account', id.key), 'type', 'ledger_account_type');
    return [];
  }

  /** Both directions of an application: from a credit to its invoices' items, from an invoice's item to its credits. */
  private async addAppliedItems(items: KeysBySystem, records: StoredRecord[]): Promise<void> {
    const invoices = records.flatMap((item) => invoiceOf(item, this.index));
    const applications = await this.referrers([...records, ...invoices], ['application']);
    const applied = applications.flatMap((each) => currentRef(each, 'invoice', 'invoice'));
    for (const each of applications.flatMap((each) => currentRef(each, 'item', 'receivable_item')))
      addKey(items, each.system, each.key);
    await this.load(applied);
    const postings = applied.flatMap((id) =>
      currentRef(this.index.get(id.system, 'invoice', id.key), 'posting', 'posting'),
    );
    for (const item of await this.referrers([...postings, ...applied], ['receivable_item']))
      addKey(items, item.system, item.key);
  }

  private async loadOrderParts(orders: KeysBySystem): Promise<void> {
    await this.load(idsOf(orders, 'order'));
    const lines = await this.referrers(idsOf(orders, 'order'), ['order_line']);
    const parts = await this.referrers(lines, ['delivery', 'invoice_line']);
    await this.load(parts.flatMap((part) => currentRef(part, 'invoice', 'invoice')));
  }

  private changed(kind: RecordKind): RecordChange[] {
    return this.changes.filter(({ record }) => record.kind === kind);
  }

  private async load(ids: RecordId[]): Promise<void> {
    const missing: RecordId[] = [];
    for (const id of ids) {
      const text = idText(id);
      if (this.asked.has(text)) continue;
      this.asked.add(text);
      missing.push({ system: id.system, kind: id.kind, key: id.key });
    }
    if (missing.length > 0) this.index.add(await this.records.load(missing));
  }

  private async referrers(targets: RecordId[], kinds: RecordKind[]): Promise<StoredRecord[]> {
    if (targets.length === 0) return [];
    const distinct = new Map(targets.map((id) => [idText(id), { system: id.system, kind: id.kind, key: id.key }]));
    const found = await this.records.referrers([...distinct.values()], kinds);
    for (const record of found) this.asked.add(idText(record));
    this.index.add(found);
    return found.filter((record) => !record.deleted);
  }
}

/** The invoice that an item belongs to or pays. */
function invoiceOf(item: StoredRecord, index: RecordIndex): RecordId[] {
  const own = currentRef(item, 'invoice', 'invoice');
  return own.length > 0
    ? own
    : currentRef(index.get(item.system, 'posting', item.refs['posting']), 'invoice', 'invoice');
}

/** A record that came, went or has a difference in one of the names. */
function differs(changed: ReadonlySet<string>, ...names: string[]): boolean {
  return changed.has('deleted') || names.some((name) => changed.has(name));
}

/** What a reference pointed at before and points at now. */
function refTargets(change: RecordChange, name: string, kind: RecordKind): RecordId[] {
  const now = currentRef(change.record, name, kind);
  const then = currentRef(change.before, name, kind);
  return then[0] && then[0].key !== now[0]?.key ? [...now, ...then] : now;
}

function currentRef(record: StoredRecord | undefined, name: string, kind: RecordKind): RecordId[] {
  const key = record?.refs[name];
  return record && typeof key === 'string' ? [{ system: record.system, kind, key }] : [];
}

function idsOf(keys: KeysBySystem, kind: RecordKind): RecordId[] {
  return [...keys].flatMap(([system, set]) => [...set].map((key) => ({ system, kind, key })));
}

export function addKey(keys: KeysBySystem, system: string, key: string): void {
  const set = keys.get(system);
  if (set) set.add(key);
  else keys.set(system, new Set([key]));
}

function idText(id: RecordId): string {
  return `${id.system}/${id.kind}/${id.key}`;
}
