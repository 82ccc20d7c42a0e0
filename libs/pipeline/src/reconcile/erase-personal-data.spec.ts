import { birthIdOf } from '@syncline/identity';
import { sourceVersion, type RecordKind, type SourceRecord } from '@syncline/model';
import { MemoryReconcileStore } from '@syncline/testing';
import { ErasePersonalData } from './erase-personal-data';
import { StreamMatching } from './matching/stream-matching';
import { reconcileRecords, type ReconcileRules } from './reconcile-records';
import { IdentityResolver } from './resolve-identity';

const priorityOf = (system: string): number => (system === 'erp' ? 1 : 2);
const RULES: ReconcileRules = {
  currencyOf: () => 'CNY',
  crossReferences: new Map(),
  survivorship: { priorityOf, ruleOf: () => ({ rule: 'priority' }) },
  identity: new IdentityResolver(priorityOf, new StreamMatching(null)),
};
const ID = birthIdOf('erp', '26');
const SECRETS = ['张三', '李四', '13800138000', 'a@b.example', '长江路', '91330405W7A6436354'];

function record(
  lsn: number,
  kind: RecordKind,
  key: string,
  fields: SourceRecord['fields'],
  refs: SourceRecord['refs'] = {},
  system = 'erp',
): SourceRecord {
  const origin = { topic: 't', partition: 0, offset: lsn, mapping: 'm@1' };
  return { system, kind, key, version: sourceVersion([lsn]), deleted: false, fields, refs, origin };
}

/** A person with an open invoice in the ERP, known to the CRM by the same tax id. */
const story = (): SourceRecord[] => [
  record(1, 'account', '26', { name: '张三', is_person: true, given_name: '三', surname: '张', code: 'C26' }),
  record(2, 'identifier', '1', { scheme: 'cn_uscc', value: '91330405W7A6436354' }, { account: '26' }),
  record(3, 'contact', '1', { type: 'phone', value: '13800138000', name: '李四' }, { account: '26' }),
  record(4, 'address', '1', { street: '长江路', city: '南京' }, { account: '26' }),
  record(5, 'ledger_account_type', '2', { receivable: true }),
  record(6, 'ledger_account', '5', {}, { type: '2' }),
  record(7, 'posting', '116', { posted_on: '2026-01-10' }),
  record(
    8,
    'receivable_item',
    '373',
    { amount: '8362', due_on: '2026-02-09' },
    { account: '26', ledger_account: '5', posting: '116', settlement: null },
  ),
  record(9, 'account', '7', { name: '张三' }, {}, 'crm'),
  record(10, 'identifier', '8', { scheme: 'cn_uscc', value: '91330405W7A6436354' }, { account: '7' }, 'crm'),
  record(11, 'contact', '9', { type: 'email', value: 'a@b.example' }, { account: '7' }, 'crm'),
];

describe('erasing what is personal of a customer', () => {
  let store: MemoryReconcileStore;
  const reconcile = (records: SourceRecord[]): Promise<void> =>
    store.transact(null, async (tx) => void (await reconcileRecords(tx, records, RULES, '2026-11-20T00:00:00.000Z')));
  const erase = (customerId = ID) =>
    new ErasePersonalData({
      store,
      rules: RULES,
      clock: { now: () => 0 },
      newId: () => `d${store.decisions.size}`,
      afterCommit: () => undefined,
    }).erase({ customerId, reason: 'request 17', by: 'key:a' });
  const leftOver = (): string[] => {
    const { records, accounts, customers, prepared } = store;
    const text = JSON.stringify([[...records], [...accounts], [...customers], [...prepared]]);
    return SECRETS.filter((secret) => text.includes(secret));
  };

  beforeEach(async () => {
    store = new MemoryReconcileStore();
    await reconcile(story());
    expect(leftOver()).toEqual(SECRETS);
  });

  it('leaves no value of it, and every sum', async () => {
    const before = store.customers.get(ID)!;
    expect(await erase()).toEqual({ accounts: 2, records: 7, values: 10 });
    expect(leftOver()).toEqual([]);
    const after = store.customers.get(ID)!;
    expect(after).toMatchObject({ status: 'active', name: null, version: before.version + 1 });
    expect(after.summary.receivables).toEqual(before.summary.receivables);
    expect(after.summary.accounts.map(({ system, key, code }) => [system, key, code])).toEqual([
      ['crm', '7', null],
      ['erp', '26', 'C26'],
    ]);
    expect(store.published.at(-1)!.messages[0]!.value!.toString()).not.toContain('张三');
  });

  it('does nothing a second time, or for nobody', async () => {
    await erase();
    const published = store.published.length;
    expect(await erase()).toEqual({ accounts: 2, records: 0, values: 0 });
    expect(await erase('nobody')).toEqual({ accounts: 0, records: 0, values: 0 });
    expect([store.published.length, store.decisions.size]).toEqual([published, 1]);
  });

  it('is not undone by messages that come again, and what the source sends anew counts', async () => {
    await erase();
    await reconcile(story());
    expect(leftOver()).toEqual([]);
    await reconcile([record(99, 'account', '26', { name: '王五', is_person: true, code: 'C26' })]);
    expect(store.customers.get(ID)!.name).toBe('王五');
    expect(leftOver()).toEqual([]);
  });
});
