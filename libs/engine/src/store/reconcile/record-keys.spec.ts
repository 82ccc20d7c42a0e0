import { aStoredRecord } from '@syncline/testing';
import type { Store } from '../create-store';
import { temporarySqliteStore } from '../testing/temporary-stores';
import { RecordKeys } from './record-keys';

describe('the keys of records', () => {
  let stores: Store;
  let close: () => Promise<void>;

  beforeEach(async () => ({ stores, close } = await temporarySqliteStore()));
  afterEach(() => close());

  it('are read from the store page by page, with the references', async () => {
    const records = ['1', '10', '2', '键"', 'a\u0000b'].map((key) =>
      aStoredRecord({ kind: 'order_line', key, refs: { order: `o${key}` } }),
    );
    await stores.reconcile.transact(null, (tx) =>
      tx.records.save(records.map((record) => ({ record, before: undefined }))),
    );
    const keys = await stores.dialect.transaction((tx) => RecordKeys.read(tx, 2));
    for (const { system, kind, key } of records) {
      expect(keys?.records.mayHave([system, kind, key])).toBe(true);
      expect(keys?.referrers.mayHave([system, 'order', `o${key}`, kind])).toBe(true);
    }
    expect(keys?.records.mayHave(['erp', 'order_line', '3'])).toBe(false);
    expect(keys?.referrers.mayHave(['erp', 'order', 'o3', 'order_line'])).toBe(false);
  });
});
