import type { RecordKind } from '@syncline/model';
import type { CustomerRow, RateTx, ReconcileTx, StoredRecord } from '@syncline/pipeline';
import {
  aCustomer,
  anAccount,
  anOverride,
  aRating,
  aReceivableItem,
  aSalesOrder,
  aStoredRecord,
  positionOf,
} from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const TODAY = '2026-11-20';

/** What every RateStore must do. */
export function rateStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} as RateStore`, () => {
    const given = withStores(factory);
    const known = (work: (tx: ReconcileTx) => Promise<void>): Promise<void> =>
      given.stores.reconcile.transact(null, work);
    const inTx = async <T>(work: (tx: RateTx) => Promise<T>): Promise<T> =>
      (await given.stores.rate.transact(null, work)) as T;

    async function aKnownCustomer(customer: CustomerRow = aCustomer()): Promise<void> {
      await known(async (tx) => {
        await tx.customers.save([customer]);
        const account = anAccount({ key: `a-${customer.id}`, customerId: customer.id });
        await tx.accounts.save([{ account, before: undefined }]);
      });
    }

    it('gathers open items and those posted or settled since a day, of all accounts of the customer', async () => {
      await aKnownCustomer();
      const open = aReceivableItem({ key: 'open', accountKey: 'a-c1', postedOn: '2020-01-01' });
      const settled = { openAmount: '0', accountKey: 'a-c1', postedOn: '2024-01-01' };
      const recent = aReceivableItem({ ...settled, key: 'recent', settledOn: '2026-03-01', openAmount: '0' });
      const posted = aReceivableItem({ ...settled, key: 'posted', postedOn: '2026-01-01', settledOn: '2026-01-01' });
      const old = aReceivableItem({ ...settled, key: 'old', postedOn: '2019-05-01', settledOn: '2019-06-01' });
      const foreign = aReceivableItem({ key: 'foreign', accountKey: 'other' });
      await known(async (tx) => {
        await tx.documents.saveItems([open, recent, posted, old, foreign], []);
        await tx.documents.saveOrders(
          [aSalesOrder({ accountKey: 'a-c1' }), aSalesOrder({ key: 'o2', accountKey: 'a-c1', openAmount: '0' })],
          [],
        );
      });
      const [facts] = await inTx((tx) => tx.facts(['c1', 'c1', 'nobody'], '2026-01-01'));
      expect(facts?.customer).toEqual(aCustomer());
      expect(facts?.items.map(({ key }) => key).sort()).toEqual(['open', 'posted', 'recent']);
      expect(facts?.items.find(({ key }) => key === 'open')).toEqual(open);
      expect(facts?.openOrders).toEqual([aSalesOrder({ accountKey: 'a-c1' })]);
      expect(facts?.firstInvoicedOn).toBe('2019-05-01');
      expect(facts?.current).toBeNull();
      expect(facts?.heldLimits).toEqual([]);
    });

    it('says who belongs to whom, whatever customer has the accounts now, and who shared a limit', async () => {
      const inGroup = (key: string, customerId: string, parent?: string) => ({
        account: anAccount({ key, customerId, birthId: `born-${key}` }, parent === undefined ? {} : { parent }),
        before: undefined,
      });
      const accounts = [
        inGroup('p', 'c-p'),
        inGroup('p2', 'c-p', 'p'),
        inGroup('a', 'c-a', 'p'),
        inGroup('b', 'c-b', 'a'),
        inGroup('lost', 'c-lost', 'nobody'),
      ];
      await known((tx) => tx.accounts.save(accounts));
      await inTx(async ({ groups }) => {
        expect(await groups.parentsOf(['c-a', 'c-p', 'c-lost', 'c-b'])).toHaveLength(2);
        expect(await groups.parentsOf(['c-b'])).toEqual([{ member: 'c-b', parent: 'c-a' }]);
        expect(await groups.membersOf(['c-p'])).toEqual([{ member: 'c-a', parent: 'c-p' }]);
        expect(await groups.membersOf(['c-b', 'c-lost'])).toEqual([]);
        expect(await groups.withGroupLimit(['c-p', 'c-a', 'c-b'])).toEqual([]);
      });
      const decided = { kind: 'group_limit', customerId: 'born-p2' } as const;
      await given.stores.overrides.add(anOverride({ ...decided, id: 'g1', status: 'revoked' }));
      await given.stores.overrides.add(anOverride({ ...decided, id: 'g2', customerId: 'born-a', status: 'proposed' }));
      await given.stores.overrides.add(anOverride({ id: 'g3', customerId: 'born-b' }));
      expect(await inTx(({ groups }) => groups.withGroupLimit(['c-p', 'c-a', 'c-b']))).toEqual(['c-p']);
      expect(await inTx(({ groups }) => groups.withGroupLimit([]))).toEqual([]);
      await known((tx) => tx.accounts.save([inGroup('a', 'c-a')]));
      expect(await inTx(({ groups }) => groups.membersOf(['c-p']))).toEqual([]);
    });

    it('gives a customer without documents empty facts', async () => {
      await aKnownCustomer();
      expect(await inTx((tx) => tx.facts(['c1'], TODAY))).toEqual([
        {
          customer: aCustomer(),
          items: [],
          openOrders: [],
          heldLimits: [],
          firstInvoicedOn: null,
          valueLevel: null,
          current: null,
        },
      ]);
    });

    it('gives the limits that live accounts hold, unlimited ones too, in order', async () => {
      await known(async (tx) => {
        await tx.customers.save([aCustomer()]);
        const accounts = [
          anAccount({ key: 'b' }, { creditLimit: '0.01' }),
          anAccount({ key: 'a' }, { creditLimit: null }),
          anAccount({ key: 'c' }, { creditLimit: undefined }),
          anAccount({ key: 'd' }, { creditLimit: '5', active: false }),
          anAccount({ key: 'e' }, { creditLimit: '5', mergedInto: 'a' }),
          anAccount({ system: 'crm', key: 'z' }, { creditLimit: '7' }),
        ];
        await tx.accounts.save(accounts.map((account) => ({ account, before: undefined })));
      });
      const [facts] = await inTx((tx) => tx.facts(['c1'], TODAY));
      expect(facts?.heldLimits).toEqual([
        { system: 'crm', limit: '7' },
        { system: 'erp', limit: null },
        { system: 'erp', limit: '0.01' },
      ]);
    });

    it('keeps every rating and puts the newest in force', async () => {
      await aKnownCustomer();
      await inTx((tx) => tx.saveRatings([aRating()]));
      const second = aRating({ version: 2, limit: null, score: null, hold: 'all', grade: 'E' });
      await inTx((tx) => tx.saveRatings([second]));
      const [facts] = await inTx((tx) => tx.facts(['c1'], TODAY));
      expect(facts?.current).toEqual(second);
      await expect(inTx((tx) => tx.saveRatings([aRating({ grade: 'A' })]))).rejects.toThrow();
      expect((await inTx((tx) => tx.facts(['c1'], TODAY)))[0]?.current).toEqual(second);
    });

    it('puts the newest of several versions saved together in force', async () => {
      await aKnownCustomer();
      await inTx((tx) => tx.saveRatings([aRating({ version: 2, grade: 'C' }), aRating()]));
      expect((await inTx((tx) => tx.facts(['c1'], TODAY)))[0]?.current?.version).toBe(2);
    });

    it('gives the exchange rates of all systems that are complete and not deleted', async () => {
      const fields = { currency: 'USD', valid_from: '2026-01-01', rate: '0.1390' };
      const rate = aStoredRecord({ kind: 'exchange_rate', key: '1', refs: {}, fields });
      await known((tx) =>
        tx.records.save(
          [rate, { ...rate, key: '2', fields: { currency: 'EUR' } }, { ...rate, key: '3', deleted: true }].map(
            (record) => ({
              record,
              before: undefined,
            }),
          ),
        ),
      );
      expect(await inTx((tx) => tx.rates())).toEqual([
        { system: 'erp', currency: 'USD', validFrom: '2026-01-01', rate: '0.139' },
      ]);
    });

    it('gives what holding reported balances against the view reads', async () => {
      await aKnownCustomer();
      await aKnownCustomer(aCustomer({ id: 'c2' }));
      const record = (kind: RecordKind, key: string, parts: Partial<StoredRecord> = {}): StoredRecord =>
        aStoredRecord({ kind, key, fields: {}, refs: {}, ...parts });
      const balance = (key: string, parts: Partial<StoredRecord>): StoredRecord =>
        record('balance', key, { refs: { account: 'a-c1' }, ...parts });
      const settled = { openAmount: '0', accountKey: 'a-c1', postedOn: '2024-01-01' };
      const items = [
        aReceivableItem({ key: 'open', accountKey: 'a-c1', postedOn: '2020-01-01' }),
        aReceivableItem({ ...settled, key: 'that day', settledOn: '2026-01-31' }),
        aReceivableItem({ ...settled, key: 'before', settledOn: '2026-01-30' }),
        aReceivableItem({ ...settled, key: 'some day', settledOn: null }),
        aReceivableItem({ key: 'foreign', accountKey: 'a-c2' }),
      ];
      const records = [
        balance('1', { fields: { as_of: '2026-01-31', amount: '10.50' } }),
        balance('2', { fields: { as_of: '2026-02-28', amount: '7', currency: 'USD' } }),
        balance('3', { fields: { as_of: '2026-02-28' } }),
        balance('4', { fields: { as_of: '2026-02-28', amount: '1' }, deleted: true }),
        balance('5', { fields: { as_of: '2026-02-28', amount: '2' }, refs: { account: 'a-c2' } }),
        record('receivable_item', 'l1', { refs: { account: 'a-c1', posting: 'p1' } }),
        record('receivable_item', 'l2', { refs: { account: 'a-c1' }, deleted: true }),
        record('posting', 'p1', { fields: { state: 'draft' } }),
      ];
      await known(async (tx) => {
        await tx.documents.saveItems(items, []);
        await tx.records.save(records.map((each) => ({ record: each, before: undefined })));
      });
      const account = { system: 'erp', key: 'a-c1' };
      await inTx(async ({ reconciliation }) => {
        const balances = await reconciliation.balances(['c1', 'c1', 'nobody']);
        const holder = { customerId: 'c1', system: 'erp', accountKey: 'a-c1' };
        expect(balances.sort((a, b) => (a.asOf < b.asOf ? -1 : 1))).toEqual([
          { ...holder, currency: null, asOf: '2026-01-31', amount: '10.5' },
          { ...holder, currency: 'USD', asOf: '2026-02-28', amount: '7' },
        ]);
        const open = await reconciliation.openSince([account, account], '2026-01-31');
        expect(open.map(({ key }) => key).sort()).toEqual(['open', 'some day', 'that day']);
        const lines = await reconciliation.referrers([{ ...account, kind: 'account' }], ['receivable_item']);
        expect(lines.map(({ key }) => key)).toEqual(['l1']);
        const [posting] = await reconciliation.find([{ system: 'erp', kind: 'posting', key: 'p1' }]);
        expect(posting?.fields).toEqual({ state: 'draft' });
      });
    });

    it('names active customers not yet evaluated for a day, until they are', async () => {
      await aKnownCustomer();
      await aKnownCustomer(aCustomer({ id: 'c2' }));
      await aKnownCustomer(aCustomer({ id: 'c3', status: 'retired', mergedInto: 'c1' }));
      await aKnownCustomer(aCustomer({ id: 'c4', summary: { ...aCustomer().summary, isCustomer: false } }));
      const due = (day: string, limit = 10): Promise<string[]> => given.stores.rate.dueForEvaluation(day, limit);
      expect((await due(TODAY)).sort()).toEqual(['c1', 'c2']);
      expect(await due(TODAY, 1)).toEqual(['c1']);
      expect(await given.stores.rate.dueForEvaluation(TODAY, 10, 'c1')).toEqual(['c2']);
      await inTx((tx) => tx.markEvaluated(['c1', 'nobody'], TODAY));
      expect(await due(TODAY)).toEqual(['c2']);
      expect((await due('2026-11-21')).sort()).toEqual(['c1', 'c2']);
      await known((tx) => tx.customers.save([aCustomer({ version: 2 })]));
      expect(await due(TODAY)).toEqual(['c2']);
    });

    it('applies a batch once and leaves nothing of a failed one', async () => {
      await aKnownCustomer();
      const position = positionOf('rate', 0, 5);
      const failing = given.stores.rate.transact(position, async (tx) => {
        await tx.saveRatings([aRating()]);
        throw new Error('crash');
      });
      await expect(failing).rejects.toThrow('crash');
      expect(
        await given.stores.rate.transact(position, async (tx) => (await tx.facts(['c1'], TODAY))[0]?.current),
      ).toBeNull();
      expect(await given.stores.rate.transact(position, async () => 'again')).toBeUndefined();
    });
  });
}
