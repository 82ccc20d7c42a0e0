import type { Instant, RecordId, SourceRecord } from '@syncline/model';
import { refText } from './account-ref';
import { AffectedDocuments, type KeysBySystem, type RecordChange } from './affected-documents';
import { affectedAccounts, joinAccounts, type CrossReferences } from './join-accounts';
import { joinItems } from './join-items';
import { joinOrders } from './join-orders';
import type { MatchWhen } from './matching/stream-matching';
import { mergeRecord } from './merge-record';
import { refoldCustomers } from './refold-customers';
import type { IdentityResolution, PlacedAccount } from './resolve-identity';
import type { AccountRef, AccountRow, ReconcileTx } from './reconcile-store.port';
import type { SurvivorshipRules } from './survivorship';

/** What reconcile has to know of the installation. */
export interface ReconcileRules {
  /** The ledger currency of a system. */
  currencyOf(system: string): string;
  crossReferences: CrossReferences;
  survivorship: SurvivorshipRules;
  identity: IdentityResolution;
}

export interface ReconcileOutcome {
  /** Records that were new in version or content. */
  records: number;
  customers: number;
  /** Accounts to be matched and customers to be folded later, at most. */
  putOff: number;
}

/**
 * Takes records into the store and brings everything that depends on them up to date, inside one transaction:
 * records, joined documents, accounts, customers, events. Applying the same records again changes nothing.
 * @param when `later` = accounts that look different are noted to be matched, and customers to be folded, by
 *   `CatchUpReconciling`; customers that accounts left are folded at once, for only this batch knows where they went
 */
export async function reconcileRecords(
  tx: ReconcileTx,
  incoming: SourceRecord[],
  rules: ReconcileRules,
  time: Instant,
  when?: MatchWhen,
): Promise<ReconcileOutcome> {
  const { changes, written } = await mergeIncoming(tx, incoming);
  if (changes.length === 0) return { records: written, customers: 0, putOff: 0 };
  const documents = new AffectedDocuments(tx.records, changes);
  const owners = new Set<string>();
  await rejoinItems(tx, await documents.items(), documents, rules, owners, time);
  await rejoinOrders(tx, await documents.orders(), documents, rules, owners);
  for (const account of changedBalances(changes)) owners.add(refText(account));
  const touched = await customersOf(tx, owners);
  const joined = await joinAccounts(affectedAccounts(changes), tx.records, rules.crossReferences);
  const placed = await replaceAccounts(tx, joined, rules, touched, when);
  if (when !== 'later') {
    const customers = await refoldCustomers(tx, { touched, placed }, rules.survivorship, time);
    return { records: written, customers, putOff: 0 };
  }
  const moved = customersThatMoved(placed);
  const customers = await refoldCustomers(tx, { touched: moved, placed }, rules.survivorship, time);
  const others = [...touched].filter((id) => !moved.has(id));
  await tx.customers.putOff(others);
  return { records: written, customers, putOff: joined.length + others.length };
}

/** Both that an account left and that it went to. */
function customersThatMoved(placed: readonly PlacedAccount[]): Set<string> {
  const moves = placed.filter(({ before, account }) => before && before.customerId !== account.customerId);
  return new Set(moves.flatMap(({ before, account }) => [before!.customerId, account.customerId]));
}

async function mergeIncoming(
  tx: ReconcileTx,
  incoming: SourceRecord[],
): Promise<{ changes: RecordChange[]; written: number }> {
  const byId = new Map<string, { id: RecordId; versions: SourceRecord[] }>();
  for (const record of incoming) {
    const text = `${record.system}/${record.kind}/${record.key}`;
    const known = byId.get(text);
    if (known) known.versions.push(record);
    else byId.set(text, { id: { system: record.system, kind: record.kind, key: record.key }, versions: [record] });
  }
  const stored = new Map(
    (await tx.records.load([...byId.values()].map(({ id }) => id))).map((record) => [
      `${record.system}/${record.kind}/${record.key}`,
      record,
    ]),
  );
  const changes: RecordChange[] = [];
  const written: RecordChange[] = [];
  for (const [text, { versions }] of byId) {
    const change = fold(stored.get(text), versions);
    if (change === null) continue;
    written.push(change);
    if (change.changed.size > 0) changes.push(change);
  }
  if (written.length > 0) await tx.records.save(written);
  return { changes, written: written.length };
}

/** All versions of one record in this batch as one change; null when none of them was news. */
function fold(before: RecordChange['before'], versions: SourceRecord[]): RecordChange | null {
  let record = before;
  let changed: ReadonlySet<string> | null = null;
  for (const version of versions) {
    const merged = mergeRecord(record, version);
    if (merged.stale) continue;
    record = merged.record;
    changed =
      changed === null || changed.size === 0
        ? merged.changed
        : merged.changed.size === 0
          ? changed
          : new Set([...changed, ...merged.changed]);
  }
  return record && changed ? { before, record, changed } : null;
}

