import type { CustomerInsight } from '@syncline/analytics';
import type { ReconcileTx } from '@syncline/pipeline';
import {
  aCustomer,
  anAccount,
  anInsight,
  anInsightRun,
  aPublication,
  aRating,
  aReceivableItem,
  aSalesOrder,
  aStoredRecord,
} from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const DAYS = { asOf: '2026-11-20', since: '2025-01-01', consultedSince: '2025-11-21' };

/** What every InsightStore must do. */
export function insightStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} as InsightStore`, () => {
    const given = withStores(factory);
    const known = (work: (tx: ReconcileTx) => Promise<void>): Promise<void> =>
      given.stores.reconcile.transact(null, work);
    const save = (...insights: CustomerInsight[]): Promise<void> =>
      given.stores.insight.transact((tx) => tx.save(insights));
    const load = (...ids: string[]): Promise<CustomerInsight[]> => given.stores.insight.transact((tx) => tx.load(ids));

    /** Customer c1 with the accounts erp/a1 and crm/a2. */
    async function aKnownCustomer(): Promise<void> {
      await known(async (tx) => {
        await tx.customers.save([aCustomer()]);
        const accounts = [anAccount(), anAccount({ system: 'crm', key: 'a2' })];
        await tx.accounts.save(accounts.map((account) => ({ account, before: undefined })));
      });
    }

    it('gives customers that are rated by id, and counts them and all documents', async () => {
      const { summary } = aCustomer();
      await known(async (tx) => {
        await tx.customers.save([
          aCustomer({ id: 'b' }),
          aCustomer({ id: 'a' }),
          aCustomer({ id: 'c', status: 'retired', mergedInto: 'a' }),
          aCustomer({ id: 'd', summary: { ...summary, isCustomer: false } }),
        ]);
        await tx.documents.saveItems([aReceivableItem(), aReceivableItem({ key: 'i2' })], []);
        await tx.documents.saveOrders([aSalesOrder()], []);
      });
      expect(await given.stores.insight.customers(10, '')).toEqual(['a', 'b']);
      expect(await given.stores.insight.customers(1, '')).toEqual(['a']);
      expect(await given.stores.insight.customers(10, 'a')).toEqual(['b']);
      expect(await given.stores.insight.extent()).toEqual({ customers: 2, documents: 3 });
    });

    it('gives the documents of the days, of all accounts of a customer', async () => {
      await aKnownCustomer();
      const open = aReceivableItem({ key: 'open', postedOn: '2020-01-01' });
      const closed = { openAmount: '0', documentOpenAmount: '0' };
      const posted = aReceivableItem({ ...closed, key: 'posted', postedOn: '2025-01-01', settledOn: '2025-01-01' });
      const settled = aReceivableItem({ ...closed, key: 'settled', postedOn: '2024-01-01', settledOn: '2025-02-01' });
      const old = aReceivableItem({ ...closed, key: 'old', postedOn: '2024-01-01', settledOn: '2024-02-01' });
      const inCrm = aSalesOrder({ system: 'crm', key: 'o2', accountKey: 'a2', orderedOn: '2025-01-01' });
      const orders = [
        aSalesOrder({ key: 'o1', orderedOn: '2026-11-20' }),
        inCrm,
        aSalesOrder({ key: 'o3', orderedOn: '2024-12-31' }),
        aSalesOrder({ key: 'o4', orderedOn: '2026-11-21' }),
        aSalesOrder({ key: 'o5', orderedOn: null }),
        aSalesOrder({ key: 'o6', accountKey: 'other' }),
      ];
      await known(async (tx) => {
        await tx.documents.saveItems([open, posted, settled, old, aReceivableItem({ accountKey: 'other' })], []);
        await tx.documents.saveOrders(orders, []);
      });
      const [history] = await given.stores.insight.histories(['c1'], DAYS);
      expect(history?.items.map((item) => (item as typeof open).key).sort()).toEqual(['open', 'posted', 'settled']);
      expect(history?.orders.map((order) => (order as typeof inCrm).key).sort()).toEqual(['o1', 'o2']);
      expect(history?.orders).toContainEqual(inCrm);
    });

    it('takes days of orders for purchases, each once, however old', async () => {
      await aKnownCustomer();
      await known(async (tx) => {
        await tx.documents.saveItems([aReceivableItem({ postedOn: '2019-03-03' })], []);
        await tx.documents.saveOrders(
          [
            aSalesOrder({ key: 'o1', orderedOn: '2026-11-20' }),
            aSalesOrder({ key: 'o2', orderedOn: '2019-05-05', state: 'done' }),
            aSalesOrder({ key: 'o3', orderedOn: '2026-11-20', state: 'processing' }),
            aSalesOrder({ key: 'o4', orderedOn: '2026-01-01', state: 'quotation' }),
            aSalesOrder({ key: 'o5', orderedOn: '2026-01-02', state: 'cancelled' }),
            aSalesOrder({ key: 'o6', orderedOn: '2026-01-03', orderedAmount: '-5' }),
            aSalesOrder({ key: 'o7', orderedOn: '2026-11-21' }),
          ],
          [],
        );
      });
      const [history] = await given.stores.insight.histories(['c1'], DAYS);
      expect(history?.purchaseDays).toEqual(['2019-05-05', '2026-11-20']);
    });

    it('takes days of invoices where there is no order', async () => {
      await aKnownCustomer();
      const items = [
        aReceivableItem({ key: 'i1', postedOn: '2026-02-01' }),
        aReceivableItem({ key: 'i2', postedOn: '2018-02-01', openAmount: '0' }),
        aReceivableItem({ key: 'i3', postedOn: '2026-03-01', type: 'on_account', amount: '-5' }),
        aReceivableItem({ key: 'i4', postedOn: '2026-11-21' }),
      ];
      await known((tx) => tx.documents.saveItems(items, []));
      const [history] = await given.stores.insight.histories(['c1'], DAYS);
      expect(history?.purchaseDays).toEqual(['2018-02-01', '2026-02-01']);
    });

    it('counts consultations of the days, and reads what accounts say of the customer', async () => {
      await aKnownCustomer();
      const aCase = (key: string, opened: string | null, kind: 'opportunity' | 'service_case' = 'service_case') =>
        aStoredRecord({ system: 'crm', kind, key, refs: { account: 'a2' }, fields: { opened_on: opened } });
      const account = (system: string, key: string, fields: Record<string, string>) =>
        aStoredRecord({ system, kind: 'account', key, refs: {}, fields });
      const records = [
        aCase('1', '2025-11-21'),
        aCase('2', '2026-11-20', 'opportunity'),
        aCase('3', '2025-11-20'),
        aCase('4', '2026-11-21'),
        aCase('5', null),
        { ...aCase('6', '2026-01-01'), deleted: true },
        account('erp', 'a1', { satisfaction: '60', industry_position: '3.5' }),
        account('crm', 'a2', { satisfaction: '90' }),
      ];
      await known((tx) => tx.records.save(records.map((record) => ({ record, before: undefined }))));
      await given.stores.rate.transact(null, (tx) => tx.saveRatings([aRating({ grade: 'A' })]));
      expect(await given.stores.insight.histories(['c1', 'nobody'], DAYS)).toEqual([
        {
          customerId: 'c1',
          purchaseDays: [],
          items: [],
          orders: [],
          consultations: 2,
          industryPosition: 3.5,
          satisfaction: 75,
          grade: 'A',
          classOverride: null,
        },
        expect.objectContaining({ customerId: 'nobody', purchaseDays: [], satisfaction: null, grade: null }),
      ]);
    });

    it('keeps insights whole and replaces them', async () => {
      await save(anInsight(), anInsight({ customerId: 'c2', value: null, pAlive: null, rfm: null, class: null }));
      expect((await load('c2', 'c1', 'c3')).map(({ customerId }) => customerId).sort()).toEqual(['c1', 'c2']);
      expect(await load('c1')).toEqual([anInsight()]);
      await save(anInsight({ asOf: '2026-11-21', alerts: [] }));
      expect(await load('c1')).toEqual([anInsight({ asOf: '2026-11-21', alerts: [] })]);
      await given.stores.insight.transact((tx) => tx.remove(['c1']));
      expect(await load('c1')).toEqual([]);
    });

    it('tells rate of the value level, and which customers are to be rated again', async () => {
      const { insight, rate } = given.stores;
      await known((tx) => tx.customers.save([aCustomer(), aCustomer({ id: 'c2' }), aCustomer({ id: 'c3' })]));
      await rate.transact(null, (tx) => tx.markEvaluated(['c1', 'c2', 'c3'], DAYS.asOf));
      await save(anInsight(), anInsight({ customerId: 'c2', value: null }));
      const facts = await rate.read((tx) => tx.facts(['c1', 'c2', 'c3'], DAYS.since));
      expect(facts.map(({ customer, valueLevel }) => [customer.id, valueLevel]).sort()).toEqual([
        ['c1', 'A'],
        ['c2', null],
        ['c3', null],
      ]);
      expect(await rate.dueForEvaluation(DAYS.asOf, 10)).toEqual([]);
      await insight.transact((tx) => tx.rateAgain(['c1', 'c3', 'nobody']));
      await insight.transact((tx) => tx.rateAgain([]));
      expect(await rate.dueForEvaluation(DAYS.asOf, 10)).toEqual(['c1', 'c3']);
    });

    it('lets no rating under way miss what it is made due for', async () => {
      const { insight, rate } = given.stores;
      await known((tx) => tx.customers.save([aCustomer()]));
      let seen: string | null | undefined;
      await Promise.all([
        rate.transact(null, async (tx) => {
          [{ valueLevel: seen }] = await tx.facts(['c1'], DAYS.since);
          await tx.markEvaluated(['c1'], DAYS.asOf);
        }),
        insight.transact(async (tx) => {
          await tx.save([anInsight()]);
          await tx.rateAgain(['c1']);
        }),
      ]);
      expect(await rate.dueForEvaluation(DAYS.asOf, 10)).toEqual(seen === 'A' ? [] : ['c1']);
    });

    it('names what is kept of those that are no customers', async () => {
      await known((tx) =>
        tx.customers.save([aCustomer(), aCustomer({ id: 'c2', status: 'retired', mergedInto: 'c1' })]),
      );
      await save(anInsight(), anInsight({ customerId: 'c2' }), anInsight({ customerId: 'c3' }));
      const gone = [
        { insight: anInsight({ customerId: 'c2' }), mergedInto: 'c1' },
        { insight: anInsight({ customerId: 'c3' }), mergedInto: null },
      ];
      expect(await given.stores.insight.gone(10, '')).toEqual(gone);
      expect(await given.stores.insight.gone(1, '')).toEqual(gone.slice(0, 1));
      expect(await given.stores.insight.gone(10, 'c2')).toEqual(gone.slice(1));
    });

    it('follows merges to the customer that there is', async () => {
      const retired = (id: string, mergedInto: string) => aCustomer({ id, status: 'retired', mergedInto });
      await known((tx) =>
        tx.customers.save([aCustomer(), retired('c2', 'c1'), retired('c3', 'c2'), retired('c4', 'c2')]),
      );
      await save(anInsight({ customerId: 'c3' }), anInsight({ customerId: 'c4' }));
      const gone = await given.stores.insight.gone(10, '');
      expect(gone.map(({ mergedInto }) => mergedInto)).toEqual(['c1', 'c1']);
    });

    it('knows of which days an evaluation was asked for, and when last', async () => {
      const { insight } = given.stores;
      expect(await insight.requestedAt('2026-11-20')).toBeUndefined();
      await insight.request('2026-11-20', '2026-11-20T01:00:00.000Z');
      await insight.request('2026-11-20', '2026-11-20T02:00:00.000Z');
      expect(await insight.requestedAt('2026-11-20')).toBe('2026-11-20T02:00:00.000Z');
      expect(await insight.requestedAt('2026-11-21')).toBeUndefined();
    });

    it('keeps the latest run of each day', async () => {
      expect(await given.stores.insight.lastRun()).toBeUndefined();
      const saveRun = (run: ReturnType<typeof anInsightRun>) => given.stores.insight.transact((tx) => tx.saveRun(run));
      await saveRun(anInsightRun({ asOf: '2026-11-20' }));
      await saveRun(anInsightRun({ asOf: '2026-11-19' }));
      await saveRun(anInsightRun({ asOf: '2026-11-20', buyers: 7 }));
      expect(await given.stores.insight.lastRun()).toEqual(anInsightRun({ asOf: '2026-11-20', buyers: 7 }));
    });

    it('publishes with what it keeps, and leaves nothing of a failed transaction', async () => {
      const failing = given.stores.insight.transact(async (tx) => {
        await tx.save([anInsight()]);
        await tx.outbox.append([aPublication('syncline.customer-alert.v1', 'c1')]);
        throw new Error('crash');
      });
      await expect(failing).rejects.toThrow('crash');
      expect(await load('c1')).toEqual([]);
      expect(await given.stores.outbox.read('insight', 10)).toEqual([]);
      await given.stores.insight.transact((tx) => tx.outbox.append([aPublication('syncline.customer-alert.v1', 'c1')]));
      expect(await given.stores.outbox.read('insight', 10)).toHaveLength(1);
    });

    it('evaluates alone', async () => {
      const inner = await given.stores.insight.exclusively(() =>
        given.stores.insight.exclusively(async () => 'second'),
      );
      expect(inner).toBeNull();
      expect(await given.stores.insight.exclusively(async () => 'again')).toBe('again');
    });
  });
}
