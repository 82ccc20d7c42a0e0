import fc from 'fast-check';
import { sourceVersion, type RecordKind, type SourceRecord } from '@syncline/model';
import { birthIdOf } from '@syncline/identity';
import { MemoryReconcileStore } from '@syncline/testing';
import { DecideIdentity } from './decide-identity';
import { reconcileRecords, type ReconcileRules } from './reconcile-records';
import { CatchUpReconciling } from './catch-up-reconciling';
import { StreamMatching, type MatchWhen } from './matching/stream-matching';
import { IdentityResolver } from './resolve-identity';

const priorityOf = (system: string): number => (system === 'erp' ? 1 : 2);
const RULES: ReconcileRules = {
  currencyOf: () => 'CNY',
  crossReferences: new Map(),
  survivorship: { priorityOf, ruleOf: () => ({ rule: 'priority' }) },
  identity: new IdentityResolver(priorityOf, new StreamMatching(null)),
};
const NOW = '2026-11-20T00:00:00.000Z';

let lsn = 0;
function record(
  kind: RecordKind,
  key: string,
  fields: SourceRecord['fields'] | null,
  refs: SourceRecord['refs'] = {},
  system = 'erp',
): SourceRecord {
  lsn += 1;
  return {
    system,
    kind,
    key,
    version: sourceVersion([lsn]),
    deleted: fields === null,
    fields: fields ?? {},
    refs,
    origin: { topic: 't', partition: 0, offset: lsn, mapping: 'm@1' },
  };
}

async function reconcile(store: MemoryReconcileStore, records: SourceRecord[], when?: MatchWhen): Promise<void> {
  await store.transact(null, async (tx) => void (await reconcileRecords(tx, records, RULES, NOW, when)));
}

function catchUp(store: MemoryReconcileStore): Promise<void> {
  return new CatchUpReconciling({ store, rules: RULES, clock: { now: () => 0 }, afterCommit: () => undefined }).run();
}

/** Customers whose account is another's now, and that do not say whose. */
function retiredWithoutHeir({ customers, accounts }: MemoryReconcileStore): string[] {
  const heirs = new Map([...accounts.values()].map(({ birthId, customerId }) => [birthId, customerId]));
  return [...customers.values()]
    .filter(({ id, status, mergedInto }) => status === 'retired' && heirs.get(id) !== mergedInto)
    .map(({ id }) => id);
}

/** A customer with an invoice that is paid in two parts, its order, and the same company in the CRM. */
function story(): SourceRecord[] {
  const invoice = { account: '26', ledger_account: '5', posting: '116' };
  const tax = { scheme: 'cn_uscc', value: '91330405W7A6436354' };
  return [
    record('ledger_account_type', '2', { receivable: true }),
    record('ledger_account', '5', {}, { type: '2' }),
    record('account', '26', { name: '南京扬子江阀门有限公司', code: 'C00041' }, { merged_into: null }),
    record('identifier', '23', tax, { account: '26' }),
    record('order', '75', { state: 'processing', currency: 'CNY' }, { account: '26' }),
    record('order_line', '151', { quantity: '4', unit_price: '1850' }, { order: '75' }),
    record('order_line', '152', { quantity: '2', unit_price: '6200' }, { order: '75' }),
    record('invoice_line', '141', { quantity: '4' }, { invoice: '69', order_line: '151' }),
    record('invoice', '69', { number: '68' }, { account: '26', posting: null }),
    record('posting', '116', { posted_on: '2026-01-10' }, { invoice: '69' }),
    record('receivable_item', '373', { amount: '8362', due_on: '2026-02-09' }, { ...invoice, settlement: null }),
    record('invoice', '69', { number: '68' }, { account: '26', posting: '116' }),
    record('posting', '117', { posted_on: '2026-02-20' }, { invoice: '69' }),
    record(
      'receivable_item',
      '374',
      { amount: '-5000', due_on: null },
      { ...invoice, posting: '117', settlement: null },
    ),
    record('application', '49', {}, { item: '374', invoice: '69' }),
    record('account', '7', { name: 'Yangzijiang Valve' }, { merged_into: null }, 'crm'),
    record('identifier', '8', tax, { account: '7' }, 'crm'),
    record('contact', '9', { type: 'email', value: 'ap@valve.example' }, { account: '7' }, 'crm'),
  ];
}

const ID = birthIdOf('erp', '26');

