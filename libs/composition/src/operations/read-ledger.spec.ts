import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '@syncline/engine/store';
import { SqliteStoreSettings } from '@syncline/platform';
import { aCustomer, anAccount, aReceivableItem } from '@syncline/testing';
import { storeConfigOf } from '../engine/engine-config';
import { loadInstallation } from '../installation';
import { readLedger } from './read-ledger';

describe('reading the ledger of an installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncline-ledger-'));
  const shipped = loadInstallation('config', { profile: 'embedded', env: {} });
  const store = Object.assign(new SqliteStoreSettings(), { kind: 'sqlite', path: join(folder, 'syncline.db') });
  const config = { ...shipped, profile: { ...shipped.profile, store } };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives every item of every rated customer, however old and settled', async () => {
    const opened = await createStore(storeConfigOf(config));
    await opened.migrate();
    const old = aReceivableItem({
      key: 'i0',
      postedOn: '2019-01-01',
      dueOn: '2019-01-31',
      settledOn: '2019-02-01',
      openAmount: '0',
    });
    await opened.reconcile.transact(null, async (tx) => {
      await tx.customers.save([aCustomer(), aCustomer({ id: 'c2' })]);
      const other = anAccount({ key: 'a2', customerId: 'c2', birthId: 'c2' });
      await tx.accounts.save([anAccount(), other].map((account) => ({ account, before: undefined })));
      await tx.documents.saveItems([aReceivableItem(), old, aReceivableItem({ key: 'i2', accountKey: 'a2' })], []);
    });
    await expect(readLedger(config)).rejects.toMatchObject({ code: 'EMBEDDED_STORE_IN_USE' });
    await opened.close();

    const { customers, converterInto } = await readLedger(config);
    expect(customers.map(({ id, items }) => [id, items.map(({ key }) => key).sort()])).toEqual([
      ['c1', ['i0', 'i1']],
      ['c2', ['i2']],
    ]);
    const converterOn = converterInto('CNY');
    expect(converterOn('2026-01-01').factor('erp', 'CNY')?.toString()).toBe('1');
    expect(converterOn('2026-01-01').factor('erp', 'USD')).toBeNull();
    expect(converterOn('2026-01-01')).toBe(converterOn('2026-01-01'));
  });
});
