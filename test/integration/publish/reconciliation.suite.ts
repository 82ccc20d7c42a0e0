import { RECONCILIATION_BREAKS } from '@syncline/contracts';
import type { StoredRecord } from '@syncline/pipeline/reconcile';
import { BREAK_TYPES } from '@syncline/receivables';
import { aCustomer, anAccount, aReceivableItem, aStoredRecord } from '@syncline/testing';
import { findings } from './findings';
import { GatewayHarness, type TemporaryStoreFactory } from './gateway.harness';

const balance = (key: string, account: string, asOf: string, amount: string, currency?: string): StoredRecord =>
  aStoredRecord({
    kind: 'balance',
    key,
    fields: { as_of: asOf, amount, ...(currency ? { currency } : {}) },
    refs: { account },
  });

const line = (key: string, account: string, refs: Record<string, string> = {}, fields = {}): StoredRecord =>
  aStoredRecord({ kind: 'receivable_item', key, fields, refs: { account, ...refs } });

/** Customers c1 … c5 with account a1 … a5 in the ERP. */
async function seed({ store }: GatewayHarness): Promise<void> {
  const ids = ['1', '2', '3', '4', '5'];
  await store.reconcile.transact(null, async (tx) => {
    await tx.customers.save(ids.map((id) => aCustomer({ id: `c${id}` })));
    await tx.accounts.save(
      ids.map((id) => ({
        account: anAccount({ key: `a${id}`, customerId: `c${id}`, birthId: `c${id}` }),
        before: undefined,
      })),
    );
    const paid = { on: '2026-03-05', amount: '70', cash: true };
    const items = [
      aReceivableItem({ key: 'i1', accountKey: 'a1', postedOn: '2026-01-10' }),
      aReceivableItem({
        key: 'i2',
        accountKey: 'a1',
        amount: '70',
        openAmount: '0',
        postedOn: '2026-02-10',
        settledOn: '2026-03-05',
        settlements: [paid],
      }),
      aReceivableItem({ key: 'i3', accountKey: 'a2', amount: '250', openAmount: '250', postedOn: '2026-02-01' }),
      aReceivableItem({ key: 'i4', accountKey: 'a2', amount: '40', openAmount: '40', postedOn: '2026-02-02' }),
      aReceivableItem({ key: 'i5', accountKey: 'a3', amount: '30', openAmount: '30', postedOn: '2026-02-28' }),
      aReceivableItem({
        key: 'i6',
        accountKey: 'a4',
        amount: '710',
        openAmount: '710',
        documentCurrency: 'USD',
        documentAmount: '100',
        documentOpenAmount: '100',
        postedOn: '2026-02-01',
      }),
    ];
    await tx.documents.saveItems(items, []);
    const records = [
      balance('b1', 'a1', '2026-01-31', '100'),
      balance('b2', 'a1', '2026-02-28', '170'),
      balance('b3', 'a1', '2026-03-31', '130'),
      balance('b4', 'a2', '2026-02-28', '250', 'CNY'),
      balance('b5', 'a3', '2026-02-28', '0'),
      balance('b6', 'a4', '2026-02-28', '720'),
      balance('b7', 'a4', '2026-02-28', '100', 'USD'),
      balance('b8', 'a5', '2026-02-28', '15'),
      aStoredRecord({ kind: 'balance', key: 'b9', fields: { as_of: '2026-02-28' }, refs: { account: 'a5' } }),
      line('i3', 'a2'),
      line('i4', 'a2', { posting: 'draft' }),
      aStoredRecord({ kind: 'posting', key: 'draft', fields: { state: 'draft' }, refs: {} }),
      line('i5', 'a3'),
      line('i6', 'a4'),
      line('w1', 'a5', { ledger_account: 'l1' }, { amount: '15', posted_on: '2026-02-03' }),
      aStoredRecord({ kind: 'ledger_account', key: 'l1', fields: { receivable: false }, refs: {} }),
      aStoredRecord({
        kind: 'exchange_rate',
        key: 'usd',
        fields: { currency: 'USD', valid_from: '2026-02-01', rate: '0.13888888888888888889' },
        refs: {},
      }),
    ];
    await tx.records.save(records.map((record) => ({ record, before: undefined })));
  });
}

