import {
  refText as ref,
  type AccountRef,
  type AccountRow,
  type CustomerRow,
  type IdentityDecision,
  type InputPosition,
  type MatchPairRow,
  type MatchTable,
  type PreparedAccountRow,
  type ReceivableItemRow,
  type ReconcileStore,
  type ReconcileTx,
  type SalesOrderRow,
  type StoredRecord,
  type TopicMessages,
} from '@syncline/pipeline';
import { RECORD_CATALOGUE, type Instant, type RecordId } from '@syncline/model';

type Table<R> = Map<string, R>;

const id = ({ system, kind, key }: RecordId): string => `${system}/${kind}/${key}`;
const pick = <R>(table: Table<R>, keys: string[]): R[] => [...new Set(keys)].flatMap((key) => table.get(key) ?? []);

/** Reconcile's store in plain maps: for tests of the joins and folds, where a database would only cost time. */
export class MemoryReconcileStore implements ReconcileStore {
  readonly records: Table<StoredRecord> = new Map();
  readonly items: Table<ReceivableItemRow> = new Map();
  /** In the order in which they became known; null = gone. */
  readonly itemVersions: { key: string; item: ReceivableItemRow | null; knownAt: Instant }[] = [];
  readonly orders: Table<SalesOrderRow> = new Map();
  readonly accounts: Table<AccountRow> = new Map();
  readonly customers: Table<CustomerRow> = new Map();
  readonly decisions: Table<IdentityDecision> = new Map();
  /** `block\naccount` of every account in every block. */
  readonly blocks: Table<{ account: AccountRef; block: string }> = new Map();
  readonly pairs: Table<MatchPairRow> = new Map();
  readonly putOff: Table<AccountRef> = new Map();
  readonly customersPutOff = new Set<string>();
  readonly prepared: Table<{ fingerprint: string; row: PreparedAccountRow }> = new Map();
  readonly published: TopicMessages[] = [];
  private fingerprint: string | null = null;
  private readonly positions: Table<number> = new Map();

  async transact(
    position: InputPosition | null,
    work: (tx: ReconcileTx, firstOffset: number) => Promise<void>,
  ): Promise<void> {
    const at = position && `${position.stage}/${position.topic}/${position.partition}`;
    const stored = at === null ? 0 : (this.positions.get(at) ?? 0);
    if (position && stored >= position.next) return;
    await work(this.tx(), Math.max(position?.from ?? 0, stored));
    if (position && at !== null) this.positions.set(at, position.next);
  }

  transactBetween(work: (tx: ReconcileTx) => Promise<void>): Promise<void> {
    return this.transact(null, work);
  }

  async accountsAfter(after: AccountRef | null, limit: number): Promise<AccountRef[]> {
    return inOrder(this.accounts)
      .filter((each) => after === null || orderOf(each) > orderOf(after))
      .slice(0, limit);
  }

  private tx(): ReconcileTx {
    return {
      records: {
        load: async (ids) => pick(this.records, ids.map(id)),
        referrers: async (targets, kinds) => this.referrers(new Set(targets.map(id)), kinds),
        all: async (system, kind) =>
          [...this.records.values()].filter((each) => each.system === system && each.kind === kind),
        save: async (changes) => changes.forEach(({ record }) => this.records.set(id(record), record)),
      },
      documents: {
        loadItems: async (refs) => pick(this.items, refs.map(ref)),
        saveItems: async (rows, remove) => replace(this.items, rows, remove),
        keepItemVersions: async (saved, removed, knownAt) => {
          for (const item of saved) this.itemVersions.push({ key: item.key, item, knownAt });
          for (const { key } of removed) this.itemVersions.push({ key, item: null, knownAt });
        },
        loadOrders: async (refs) => pick(this.orders, refs.map(ref)),
        saveOrders: async (rows, remove) => replace(this.orders, rows, remove),
        openItems: async (refs) => ofAccounts(this.items, refs).filter((each) => each.openAmount !== '0'),
        openOrders: async (refs) => ofAccounts(this.orders, refs).filter((each) => each.openAmount !== '0'),
      },
      accounts: {
        load: async (refs) => pick(this.accounts, refs.map(ref)),
        ofCustomers: async (ids) => [...this.accounts.values()].filter((each) => ids.includes(each.customerId)),
        withIdentityKeys: async (keys) =>
          [...this.accounts.values()].filter((each) => each.identityKeys.some((key) => keys.includes(key))),
        mergedInto: async (refs) => {
          const wanted = new Set(refs.map(ref));
          return [...this.accounts.values()].filter(
            ({ system, profile }) => profile.mergedInto !== null && wanted.has(`${system}/${profile.mergedInto}`),
          );
        },
        decisions: async (refs) => {
          const wanted = new Set(refs.map(ref));
          return [...this.decisions.values()].filter(
            ({ a, b, revokedAt }) => revokedAt === null && (wanted.has(ref(a)) || wanted.has(ref(b))),
          );
        },
        decision: async (key) => this.decisions.get(key),
        saveDecision: async (decision) => void this.decisions.set(decision.id, decision),
        save: async (rows) => rows.forEach(({ account }) => this.accounts.set(ref(account), account)),
      },
      matches: this.matches(),
      customers: {
        load: async (ids) => pick(this.customers, ids),
        save: async (rows) => rows.forEach((row) => this.customers.set(row.id, row)),
        putOff: async (ids) => ids.forEach((each) => this.customersPutOff.add(each)),
        putOffFirst: async (limit) => [...this.customersPutOff].sort().slice(0, limit),
        caughtUp: async (ids) => ids.forEach((each) => this.customersPutOff.delete(each)),
      },
      outbox: { append: async (batches) => void this.published.push(...batches) },
    };
  }

