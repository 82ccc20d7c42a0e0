import type { MatchingModel, MatchRecord } from '@syncline/identity';
import { sourceVersion } from '@syncline/model';
import { MemoryDeadLetterStore, MemoryReconcileStore } from '@syncline/testing';
import { TOPICS } from '../shared/topics';
import { StreamMatching } from './matching/stream-matching';
import { ReconcileBatch } from './reconcile-batch';
import { IdentityResolver } from './resolve-identity';

/** Equal names are one customer. */
const byName: MatchingModel = {
  fingerprint: 'by name',
  thresholds: { organisation: { match: 0, review: 0 }, person: { match: 0, review: 0 } },
  maxBlockSize: 10,
  prepare: ({ ref, kind, attributes }: MatchRecord) => ({ ref, kind, blockingKeys: [attributes['name']![0]!] }),
  compare: () => ({ weight: 1, probability: 0.9, verdict: 'match', veto: null, comparisons: [] }),
};

class Stage {
  readonly store = new MemoryReconcileStore();
  readonly deadLetters = new MemoryDeadLetterStore();
  now = 0;
  private next = 0;
  private batch = this.process();

  /** A process after another on the same store. */
  restart(): void {
    this.batch = this.process();
  }

  /** The partition moves to a process on the same store. */
  moveTo(other: ReconcileBatch): void {
    this.batch = other;
  }

  begin(): Promise<void> {
    return this.batch.begin();
  }

  async take(names: readonly string[], behind: number, signal?: AbortSignal): Promise<void> {
    const from = this.next;
    this.next += names.length;
    await this.takeFrom(from, names, behind, signal);
  }

  async takeFrom(from: number, names: readonly string[], behind: number, signal?: AbortSignal): Promise<void> {
    const messages = names.map((name, at) => {
      const offset = from + at;
      const record = {
        ...{ system: 'erp', kind: 'account', key: `${offset}`, version: sourceVersion([offset]), deleted: false },
        ...{ fields: { name }, refs: {}, origin: { topic: 't', partition: 0, offset, mapping: 'm@1' } },
      };
      return { key: null, value: Buffer.from(JSON.stringify(record)), timestamp: 0, offset };
    });
    await this.batch.handle({ topic: TOPICS.records, partition: 0, messages, behind }, { signal });
  }

  get customers(): number {
    return new Set([...this.store.accounts.values()].map(({ customerId }) => customerId)).size;
  }

  process(): ReconcileBatch {
    return new ReconcileBatch({
      store: this.store,
      deadLetters: this.deadLetters,
      rules: {
        currencyOf: () => 'CNY',
        crossReferences: new Map(),
        survivorship: { priorityOf: () => 1, ruleOf: () => ({ rule: 'priority' }) },
        identity: new IdentityResolver(() => 1, new StreamMatching(byName)),
      },
      clock: { now: () => 0, elapsed: () => this.now },
      metrics: { count: () => undefined, gauge: () => undefined, observe: () => undefined },
      afterCommit: () => undefined,
    });
  }
}

describe('a batch of records', () => {
  it('has its accounts matched at once when nothing waits behind it', async () => {
    const stage = new Stage();
    await stage.take(['a', 'a', 'b'], 0);
    expect([stage.customers, stage.store.putOff.size]).toEqual([2, 0]);
  });

  it('puts its accounts off while more are waiting, and the last one matches them all', async () => {
    const stage = new Stage();
    await stage.take(['a', 'a'], 3);
    await stage.take(['b', 'b'], 1);
    expect([stage.customers, stage.store.putOff.size]).toEqual([4, 4]);
    await stage.take(['a'], 0);
    expect([stage.customers, stage.store.putOff.size]).toEqual([2, 0]);
  });

  it('matches the accounts of a large one apart, page by page', async () => {
    const stage = new Stage();
    const pages: number[] = [];
    const { store } = stage;
    const between = store.transactBetween.bind(store);
    jest.spyOn(store, 'transactBetween').mockImplementation((work) => {
      pages.push(store.putOff.size);
      return between(work);
    });
    await stage.begin();
    pages.length = 0;
    await stage.take(
      Array.from({ length: 1_200 }, (_, at) => `${at % 600}`),
      0,
    );
    expect(pages).toEqual([1_200, 700, 200, 0]);
    expect([stage.customers, store.putOff.size]).toEqual([600, 0]);
  });

  it('folds customers once for all batches of a backlog, or when they waited for a minute', async () => {
    const stage = new Stage();
    const folded = () => [...stage.store.customers.values()].map(({ version }) => version);
    await stage.take(['a', 'b'], 5);
    stage.now = 59_999;
    await stage.take(['c', 'd'], 3);
    expect(folded()).toEqual([]);
    stage.now = 60_000;
    await stage.take(['e'], 2);
    expect(folded()).toEqual([1, 1, 1, 1, 1]);
    await stage.take(['f'], 1);
    expect(stage.store.customersPutOff.size).toBe(1);
    await stage.take(['g'], 0);
    expect(folded()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('leaves what was put off to the next process when it is stopped', async () => {
    const stage = new Stage();
    await stage.take(['a', 'a'], 1);
    await stage.take(['a'], 0, AbortSignal.abort());
    expect([stage.customers, stage.store.putOff.size]).toEqual([3, 2]);
    stage.restart();
    await stage.begin();
    expect([stage.customers, stage.store.putOff.size]).toEqual([1, 0]);
  });

  it('does what another process had put off, once its partition has moved here', async () => {
    const stage = new Stage();
    const other = stage.process();
    await other.begin();
    await stage.take(['a', 'a'], 1);
    stage.moveTo(other);
    await stage.take(['b'], 0);
    expect([stage.customers, stage.store.putOff.size, stage.store.customersPutOff.size]).toEqual([2, 0, 0]);
  });

  it('does what was put off when the last batch comes again to another process', async () => {
    const stage = new Stage();
    const other = stage.process();
    await other.begin();
    await stage.take(['a', 'a'], 1);
    await stage.take(['a'], 0, AbortSignal.abort());
    stage.moveTo(other);
    await stage.takeFrom(2, ['a'], 0);
    expect([stage.customers, stage.store.putOff.size, stage.store.customersPutOff.size]).toEqual([1, 0, 0]);
  });
});
