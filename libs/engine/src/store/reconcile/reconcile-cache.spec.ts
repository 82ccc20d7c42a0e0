import { anAccount } from '@syncline/testing';
import type { AccountRow } from '@syncline/pipeline/reconcile';
import type { Store } from '../create-store';
import { temporarySqliteStore } from '../testing/temporary-stores';
import { ReconcileCache } from './reconcile-cache';
import { SqlReconcileStore } from './sql-reconcile-store';

describe('what reconcile remembers', () => {
  let stores: Store;
  let close: () => Promise<void>;
  /** Batches are reconciled on another thread than the one that takes people's decisions. */
  let thread: SqlReconcileStore;
  let offset: number;

  beforeEach(async () => {
    ({ stores, close } = await temporarySqliteStore());
    thread = new SqlReconcileStore(stores.dialect, new ReconcileCache());
    offset = 0;
  });
  afterEach(() => close());

  const position = () => ({ stage: 'reconcile', topic: 't', partition: 0, from: offset, next: ++offset });
  const account = anAccount({ system: 'erp', key: '1', customerId: 'a' });

  async function save(store: SqlReconcileStore | Store['reconcile'], row: AccountRow, decided: boolean): Promise<void> {
    await store.transact(decided ? null : position(), async (tx) => {
      const [before] = await tx.accounts.load([row]);
      await tx.accounts.save([{ account: row, before }]);
    });
  }

  async function customerIn(store: SqlReconcileStore | Store['reconcile'], decided: boolean): Promise<string[]> {
    const found: string[] = [];
    await store.transact(decided ? null : position(), async (tx) => {
      found.splice(0, 1, ...(await tx.accounts.load([account])).map(({ customerId }) => customerId));
    });
    return found;
  }

  it('is forgotten where a decision was taken meanwhile', async () => {
    await save(thread, account, false);
    expect(await customerIn(thread, false)).toEqual(['a']);
    await save(stores.reconcile, { ...account, customerId: 'b' }, true);
    expect(await customerIn(thread, false)).toEqual(['b']);
  });

  it('does not hide from a decision what was reconciled since the last one', async () => {
    await save(thread, account, false);
    expect(await customerIn(stores.reconcile, true)).toEqual(['a']);
    await save(thread, { ...account, customerId: 'b' }, false);
    expect(await customerIn(stores.reconcile, true)).toEqual(['b']);
  });
});