async function rejoinItems(
  tx: ReconcileTx,
  keys: KeysBySystem,
  documents: AffectedDocuments,
  rules: ReconcileRules,
  owners: Set<string>,
  time: Instant,
): Promise<void> {
  const refs = refsOf(keys);
  if (refs.length === 0) return;
  const joined = [...keys].flatMap(([system, set]) =>
    joinItems(system, rules.currencyOf(system), set, documents.index),
  );
  const { save, remove } = differences(await tx.documents.loadItems(refs), joined, owners);
  if (save.length + remove.length === 0) return;
  await tx.documents.saveItems(save, remove);
  await tx.documents.keepItemVersions(save, remove, time);
}

async function rejoinOrders(
  tx: ReconcileTx,
  keys: KeysBySystem,
  documents: AffectedDocuments,
  rules: ReconcileRules,
  owners: Set<string>,
): Promise<void> {
  const refs = refsOf(keys);
  if (refs.length === 0) return;
  const joined = [...keys].flatMap(([system, set]) =>
    joinOrders(system, rules.currencyOf(system), set, documents.index),
  );
  const changes = differences(await tx.documents.loadOrders(refs), joined, owners);
  if (changes.save.length + changes.remove.length > 0) await tx.documents.saveOrders(changes.save, changes.remove);
}

/** Accounts of changed balances: no document, no total changes by them, and ratings do. */
function changedBalances(changes: readonly RecordChange[]): AccountRef[] {
  return changes.flatMap(({ before, record }) => {
    if (record.kind !== 'balance') return [];
    const accounts = [before?.refs['account'], record.refs['account']];
    return accounts.flatMap((key) => (typeof key === 'string' ? [{ system: record.system, key }] : []));
  });
}

interface DocumentRow {
  system: string;
  key: string;
  accountKey: string;
}

/** Rows that differ from the stored ones, and stored ones that are gone; notes whose accounts are touched by them. */
function differences<R extends DocumentRow>(stored: R[], joined: R[], owners: Set<string>): { save: R[]; remove: R[] } {
  const before = new Map(stored.map((row) => [refText(row), row]));
  const save: R[] = [];
  for (const row of joined) {
    const old = before.get(refText(row));
    before.delete(refText(row));
    if (old && sameRow(old, row)) continue;
    save.push(row);
    owners.add(`${row.system}/${row.accountKey}`);
    if (old) owners.add(`${old.system}/${old.accountKey}`);
  }
  const remove = [...before.values()];
  for (const row of remove) owners.add(`${row.system}/${row.accountKey}`);
  return { save, remove };
}

function sameRow<R extends object>(a: R, b: R): boolean {
  for (const name in b) {
    const [x, y] = [a[name], b[name]];
    if (x !== y && (typeof y !== 'object' || y === null || JSON.stringify(x) !== JSON.stringify(y))) return false;
  }
  return true;
}

/** Customers of the accounts that own changed documents; accounts that have not come yet have none. */
async function customersOf(tx: ReconcileTx, owners: Set<string>): Promise<Set<string>> {
  if (owners.size === 0) return new Set();
  const refs = [...owners].map((text) => ({
    system: text.slice(0, text.indexOf('/')),
    key: text.slice(text.indexOf('/') + 1),
  }));
  return new Set((await tx.accounts.load(refs)).map((account) => account.customerId));
}

/** Places changed accounts, as just joined, among the customers; the customers they were and are with are touched. */
async function replaceAccounts(
  tx: ReconcileTx,
  joined: AccountRow[],
  rules: ReconcileRules,
  touched: Set<string>,
  when?: MatchWhen,
): Promise<PlacedAccount[]> {
  if (joined.length === 0) return [];
  const before = new Map((await tx.accounts.load(joined)).map((row) => [refText(row), row]));
  const placed = await savePlaced(tx, await rules.identity.place(joined, before, tx, when), touched);
  for (const id of await customersOf(tx, changedParents(placed))) touched.add(id);
  return placed;
}

/** Accounts that others came to belong to, or no longer do: what their group shares is another. */
function changedParents(placed: readonly PlacedAccount[]): Set<string> {
  const parents = placed.flatMap(({ before, account: { system, profile } }) =>
    before?.profile.parent === profile.parent
      ? []
      : [before?.profile.parent, profile.parent].flatMap((key) => (key === undefined ? [] : [{ system, key }])),
  );
  return new Set(parents.map(refText));
}

/** Writes the accounts whose row differs, and notes the customers concerned. */
export async function savePlaced(
  tx: ReconcileTx,
  placed: PlacedAccount[],
  touched: Set<string>,
): Promise<PlacedAccount[]> {
  const changed = placed.filter(({ before, account }) => !before || !sameRow<AccountRow>(before, account));
  for (const { before, account } of changed) {
    touched.add(account.customerId);
    // The customer that it was born as is told even if it never stood in the store by itself.
    if (before) touched.add(before.customerId);
  }
  if (changed.length > 0) await tx.accounts.save(changed);
  return changed;
}

function refsOf(keys: KeysBySystem): AccountRef[] {
  return [...keys].flatMap(([system, set]) => [...set].map((key) => ({ system, key })));
}
