import { aStoredRecord, positionOf } from '@syncline/testing';
import type { SqlTransaction } from './dialect/sql-dialect';
import { SqlRecordTable } from './reconcile/sql-record-table';
import { ACCOUNT_IDENTITY_KEY } from './schema/tables';
import { createStore, type Store } from './create-store';
import { PostgresSuite } from './testing/temporary-stores';
import { transactStage } from './unit-of-work';

describe('PostgreSQL when things go wrong', () => {
  const suite = new PostgresSuite();
  let store: Store;
  let close: () => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    const made = await suite.factory();
    store = made.stores;
    close = made.close;
  });
  afterEach(() => close());
  afterAll(() => suite.end());

  it('a connection that is cut in the middle of a batch leaves nothing, and the next one works', async () => {
    const position = positionOf('reconcile', 0, 5);
    const record = aStoredRecord();
    const cut = transactStage(store.dialect, 'reconcile', position, async (tx) => {
      await new SqlRecordTable(tx).save([{ record, before: undefined }]);
      const [backend] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await store.dialect.reader.query('SELECT pg_terminate_backend(?::int)', [backend?.pid ?? 0]);
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', kind: 'transient' });
    const offsets: number[] = [];
    await store.reconcile.transact(position, async (tx, first) => {
      offsets.push(first);
      expect(await tx.records.load([record])).toEqual([]);
    });
    expect(offsets).toEqual([0]);
  });

  it('a deadlock is solved by running the victim again', async () => {
    await store.dialect.transaction((tx) => tx.insert(ACCOUNT_IDENTITY_KEY, [keyRow('a'), keyRow('b')]));
    const barrier = meeting(2);
    const touchBoth = (first: string, second: string): Promise<void> =>
      store.dialect.transaction(async (tx) => {
        await touch(tx, first);
        await barrier();
        await touch(tx, second);
      });
    await Promise.all([touchBoth('a', 'b'), touchBoth('b', 'a')]);
  });

  it('a value out of range is the input’s fault, an unknown table the installation’s', async () => {
    const overflow = store.dialect.reader.query("SELECT ('1' || repeat('0', 40))::numeric(38,10)");
    await expect(overflow).rejects.toMatchObject({ code: 'STORE_VALUE_REFUSED', kind: 'poison' });
    await expect(store.dialect.reader.query('SELECT 1 FROM nowhere')).rejects.toMatchObject({
      code: 'STORE_STATEMENT_FAILED',
      kind: 'fatal',
    });
  });

  it('a server that is not there is unavailable', async () => {
    await expect(createStore({ kind: 'postgres', url: 'postgres://x:y@127.0.0.1:9/none' })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });

  it('migrates from several processes at once', async () => {
    await Promise.all([store.migrate(), store.migrate(), store.migrate()]);
    await store.ping();
  });
});

function keyRow(key: string): Record<string, string> {
  return { identity_key: key, system: 'erp', key };
}

async function touch(tx: SqlTransaction, key: string): Promise<void> {
  await tx.execute('UPDATE account_identity_key SET system = system WHERE identity_key = ?', [key]);
}

/** Resolves for everyone once `count` have come; later comers pass at once. */
function meeting(count: number): () => Promise<void> {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come >= count) open();
    return opened;
  };
}
