import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, type Store } from '@syncline/engine/store';
import { TOPICS, type LogBatch, type TopicMessages } from '@syncline/pipeline/shared';
import { loadInstallation } from '../installation';
import { reconcileSettings } from '../stages/reconcile-rules';
import { ReconcileThread, type ReconcileThreadParts } from './reconcile-thread';

/** Lets the thread run this repository's TypeScript. */
const TYPESCRIPT = { execArgv: ['-r', join(process.cwd(), 'test/e2e/support/swc-register.cjs')] };

function account(key: string, name: string): Record<string, unknown> {
  const origin = { topic: 't', partition: 0, offset: 0, mapping: 'm@1', at: '2026-01-01T00:00:00.000Z' };
  return { system: 'erp', kind: 'account', key, version: '1', deleted: false, fields: { name }, refs: {}, origin };
}

function batchOf(values: unknown[], from = 0, behind = 0): LogBatch {
  const messages = values.map((value, at) => ({
    key: Buffer.from(String(at)),
    value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    timestamp: 0,
    offset: from + at,
  }));
  return { topic: TOPICS.records, partition: 0, messages, behind };
}

describe('reconcile on a thread of its own', () => {
  let folder: string;
  let store: Store;
  let thread: ReconcileThread;
  let appended: TopicMessages[];
  let counted: [string, number][];
  let lost: Error[];
  let refuse: Error | null;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'syncline-thread-'));
    store = await createStore({ kind: 'sqlite', path: join(folder, 'syncline.db') });
    await store.migrate();
    [appended, counted, lost, refuse] = [[], [], [], null];
    const parts: ReconcileThreadParts = {
      log: {
        append: (batches) => {
          if (refuse) return Promise.reject(refuse);
          appended.push(...batches);
          return Promise.resolve();
        },
      },
      metrics: {
        count: (name, _labels, n = 1) => void counted.push([name, n]),
        gauge: () => undefined,
        observe: () => undefined,
      },
      onRelayError: () => (refuse = null),
      onLost: (error) => lost.push(error),
    };
    const config = loadInstallation('config', { profile: 'embedded', env: {} });
    thread = await ReconcileThread.start({ file: store.file!, settings: reconcileSettings(config) }, parts, TYPESCRIPT);
  }, 60_000);

  afterEach(async () => {
    await thread.stop();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
    expect(lost).toEqual([]);
  });

  const subjects = (): (string | undefined)[] =>
    appended.flatMap(({ messages }) => messages.map(({ headers }) => headers?.['ce_type']));

  it('stores a batch, tells what it counted, and publishes through the log of the process', async () => {
    await thread.handle(batchOf([account('1', '甲'), account('2', '乙')]));
    await thread.drained();
    expect(subjects()).toEqual(['syncline.customer.changed.v1', 'syncline.customer.changed.v1']);
    expect(counted).toEqual([
      ['syncline_records_total', 2],
      ['syncline_customers_folded_total', 2],
    ]);
    const names = await store.dialect.reader.query<{ name: string }>('SELECT name FROM customer ORDER BY name');
    expect(names.map(({ name }) => name).sort()).toEqual(['乙', '甲'].sort());
  });

  it('applies a repeated batch once, and puts what it can not read to the dead letters', async () => {
    await thread.handle(batchOf([account('1', '甲'), 'no JSON']));
    await thread.handle(batchOf([account('1', '甲'), 'no JSON']));
    await thread.drained();
    expect(subjects()).toHaveLength(1);
    expect(await store.dialect.reader.query('SELECT error_code FROM dead_letter')).toEqual([
      { error_code: 'RECORD_MALFORMED' },
    ]);
  });

  it('takes turns with a writer of the process', async () => {
    const writes = Array.from({ length: 20 }, (_, at) =>
      store.dialect.transaction((tx) => tx.execute("INSERT INTO outbox (stage, messages) VALUES ('x', ?)", [`${at}`])),
    );
    const batches = Array.from({ length: 20 }, (_, at) => thread.handle(batchOf([account(`${at}`, '甲')], at)));
    await Promise.all([...writes, ...batches]);
    expect(await store.dialect.reader.query("SELECT COUNT(*) AS n FROM outbox WHERE stage = 'x'")).toEqual([{ n: 20 }]);
    expect(await store.dialect.reader.query('SELECT COUNT(*) AS n FROM account')).toEqual([{ n: 20 }]);
  });

  it('matches what it put off with the last batch, and leaves the rest when the process waits no longer', async () => {
    const waiting = async (): Promise<number> =>
      (await store.dialect.reader.query<{ n: number }>('SELECT COUNT(*) AS n FROM match_due'))[0]!.n;
    const some = Array.from({ length: 501 }, (_, at) => account(`${at}`, `甲${at}`));
    await thread.handle(batchOf(some, 0, 1));
    expect(await waiting()).toBe(501);
    await thread.handle(batchOf([account('501', '乙')], 501), { signal: AbortSignal.abort() });
    expect(await waiting()).toBe(1);
    await thread.handle(batchOf([account('502', '丙')], 502));
    expect(await waiting()).toBe(0);
  });

  it('tells of a failed append and tries again', async () => {
    refuse = new Error('the log is away');
    await thread.handle(batchOf([account('1', '甲')]));
    await thread.drained();
    expect(subjects()).toHaveLength(1);
  });
});
