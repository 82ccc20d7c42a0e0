import type { RecordId } from '@syncline/model';
import type { IdentityDecision, ReconcileTx, StoredRecord } from '@syncline/pipeline';
import {
  aCustomer,
  anAccount,
  aPublication,
  aReceivableItem,
  aSalesOrder,
  aStoredRecord,
  positionOf,
} from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const STAGE = 'reconcile';

/** What every ReconcileStore must do. */
export function reconcileStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} as ReconcileStore`, () => {
    const given = withStores(factory);
    let next = 0;
    /** As a batch of its own partition: a store may remember what batches wrote. */
    const inTx = async <T>(work: (tx: ReconcileTx) => Promise<T>): Promise<T> => {
      const results: T[] = [];
      await given.stores.reconcile.transact(positionOf(STAGE, next, ++next, 99), async (tx) => {
        results.splice(0, 1, await work(tx));
      });
      return results[0] as T;
    };
    const save = (...records: StoredRecord[]): Promise<void> =>
      inTx((tx) => tx.records.save(records.map((record) => ({ record, before: undefined }))));
    const load = (...ids: RecordId[]): Promise<StoredRecord[]> => inTx((tx) => tx.records.load(ids));

    describe('versions of items', () => {
      it('are appended, and the same moment told twice is told once', async () => {
        const item = aReceivableItem();
        const [march, april] = ['2026-03-05T08:00:00.000Z', '2026-04-05T08:00:00.000Z'];
        await inTx((tx) => tx.documents.keepItemVersions([item], [], march));
        await inTx((tx) => tx.documents.keepItemVersions([{ ...item, openAmount: '1' }], [], march));
        await inTx((tx) => tx.documents.keepItemVersions([], [item], april));
        // What reads them is the gateway's, which has tests of its own; here it counts that nothing is refused.
        expect(await inTx((tx) => tx.documents.loadItems([item]))).toEqual([]);
      });
    });

    describe('records', () => {
      it('gives back exactly what was saved, Chinese text, absent and null fields, control characters and all', async () => {
        const record = aStoredRecord({
          key: '键/1 "x"',
          fields: { name: "深圳市华强'电子\\有限公司 🏭", note: null, odd: 'a\u0000b\ud800', yes: true, n: 12 },
          fieldVersions: { note: '0', 'ref:account': '1' },
          floor: '00000000000000000000.1',
        });
        await save(record);
        expect(await load(record)).toEqual([record]);
      });

      it('replaces a record whole and keeps keys apart that differ only in case', async () => {
        const before = aStoredRecord({ key: 'abc' });
        await save(before, aStoredRecord({ key: 'ABC' }));
        const record = aStoredRecord({ key: 'abc', version: '2', deleted: true, fields: {}, refs: {} });
        await inTx((tx) => tx.records.save([{ record, before }]));
        expect(await load(before)).toEqual([record]);
        expect(await load(aStoredRecord({ key: 'ABC' }))).toHaveLength(1);
      });

      it('saving the same again changes nothing', async () => {
        const record = aStoredRecord();
        await save(record);
        await inTx((tx) => tx.records.save([{ record, before: record }]));
        await save(record);
        expect(await load(record, record)).toEqual([record]);
        expect(await inTx((tx) => tx.records.referrers([account('a1')], ['order']))).toEqual([record]);
      });

      it('finds referrers by target and kind, and follows a changed or cleared reference', async () => {
        const order = aStoredRecord({ key: 'o1', refs: { account: 'a1', opportunity: 'p1' } });
        const invoice = aStoredRecord({ kind: 'invoice', key: 'v1', refs: { account: 'a1', posting: null } });
        await save(order, invoice, aStoredRecord({ key: 'o2', refs: { account: 'a2' } }));
        const referrers = (target: RecordId, kinds: RecordId['kind'][]): Promise<string[]> =>
          inTx(async (tx) => (await tx.records.referrers([target], kinds)).map(({ key }) => key).sort());

        expect(await referrers(account('a1'), ['order', 'invoice'])).toEqual(['o1', 'v1']);
        expect(await referrers(account('a1'), ['invoice'])).toEqual(['v1']);
        expect(await referrers({ system: 'erp', kind: 'opportunity', key: 'p1' }, ['order'])).toEqual(['o1']);
        expect(await referrers({ system: 'crm', kind: 'account', key: 'a1' }, ['order'])).toEqual([]);

        const moved = { ...order, refs: { account: 'a2', opportunity: null } };
        await inTx((tx) => tx.records.save([{ record: moved, before: order }]));
        expect(await referrers(account('a1'), ['order', 'invoice'])).toEqual(['v1']);
        expect(await referrers(account('a2'), ['order'])).toEqual(['o1', 'o2']);
        expect(await referrers({ system: 'erp', kind: 'opportunity', key: 'p1' }, ['order'])).toEqual([]);
      });

      it('gives a referrer once even when it refers to several of the targets', async () => {
        const order = aStoredRecord({ refs: { account: 'a1', opportunity: 'p1' } });
        await save(order);
        const targets: RecordId[] = [account('a1'), account('a1'), { system: 'erp', kind: 'opportunity', key: 'p1' }];
        expect(await inTx((tx) => tx.records.referrers(targets, ['order']))).toEqual([order]);
      });

      it('lists all records of a kind in a system', async () => {
        const rate = aStoredRecord({ kind: 'exchange_rate', key: 'USD', refs: {} });
        await save(rate, { ...rate, system: 'crm' }, aStoredRecord());
        expect(await inTx((tx) => tx.records.all('erp', 'exchange_rate'))).toEqual([rate]);
      });

      it('takes 6,000 records in one call and finds every one', async () => {
        const records = Array.from({ length: 6_000 }, (_, n) =>
          aStoredRecord({ key: `o${n}`, refs: { account: `a${n % 9}` } }),
        );
        await save(...records);
        expect(await load(...records)).toHaveLength(6_000);
        expect(await inTx((tx) => tx.records.referrers([account('a0')], ['order']))).toHaveLength(667);
      });

      it('takes empty calls', async () => {
        await save();
        expect(await load()).toEqual([]);
        expect(await inTx((tx) => tx.records.referrers([], []))).toEqual([]);
      });
    });

    describe('documents', () => {
      it.each(['0.01', '9999999999.99', '-5', '0.1', '123456789012345678.0000000001'])(
        'keeps the amount %s exactly',
        async (amount) => {
          const item = aReceivableItem({
            amount,
            openAmount: amount,
            documentAmount: amount,
            documentOpenAmount: amount,
          });
          await inTx((tx) => tx.documents.saveItems([item], []));
          expect(await inTx((tx) => tx.documents.loadItems([item]))).toEqual([item]);
        },
      );

      it('gives the open items of accounts, and not the settled ones', async () => {
        const open = aReceivableItem({ key: 'i1', openAmount: '-0.01' });
        const settled = aReceivableItem({ key: 'i2', openAmount: '0', settledOn: '2026-02-01' });
        const other = aReceivableItem({ key: 'i3', accountKey: 'a2' });
        const foreign = aReceivableItem({ key: 'i1', system: 'crm' });
        await inTx((tx) => tx.documents.saveItems([open, settled, other, foreign], []));
        expect(await inTx((tx) => tx.documents.openItems([account('a1')]))).toEqual([open]);
        await inTx((tx) => tx.documents.saveItems([{ ...open, openAmount: '0' }], [other]));
        expect(await inTx((tx) => tx.documents.openItems([account('a1'), account('a2')]))).toEqual([]);
        expect(await inTx((tx) => tx.documents.loadItems([other, settled]))).toEqual([settled]);
      });

      it('gives the open orders of accounts', async () => {
        const line = { key: 'l1', product: '螺栓', quantity: '2', unitPrice: '50', delivered: '0', invoiced: '0' };
        const open = aSalesOrder({ lines: [line], invoiceKeys: ['v1'] });
        const done = aSalesOrder({ key: 'o2', openAmount: '0', state: 'done' });
        await inTx((tx) => tx.documents.saveOrders([open, done], []));
        expect(await inTx((tx) => tx.documents.openOrders([account('a1')]))).toEqual([open]);
        await inTx((tx) => tx.documents.saveOrders([], [open]));
        expect(await inTx((tx) => tx.documents.loadOrders([open, done]))).toEqual([done]);
      });
    });

    describe('matches', () => {
      const [one, two, three] = ['1', '2', '3'].map((key) => ({ system: 'erp', key }));
      const pair = { a: one!, b: two!, weight: 12.3456, verdict: 'match' } as const;
      const sorted = <T>(values: T[]): T[] => values.sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));

      it('says who is in which block, and how many are', async () => {
        const entries = [
          { account: one!, block: 'A' },
          { account: two!, block: 'A' },
          { account: two!, block: 'a' },
        ];
        await inTx((tx) => tx.matches.saveBlocks(entries, []));
        await inTx((tx) => tx.matches.saveBlocks(entries.slice(0, 1), []));
        expect(sorted(await inTx((tx) => tx.matches.members(['A', 'a', 'b'])))).toEqual(sorted([...entries]));
        expect(await inTx((tx) => tx.matches.sizes(['A', 'a', 'b', 'A'], 9))).toEqual(new Map([['A', 2], ['a', 1]])); // prettier-ignore
        expect(await inTx((tx) => tx.matches.sizes(['A', 'a'], 1))).toEqual(new Map([['A', 1], ['a', 1]])); // prettier-ignore
        await inTx((tx) => tx.matches.saveBlocks([], [entries[1]!]));
        expect(await inTx((tx) => tx.matches.blocksOf([one!, two!, three!]))).toEqual([entries[0], entries[2]]);
        expect(await inTx((tx) => tx.matches.sizes([], 9))).toEqual(new Map());
      });

      it('finds pairs from either end, replaces and removes them', async () => {
        const other = { a: two!, b: three!, weight: -3.5, verdict: 'review' } as const;
        await inTx((tx) => tx.matches.savePairs([pair, other], []));
        expect(await inTx((tx) => tx.matches.pairsOf([one!]))).toEqual([pair]);
        expect(sorted(await inTx((tx) => tx.matches.pairsOf([two!])))).toEqual(sorted([pair, other]));
        await inTx((tx) => tx.matches.savePairs([{ ...pair, weight: 1, verdict: 'review' }], [other]));
        expect(await inTx((tx) => tx.matches.pairsOf([one!, two!, three!]))).toEqual([
          { ...pair, weight: 1, verdict: 'review' },
        ]);
      });

      it('keeps whom a batch has put off, each once, in order, until they are matched', async () => {
        await inTx((tx) => tx.matches.putOff([three!, one!]));
        await inTx((tx) => tx.matches.putOff([two!, one!]));
        expect(await inTx((tx) => tx.matches.putOffFirst(2))).toEqual([one, two]);
        await inTx((tx) => tx.matches.caughtUp([one!, two!]));
        expect(await inTx((tx) => tx.matches.putOffFirst(2))).toEqual([three]);
        await inTx((tx) => tx.matches.caughtUp([three!, one!]));
        expect(await inTx((tx) => tx.matches.putOffFirst(2))).toEqual([]);
      });

      it('keeps which customers a batch has put off, each once, in order, until they are folded', async () => {
        await inTx((tx) => tx.customers.putOff(['c3', 'c1']));
        await inTx((tx) => tx.customers.putOff(['c2', 'c1']));
        expect(await inTx((tx) => tx.customers.putOffFirst(2))).toEqual(['c1', 'c2']);
        await inTx((tx) => tx.customers.caughtUp(['c1', 'c2', 'c9']));
        expect(await inTx((tx) => tx.customers.putOffFirst(2))).toEqual(['c3']);
        await inTx((tx) => tx.customers.putOff([]));
        await inTx((tx) => tx.customers.caughtUp([]));
        expect(await inTx((tx) => tx.customers.putOffFirst(2))).toEqual(['c3']);
      });

      it('keeps what accounts look like to one model', async () => {
        const row = (ref: typeof one, body: string) => ({ account: ref!, body });
        await inTx((tx) => tx.matches.savePrepared('m1', [row(one, '{"名":1}'), row(two, '{}')]));
        expect(sorted(await inTx((tx) => tx.matches.prepared('m1', [one!, two!, three!])))).toEqual(
          sorted([row(one, '{"名":1}'), row(two, '{}')]),
        );
        await inTx((tx) => tx.matches.savePrepared('m2', [row(two, '[]')]));
        expect(await inTx((tx) => tx.matches.prepared('m1', [one!, two!]))).toEqual([row(one, '{"名":1}')]);
        expect(await inTx((tx) => tx.matches.prepared('m2', [one!, two!]))).toEqual([row(two, '[]')]);
        await inTx((tx) => tx.matches.removePrepared([one!, three!]));
        expect(await inTx((tx) => tx.matches.prepared('m1', [one!, two!]))).toEqual([]);
      });

      it('keeps by which model all accounts were matched', async () => {
        expect(await inTx((tx) => tx.matches.fingerprint())).toBeNull();
        await inTx((tx) => tx.matches.saveFingerprint('first'));
        await inTx((tx) => tx.matches.saveFingerprint('second'));
        expect(await inTx((tx) => tx.matches.fingerprint())).toBe('second');
      });

      it('sees between batches what they wrote, and they see what it wrote', async () => {
        const ref = { system: 'erp', key: 'between' };
        const row = (link: string) => anAccount({ ...ref, customerId: 'c-between', birthId: 'c-between', link });
        const { reconcile } = given.stores;
        const links: string[] = [];
        const note = async (tx: ReconcileTx): Promise<void> =>
          void links.push((await tx.accounts.load([ref]))[0]!.link);
        await inTx((tx) => tx.accounts.save([{ account: row('born'), before: undefined }]));
        await reconcile.transactBetween(async (tx) => {
          await note(tx);
          await tx.accounts.save([{ account: row('decision'), before: row('born') }]);
        });
        await inTx(note);
        const failing = reconcile.transactBetween(async (tx) => {
          await tx.accounts.save([{ account: row('merged_into'), before: row('decision') }]);
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow('no');
        await inTx(note);
        await reconcile.transactBetween(note);
        expect(links).toEqual(['born', 'decision', 'decision', 'decision']);
      });

      it('goes through all accounts in order', async () => {
        const accounts = ['b', 'A', 'a'].map((key) => anAccount({ key, customerId: `c-${key}`, birthId: `c-${key}` }));
        await inTx((tx) => tx.accounts.save(accounts.map((each) => ({ account: each, before: undefined }))));
        const { reconcile } = given.stores;
        const first = await reconcile.accountsAfter(null, 2);
        expect(first.map(({ key }) => key)).toEqual(['A', 'a']);
        expect(await reconcile.accountsAfter(first[1]!, 2)).toEqual([{ system: 'erp', key: 'b' }]);
      });
    });

    describe('accounts and customers', () => {
      it('finds accounts by customer, identity key and merge target, and follows changes', async () => {
        const first = anAccount({ identityKeys: ['tax:CN:1', 'xref:9'] });
        const second = anAccount({
          system: 'crm',
          key: 'x',
          customerId: 'c1',
          birthId: 'c2',
          identityKeys: ['tax:CN:1'],
        });
        const merged = anAccount({ key: 'a9', customerId: 'c9' }, { mergedInto: 'a1', creditLimit: null });
        await inTx((tx) =>
          tx.accounts.save([first, second, merged].map((account) => ({ account, before: undefined }))),
        );
        const keys = async (found: Promise<{ key: string }[]>): Promise<string[]> =>
          (await found).map(({ key }) => key).sort();

        expect(await inTx((tx) => tx.accounts.load([first, merged]))).toEqual(expect.arrayContaining([first, merged]));
        expect(await inTx((tx) => keys(tx.accounts.ofCustomers(['c1'])))).toEqual(['a1', 'x']);
        expect(await inTx((tx) => keys(tx.accounts.withIdentityKeys(['tax:CN:1', 'xref:9'])))).toEqual(['a1', 'x']);
        expect(await inTx((tx) => keys(tx.accounts.mergedInto([account('a1')])))).toEqual(['a9']);

        const changed = { ...first, customerId: 'c3', identityKeys: ['xref:9', 'tax:CN:2'] };
        await inTx((tx) => tx.accounts.save([{ account: changed, before: first }]));
        expect(await inTx((tx) => keys(tx.accounts.ofCustomers(['c1'])))).toEqual(['x']);
        expect(await inTx((tx) => keys(tx.accounts.withIdentityKeys(['tax:CN:1'])))).toEqual(['x']);
        expect(await inTx((tx) => keys(tx.accounts.withIdentityKeys(['tax:CN:2', 'xref:9'])))).toEqual(['a1']);
      });

      it('keeps decisions and gives those in force for either side', async () => {
        const decision = aDecision();
        await inTx((tx) => tx.accounts.saveDecision(decision));
        expect(await inTx((tx) => tx.accounts.decisions([account('a1')]))).toEqual([decision]);
        expect(await inTx((tx) => tx.accounts.decisions([{ system: 'crm', key: 'x' }, account('a1')]))).toEqual([
          decision,
        ]);
        const revoked = { ...decision, revokedBy: 'li', revokedAt: '2026-02-01T00:00:00.000Z' };
        await inTx((tx) => tx.accounts.saveDecision(revoked));
        expect(await inTx((tx) => tx.accounts.decisions([account('a1')]))).toEqual([]);
        expect(await inTx((tx) => tx.accounts.decision('d1'))).toEqual(revoked);
        expect(await inTx((tx) => tx.accounts.decision('none'))).toBeUndefined();
      });

      it('replaces customers whole, retired ones too, and cuts no name in the row itself', async () => {
        const customer = aCustomer({ name: '名'.repeat(3_000) });
        const retired = aCustomer({ id: 'c2', status: 'retired', mergedInto: 'c1', name: null });
        await inTx((tx) => tx.customers.save([customer, retired]));
        await inTx((tx) => tx.customers.save([{ ...customer, version: 2 }]));
        const loaded = await inTx((tx) => tx.customers.load(['c1', 'c2', 'c3']));
        expect(loaded.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([{ ...customer, version: 2 }, retired]);
      });
    });

    describe('transactions and positions', () => {
      it('leaves nothing of a failed work: rows, outbox, position', async () => {
        const position = positionOf(STAGE, 0, 10);
        const failing = given.stores.reconcile.transact(position, async (tx) => {
          await tx.records.save([{ record: aStoredRecord(), before: undefined }]);
          await tx.outbox.append([aPublication('syncline.customer.v1', 'c1')]);
          throw new Error('crash');
        });
        await expect(failing).rejects.toThrow('crash');
        expect(await load(aStoredRecord())).toEqual([]);
        expect(await given.stores.outbox.read(STAGE, 10)).toEqual([]);
        expect(await firstOffsets(0, 10)).toEqual([0]);
      });

      it('does not call work for a batch that was applied, and tells the first offset that still counts', async () => {
        expect(await firstOffsets(0, 10)).toEqual([0]);
        expect(await firstOffsets(0, 10)).toEqual([]);
        expect(await firstOffsets(5, 10)).toEqual([]);
        expect(await firstOffsets(5, 20)).toEqual([10]);
        expect(await firstOffsets(20, 30, 1)).toEqual([20]);
        expect(await firstOffsets(25, 40)).toEqual([25]);
      });

      it('fences a zombie: of two that hold the same batch at once, one applies it', async () => {
        const applied: string[] = [];
        const apply = (who: string): Promise<void> =>
          given.stores.reconcile.transact(positionOf(STAGE, 0, 10), async (tx) => {
            const [before] = await tx.records.load([aStoredRecord()]);
            const count = Number(before?.fields.count ?? 0) + 1;
            await tx.records.save([{ record: aStoredRecord({ fields: { count } }), before }]);
            applied.push(who);
          });
        await Promise.all([apply('first'), apply('zombie'), apply('second zombie')]);
        expect(applied).toHaveLength(1);
        expect((await load(aStoredRecord()))[0]?.fields).toEqual({ count: 1 });
      });

      it('runs works one after the other: no update is lost', async () => {
        const increment = (partition: number): Promise<void> =>
          given.stores.reconcile.transact(positionOf(STAGE, 0, 1, partition), async (tx) => {
            const [before] = await tx.records.load([aStoredRecord()]);
            const count = Number(before?.fields.count ?? 0) + 1;
            await tx.records.save([{ record: aStoredRecord({ fields: { count } }), before }]);
          });
        await Promise.all(Array.from({ length: 8 }, (_, partition) => increment(partition)));
        expect((await load(aStoredRecord()))[0]?.fields).toEqual({ count: 8 });
      });

      async function firstOffsets(from: number, next: number, partition = 0): Promise<number[]> {
        const offsets: number[] = [];
        await given.stores.reconcile.transact(positionOf(STAGE, from, next, partition), async (_tx, first) => {
          offsets.push(first);
        });
        return offsets;
      }
    });
  });
}

function account(key: string): RecordId & { kind: 'account' } {
  return { system: 'erp', kind: 'account', key };
}

function aDecision(): IdentityDecision {
  return {
    id: 'd1',
    verdict: 'same',
    a: { system: 'erp', key: 'a1' },
    b: { system: 'crm', key: 'x' },
    reason: 'same phone',
    decidedBy: 'wang',
    decidedAt: '2026-01-01T00:00:00.000Z',
    revokedBy: null,
    revokedAt: null,
  };
}