/** The systems' own balances against the view. */
export function reconciliationSuite(store: TemporaryStoreFactory): void {
  describe('reconciliation', () => {
    let gateway: GatewayHarness;
    const get = async (query = '') => (await gateway.call('GET', `/reconciliation?${query}`, 'analyst')).body;
    const only = async (query: string) => (await get(query)).items as Record<string, unknown>[];

    beforeAll(async () => {
      gateway = await GatewayHarness.start(store);
      await seed(gateway);
    });

    afterAll(() => gateway.stop());

    it('answers what OpenAPI says, with every type of break that there is', async () => {
      expect(findings('Reconciliation', await gateway.call('GET', '/reconciliation', 'analyst'))).toEqual([]);
      expect([...RECONCILIATION_BREAKS]).toEqual(Object.keys(BREAK_TYPES));
    });

    it('says which systems report nothing instead of inventing', async () => {
      expect((await get()).systems).toEqual([
        { system: 'crm', currency: 'CNY', balances: 0 },
        { system: 'erp', currency: 'CNY', balances: 9 },
      ]);
      expect(await only('system=crm')).toEqual([]);
    });

    it('compares the latest balance and says through which day both agree', async () => {
      expect(await only('customer_id=c1')).toMatchObject([
        {
          system: 'erp',
          currency: 'CNY',
          as_of: '2026-03-31',
          accounts: ['a1'],
          reported: '130.00',
          computed: '100.00',
          difference: '30.00',
          agrees: false,
          verified_through: '2026-02-28',
          days_compared: 3,
          breaks: [{ type: 'UNKNOWN', amount: '30.00', documents: [] }],
        },
      ]);
    });

    it('goes back to an earlier day', async () => {
      expect(await only('customer_id=c1&as_of=2026-02-28')).toMatchObject([
        { as_of: '2026-02-28', reported: '170.00', computed: '170.00', agrees: true, breaks: [], days_compared: 2 },
      ]);
    });

    it.each([
      ['c2', 'UNPOSTED', '-40.00', 'i4'],
      ['c3', 'PERIOD_CUTOFF', '-30.00', 'i5'],
      ['c4', 'FX_REVALUATION', '10.00', 'i6'],
      ['c5', 'WRONG_ACCOUNT', '15.00', 'w1'],
    ])('%s: %s of %s, by its document', async (customer, type, amount, key) => {
      const [row] = await only(`customer_id=${customer}&currency=CNY`);
      expect(row.breaks).toMatchObject([{ type, amount, documents: [{ key }] }]);
      expect(row.agrees).toBe(false);
    });

    it('compares another currency with the items of that document currency', async () => {
      expect(await only('currency=USD')).toMatchObject([
        { customer_id: 'c4', reported: '100.00', computed: '100.00', agrees: true },
      ]);
    });

    it('filters by agreement and by type of break', async () => {
      expect((await only('agrees=true')).map(({ customer_id, currency }) => [customer_id, currency])).toEqual([
        ['c4', 'USD'],
      ]);
      expect((await only('break=UNPOSTED')).map(({ customer_id }) => customer_id)).toEqual(['c2']);
      expect((await gateway.call('GET', '/reconciliation?break=MAGIC', 'analyst')).body.code).toBe('BAD_QUERY');
    });

    it('pages without loss or repetition, between the currencies of a customer too', async () => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await get(`limit=1${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
        const items = page.items as { customer_id: string; currency: string }[];
        seen.push(...items.map(({ customer_id, currency }) => `${customer_id} ${currency}`));
        cursor = page.next_cursor as string | null;
      } while (cursor !== null);
      expect(seen).toEqual(['c1 CNY', 'c2 CNY', 'c3 CNY', 'c4 CNY', 'c4 USD', 'c5 CNY']);
    });
  });
}