describe('reconcileRecords', () => {
  it('makes one customer of two accounts, with its open items and orders', async () => {
    const store = new MemoryReconcileStore();
    await reconcile(store, story());
    expect(store.customers.get(ID)).toMatchObject({
      version: 1,
      name: '南京扬子江阀门有限公司',
      summary: {
        attributes: {
          email: { value: 'ap@valve.example', system: 'crm', account: '7' },
          tax_id: { value: '91330405W7A6436354' },
        },
        receivables: [{ currency: 'CNY', open: '3362', unapplied: '0', items: 1 }],
        openOrders: [{ currency: 'CNY', amount: '12400', orders: 1 }],
        isCustomer: true,
      },
    });
    expect(store.customers.get(ID)!.summary.accounts.map(({ system, link }) => [system, link])).toEqual([
      ['crm', 'tax:cn_uscc:91330405W7A6436354'],
      ['erp', 'tax:cn_uscc:91330405W7A6436354'],
    ]);
  });

  it('keeps every version of an item with when it became known, and none that says nothing new', async () => {
    const store = new MemoryReconcileStore();
    const records = story();
    await reconcile(store, records.slice(0, 11));
    await reconcile(store, records);
    await reconcile(store, records);
    const ofInvoice = store.itemVersions.filter(({ key }) => key === '373');
    expect(ofInvoice.map(({ item, knownAt }) => [item?.openAmount, knownAt])).toEqual([
      ['8362', NOW],
      ['3362', NOW],
    ]);
  });

  it('tells of a customer whose reported balance changed, so that it is rated again', async () => {
    const store = new MemoryReconcileStore();
    await reconcile(store, story());
    const version = () => store.customers.get(ID)!.version;
    const balance = (amount: string) => record('balance', '26/20', { as_of: '2026-11-20', amount }, { account: '26' });
    await reconcile(store, [balance('3362')]);
    expect(version()).toBe(2);
    await reconcile(store, [balance('3362'), record('balance', '9/20', { amount: '1' }, { account: 'unknown' })]);
    expect(version()).toBe(2);
    await reconcile(store, [record('balance', '26/20', null)]);
    expect(version()).toBe(3);
    expect(Number(store.published.at(-1)?.messages[0]?.headers?.['ce_sequence'])).toBe(3);
  });

  it('tells of a customer to which others come or from which they go', async () => {
    const store = new MemoryReconcileStore();
    await reconcile(store, story());
    const version = () => store.customers.get(ID)!.version;
    await reconcile(store, [record('account', '27', { name: '分公司' }, { merged_into: null, parent: '26' })]);
    expect([version(), store.accounts.get('erp/27')!.profile.parent]).toEqual([2, '26']);
    expect(store.customers.get(birthIdOf('erp', '27'))!.summary.accounts[0]).toMatchObject({ parent: '26' });
    await reconcile(store, [record('account', '27', { name: '分公司二' }, { merged_into: null, parent: '26' })]);
    expect(version()).toBe(2);
    await reconcile(store, [record('account', '27', { name: '分公司二' }, { merged_into: null, parent: '27' })]);
    expect([version(), store.accounts.get('erp/27')!.profile.parent]).toEqual([3, undefined]);
  });

  it('ends in the same state for any order, any batches and any repetition', async () => {
    const records = story();
    const expected = new MemoryReconcileStore();
    await reconcile(expected, records);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...records, ...records.slice(3, 9)], { minLength: records.length + 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (shuffled, size) => {
          const store = new MemoryReconcileStore();
          for (let i = 0; i < shuffled.length; i += size) await reconcile(store, shuffled.slice(i, i + size));
          expect(stateOf(store)).toEqual(stateOf(expected));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends there too when batches put off what they can, and it is caught up now and then', async () => {
    const records = story();
    const expected = new MemoryReconcileStore();
    await reconcile(expected, records);
    const shuffles = fc.shuffledSubarray([...records, ...records.slice(3, 9)], { minLength: records.length + 6 });
    const steps = fc.infiniteStream(fc.record({ size: fc.integer({ min: 1, max: 5 }), isCaughtUp: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(shuffles, steps, async (shuffled, each) => {
        const store = new MemoryReconcileStore();
        for (let at = 0; at < shuffled.length;) {
          const { size, isCaughtUp } = each.next().value!;
          await reconcile(store, shuffled.slice(at, at + size), 'later');
          if (isCaughtUp) await catchUp(store);
          at += size;
        }
        await catchUp(store);
        expect(stateOf(store)).toEqual(stateOf(expected));
        expect([store.putOff.size, store.customersPutOff.size]).toEqual([0, 0]);
        expect(retiredWithoutHeir(store)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('does not write or publish anything for what it knows', async () => {
    const store = new MemoryReconcileStore();
    const records = story();
    await reconcile(store, records);
    const [before, published] = [stateOf(store), store.published.length];
    await reconcile(store, records);
    expect([stateOf(store), store.customers.get(ID)!.version, store.published.length]).toEqual([before, 1, published]);
  });

  it('settles the group when its reconciliation comes, and opens it again when that is undone', async () => {
    const store = new MemoryReconcileStore();
    await reconcile(store, story());
    const settled = (settlement: string | null): SourceRecord[] => [
      record(
        'receivable_item',
        '373',
        { amount: '5000', due_on: '2026-02-09' },
        { account: '26', ledger_account: '5', posting: '116', settlement },
      ),
      record(
        'receivable_item',
        '374',
        { amount: '-5000', due_on: null },
        { account: '26', ledger_account: '5', posting: '117', settlement },
      ),
    ];
    await reconcile(store, settled('41'));
    expect(store.items.get('erp/373')).toMatchObject({ openAmount: '0', settledOn: '2026-02-20' });
    expect(store.customers.get(ID)!.summary.receivables).toEqual([]);
    await reconcile(store, [record('posting', '117', { posted_on: '2026-03-01' }, { invoice: '69' })]);
    expect(store.items.get('erp/373')).toMatchObject({ settledOn: '2026-03-01' });
    await reconcile(store, [...settled(null), record('application', '49', null)]);
    expect(store.items.get('erp/373')).toMatchObject({ openAmount: '5000', settledOn: null, settlements: [] });
  });

  it('still knows what a cleared payment paid when its settlement comes later', async () => {
    const store = new MemoryReconcileStore();
    await reconcile(store, story());
    const cleared = (key: string, amount: string, posting: string): SourceRecord => {
      const refs = { account: '26', ledger_account: '5', posting, settlement: '41' };
      return record('receivable_item', key, { amount }, refs);
    };
    const payment = { type: 'part_payment', invoiceKey: '69', openAmount: '0' };
    await reconcile(store, [cleared('373', '5000', '116'), cleared('374', '-5000', '117')]);
    expect(store.items.get('erp/374')).toMatchObject(payment);
    await reconcile(store, [record('settlement', '41', { settled_on: '2026-03-02' })]);
    expect(store.items.get('erp/374')).toMatchObject(payment);
  });

  it('retires a customer whose account joins another one, and gives it back when the identifier goes', async () => {
    const store = new MemoryReconcileStore();
    const records = story();
    const identifier = records.splice(-2, 1);
    await reconcile(store, records);
    const crm = birthIdOf('crm', '7');
    expect(store.customers.get(crm)).toMatchObject({ status: 'active', version: 1 });
    await reconcile(store, identifier);
    expect(store.customers.get(crm)).toMatchObject({ status: 'retired', mergedInto: ID, version: 2 });
    await reconcile(store, [record('identifier', '8', null, {}, 'crm')]);
    expect(store.customers.get(crm)).toMatchObject({ status: 'active', mergedInto: null, version: 3 });
    expect(store.published.flatMap(({ messages }) => messages.map(({ headers }) => headers!['ce_type']))).toEqual(
      expect.arrayContaining(['syncline.customer.merged.v1', 'syncline.customer.split.v1']),
    );
  });

  it('takes a person at their word, and takes it back', async () => {
    const store = new MemoryReconcileStore();
    await reconcile(store, story());
    const before = stateOf(store);
    const decide = new DecideIdentity({
      store,
      rules: RULES,
      clock: { now: () => 0, elapsed: () => 0, today: () => '2026-11-20' },
      newId: () => 'd1',
      afterCommit: () => undefined,
    });
    await decide.decide({
      verdict: 'different',
      a: { system: 'erp', key: '26' },
      b: { system: 'crm', key: '7' },
      reason: 'another branch',
      by: 'mei',
    });
    expect(store.accounts.get('crm/7')!.customerId).toBe(birthIdOf('crm', '7'));
    await reconcile(store, [
      record('contact', '9', { type: 'email', value: 'new@valve.example' }, { account: '7' }, 'crm'),
    ]);
    expect(store.accounts.get('crm/7')!.customerId).toBe(birthIdOf('crm', '7'));
    await reconcile(store, [
      record('contact', '9', { type: 'email', value: 'ap@valve.example' }, { account: '7' }, 'crm'),
    ]);
    await decide.revoke('d1', 'mei');
    expect(stateOf(store).customers).toEqual(before.customers);
    await expect(decide.revoke('d1', 'mei')).rejects.toMatchObject({ code: 'DECISION_REVOKED' });
  });
});

/** All that must not depend on how the input came; versions of customers count folds and may. */
function stateOf(store: MemoryReconcileStore): Record<string, unknown> {
  const rows = <R>(table: Map<string, R>): [string, R][] => [...table].sort(([x], [y]) => (x < y ? -1 : 1));
  const customers = rows(store.customers)
    .filter(([, row]) => row.status === 'active')
    .map(([id, { summary, name, hash }]) => ({ id, summary, name, hash }));
  const records = rows(store.records).map(([id, { origin: _origin, ...rest }]) => ({ id, ...rest }));
  return { records, items: rows(store.items), orders: rows(store.orders), accounts: rows(store.accounts), customers };
}