  private matches(): MatchTable {
    const entry = ({ account, block }: { account: AccountRef; block: string }): string => `${block}\n${ref(account)}`;
    const pair = ({ a, b }: MatchPairRow): string => `${ref(a)}\n${ref(b)}`;
    const inBlocks = (wanted: string[]) => [...this.blocks.values()].filter(({ block }) => wanted.includes(block));
    return {
      blocksOf: async (refs) => {
        const wanted = new Set(refs.map(ref));
        return [...this.blocks.values()].filter(({ account }) => wanted.has(ref(account)));
      },
      saveBlocks: async (added, gone) => {
        for (const each of gone) this.blocks.delete(entry(each));
        for (const each of added) this.blocks.set(entry(each), each);
      },
      sizes: async (wanted, most) => {
        const sizes = new Map<string, number>();
        for (const { block } of inBlocks(wanted)) sizes.set(block, Math.min(most, (sizes.get(block) ?? 0) + 1));
        return sizes;
      },
      members: async (wanted) => inBlocks(wanted),
      pairsOf: async (refs) => {
        const wanted = new Set(refs.map(ref));
        return [...this.pairs.values()].filter(({ a, b }) => wanted.has(ref(a)) || wanted.has(ref(b)));
      },
      savePairs: async (save, remove) => {
        for (const each of remove) this.pairs.delete(pair(each));
        for (const each of save) this.pairs.set(pair(each), each);
      },
      putOff: async (refs) => refs.forEach(({ system, key }) => this.putOff.set(ref({ system, key }), { system, key })),
      putOffFirst: async (limit) => inOrder(this.putOff).slice(0, limit),
      caughtUp: async (refs) => refs.forEach((each) => this.putOff.delete(ref(each))),
      prepared: async (fingerprint, refs) =>
        pick(this.prepared, refs.map(ref)).flatMap((kept) => (kept.fingerprint === fingerprint ? [kept.row] : [])),
      savePrepared: async (fingerprint, rows) =>
        rows.forEach((row) => this.prepared.set(ref(row.account), { fingerprint, row })),
      removePrepared: async (refs) => refs.forEach((each) => this.prepared.delete(ref(each))),
      fingerprint: async () => this.fingerprint,
      saveFingerprint: async (fingerprint) => void (this.fingerprint = fingerprint),
    };
  }

  private referrers(targets: Set<string>, kinds: string[]): StoredRecord[] {
    return [...this.records.values()].filter(
      (record) =>
        kinds.includes(record.kind) &&
        Object.entries(record.refs).some(
          ([name, key]) => key !== null && targets.has(`${record.system}/${targetKind(record, name)}/${key}`),
        ),
    );
  }
}

function orderOf({ system, key }: AccountRef): string {
  return `${system}\0${key}`;
}

function inOrder(table: Table<AccountRef>): AccountRef[] {
  return [...table.values()]
    .map(({ system, key }) => ({ system, key }))
    .sort((x, y) => (orderOf(x) < orderOf(y) ? -1 : 1));
}

function targetKind(record: StoredRecord, name: string): string | undefined {
  return RECORD_CATALOGUE[record.kind].references[name]?.to;
}

function replace<R extends AccountRef>(table: Table<R>, rows: R[], remove: AccountRef[]): void {
  for (const row of rows) table.set(ref(row), row);
  for (const each of remove) table.delete(ref(each));
}

function ofAccounts<R extends { system: string; accountKey: string }>(table: Table<R>, refs: AccountRef[]): R[] {
  const wanted = new Set(refs.map(ref));
  return [...table.values()].filter(({ system, accountKey }) => wanted.has(`${system}/${accountKey}`));
}
