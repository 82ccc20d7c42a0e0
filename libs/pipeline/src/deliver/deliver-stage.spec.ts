import { MemoryDeliveryStore } from '@syncline/testing';
import { TOPICS } from '../shared/topics';
import { DeliverStage } from './deliver-stage';
import {
  AMBIGUOUS,
  BUSY,
  CONFLICT,
  FakeTarget,
  HandQueue,
  LOGGED_OUT,
  rating,
  REFUSED,
  THROTTLED,
} from './deliver-stage.fixture';
import { targetDescription } from './target';

const START = Date.parse('2026-11-20T00:00:00Z');

describe('deliver stage', () => {
  let store: MemoryDeliveryStore;
  let target: FakeTarget;
  let queue: HandQueue;
  let now: number;
  /** How far the wall clock was set forth or back. */
  let clockStep: number;
  let stage: DeliverStage;
  const waits: { ms: number; run: () => void }[] = [];

  const timers = {
    after: (ms: number, run: () => void) => {
      const wait = { ms, run };
      waits.push(wait);
      return () => void waits.splice(waits.indexOf(wait), waits.includes(wait) ? 1 : 0);
    },
  };

  const open = async (more: Record<string, unknown> = {}): Promise<void> => {
    const file = { name: 'erp', system: 'erp', adapter: 'fake', config: {}, ...more };
    stage = new DeliverStage({
      store,
      deadLetters: { save: async () => undefined },
      queue,
      targets: [targetDescription(file, 'erp.yaml')],
      adapters: [target.adapter],
      secrets: { resolve: async (given) => given },
      clock: { now: () => now + clockStep, elapsed: () => now, today: () => '2026-11-20' },
      log: { warn: () => undefined, error: () => undefined },
      random: () => 0.5,
      timers,
    });
    await stage.start();
  };

  const rate = async (customerId: string, version: number, limit: string | null): Promise<void> => {
    store.ratings.set(customerId, rating(customerId, version, limit));
    const message = { key: Buffer.from(customerId), value: Buffer.from('{}'), timestamp: now, offset: version };
    await stage.handle({ topic: TOPICS.ratings, partition: 0, messages: [message] });
  };

  const account = (customerId: string, key: string, system = 'erp') =>
    store.accounts.push({ system, customerId, key, code: `C-${key}` });

  const types = (): string[] =>
    store.published.flatMap(({ messages }) => messages.map(({ headers }) => headers?.ce_type ?? ''));

  beforeEach(() => {
    waits.length = 0;
    store = new MemoryDeliveryStore();
    target = new FakeTarget();
    queue = new HandQueue();
    now = START;
    clockStep = 0;
  });

  afterEach(async () => {
    await stage.stop();
  });

  it('brings a rating to every account of the customer in the target, and confirms by reading', async () => {
    await open();
    account('c1', '1');
    account('c1', '2');
    account('c1', '9', 'crm');
    await rate('c1', 1, '500');
    expect(queue.added.map(({ queue: name, job }) => `${name} ${job.id}`)).toEqual(['deliver-erp erp-0']);
    await queue.run('erp');
    expect([...store.rows.keys()].sort()).toEqual(['erp/1', 'erp/2']);
    expect(store.row('erp', '1')).toMatchObject({
      state: 'confirmed',
      confirmedVersion: 1,
      observed: { limit: '500' },
    });
    expect(types()).toEqual(['syncline.delivery.confirmed.v1', 'syncline.delivery.confirmed.v1']);
    expect(store.attempts[0]).toMatchObject({ outcome: 'applied', before: {}, after: { limit: '500' } });
  });

  it('writes nothing that is so already', async () => {
    await open();
    account('c1', '1');
    target.values.set('1', { limit: '500' });
    await rate('c1', 1, '500');
    await queue.run('erp');
    expect(target.writes).toBe(0);
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed' });
    expect(store.attempts[0]?.outcome).toBe('unchanged');
  });

  it('names a write so that only its repetition has the same name', async () => {
    await open({ retry: { initial_ms: 1 } });
    account('c1', '1');
    await rate('c1', 1, '500');
    target.next = [{ failure: BUSY }];
    await queue.run('erp');
    now += 60_000;
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 1 });

    // Somebody changes it by hand; then the account comes to another customer, whose rating is the first, too.
    target.values.set('1', {});
    await store.retry([{ target: 'erp', accountKey: '1' }]);
    now += 1_000;
    await queue.run('erp');
    store.accounts[0]!.customerId = 'c2';
    await rate('c2', 1, '700');
    await queue.run('erp');
    expect(target.values.get('1')).toEqual({ limit: '700' });
    const [first, repeated, ...others] = target.idempotencyKeys;
    expect(repeated).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('delivers only the newest of several ratings', async () => {
    await open();
    account('c1', '1');
    await rate('c1', 1, '500');
    await rate('c1', 2, '600');
    await queue.run('erp');
    expect(target.writes).toBe(1);
    expect(store.row('erp', '1')).toMatchObject({ confirmedVersion: 2 });
  });

  it('gives an account that came to another customer the rating of that one', async () => {
    await open();
    account('c1', '1');
    await rate('c1', 1, '500');
    await queue.run('erp');
    store.ratings.set('c2', rating('c2', 1, '900'));
    store.accounts[0]!.customerId = 'c2';
    const message = { key: Buffer.from('c2'), value: Buffer.from('{}'), timestamp: now, offset: 1 };
    await stage.handle({ topic: TOPICS.customers, partition: 0, messages: [message] });
    await queue.run('erp');
    expect(target.values.get('1')).toEqual({ limit: '900' });
    expect(store.row('erp', '1')).toMatchObject({ customerId: 'c2', confirmedVersion: 1 });
  });

  it('finds a write whose answer was lost, and does not repeat it', async () => {
    await open();
    account('c1', '1');
    target.next = [{ failure: AMBIGUOUS, apply: true }];
    await rate('c1', 1, '500');
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'waiting_retry', attempts: 1, confirmedVersion: null });
    now += 1_000;
    await queue.run('erp');
    expect(target.writes).toBe(1);
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 1 });
  });

  it('waits longer after each failure and gives up after max_attempts, until someone retries', async () => {
    await open({ retry: { max_attempts: 3, initial_ms: 1_000 } });
    account('c1', '1');
    target.next = [{ failure: BUSY }, { failure: BUSY }, { failure: BUSY }];
    await rate('c1', 1, '500');
    const waited: (number | null)[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await queue.run('erp');
      const { nextAttemptAt } = store.row('erp', '1');
      waited.push(nextAttemptAt === null ? null : Date.parse(nextAttemptAt) - now);
      now += 10_000;
    }
    // Full jitter with random 0.5: half of 1 s, half of 2 s.
    expect(waited).toEqual([500, 1_000, null]);
    expect(store.row('erp', '1')).toMatchObject({ state: 'failed', errorCode: 'TARGET_RETRIES_EXHAUSTED' });
    expect(types()).toEqual(['syncline.delivery.failed.v1']);
    await store.retry([{ target: 'erp', accountKey: '1' }]);
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', attempts: 1 });
  });

  it('meets a conflict with what is there now', async () => {
    await open();
    account('c1', '1');
    target.next = [{ failure: CONFLICT }];
    await rate('c1', 1, '500');
    await queue.run('erp');
    expect(target.reads).toBe(2);
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', attempts: 1 });
  });

  it('fails at once what will never succeed, and leaves the others alone', async () => {
    await open();
    account('c1', '1');
    account('c2', '2');
    account('c3', 'nobody');
    target.next = [{ failure: REFUSED }];
    await rate('c1', 1, '500');
    await rate('c2', 1, '500');
    await rate('c3', 1, '500');
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'failed', errorCode: 'TARGET_TEST', errorClass: 'value' });
    expect(store.row('erp', '2')).toMatchObject({ state: 'confirmed' });
    expect(store.row('erp', 'nobody')).toMatchObject({ state: 'failed', errorCode: 'TARGET_ACCOUNT_MISSING' });
  });

  it('logs in again once', async () => {
    await open();
    account('c1', '1');
    target.next = [{ failure: LOGGED_OUT }];
    await rate('c1', 1, '500');
    await queue.run('erp');
    expect(target.opened).toBe(2);
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed' });
    target.next = [{ failure: LOGGED_OUT }, { failure: LOGGED_OUT }];
    await rate('c1', 2, '600');
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'waiting_retry', errorClass: 'authorization', attempts: 0 });
  });

  it('does not confirm what reading back does not show', async () => {
    await open();
    account('c1', '1');
    target.confirms = false;
    target.forgets = true;
    await rate('c1', 1, '500');
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'waiting_retry', errorCode: 'TARGET_NOT_CONFIRMED' });
    target.forgets = false;
    now += 10_000;
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed' });
  });

  it('leaves a target alone that fails, and never counts that against an account', async () => {
    await open({ breaker: { failures: 2, half_open_after_ms: 60_000 }, retry: { max_attempts: 2 } });
    account('c1', '1');
    target.down = true;
    await rate('c1', 1, '500');
    for (let pass = 0; pass < 10; pass++) {
      now += 20_000;
      await queue.run('erp');
    }
    expect(stage.status()).toMatchObject([{ target: 'erp', circuit: 'open' }]);
    // At 20 and 40 seconds, and once a minute from then on.
    expect(target.opened).toBe(4);
    expect(store.row('erp', '1')).toMatchObject({ state: 'waiting_retry', attempts: 0, errorClass: 'connection' });
  });

  it.each([-3_600_000, 3_600_000])('tries a failing target as soon when the clock is set by %d ms', async (step) => {
    await open({ breaker: { failures: 1, half_open_after_ms: 30_000 } });
    account('c1', '1');
    target.down = true;
    await rate('c1', 1, '500');
    await queue.run('erp');
    expect(stage.status()).toMatchObject([{ circuit: 'open' }]);
    clockStep = step;
    target.down = false;
    account('c2', '2');
    await rate('c2', 1, '500');
    await queue.run('erp');
    expect(store.row('erp', '2')).toMatchObject({ state: 'due' });
    now += 30_000;
    await queue.run('erp');
    expect(store.row('erp', '2')).toMatchObject({ state: 'confirmed' });
    expect(stage.status()).toMatchObject([{ circuit: 'closed' }]);
  });

  it('asks again when a pause that the target asked for is over', async () => {
    await open();
    account('c1', '1');
    target.next = [{ failure: THROTTLED }];
    await rate('c1', 1, '500');
    await queue.run('erp');
    const { nextAttemptAt, attempts } = store.row('erp', '1');
    expect(attempts).toBe(0);
    expect(Date.parse(nextAttemptAt ?? '') - now).toBeGreaterThanOrEqual(7_000);
    now += 3_000;
    account('c2', '2');
    await rate('c2', 1, '500');
    const waiting = queue.run('erp');
    now += 10_000;
    while (waits.length < 2) await Promise.resolve();
    waits.filter(({ ms }) => ms === 4_000).forEach(({ run }) => run());
    await waiting;
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed' });
    expect(store.row('erp', '2')).toMatchObject({ state: 'confirmed' });
  });

  it('gives back what it holds when a target hangs while the process stops', async () => {
    await open();
    account('c1', '1');
    target.hangs = true;
    await rate('c1', 1, '500');
    const working = queue.run('erp');
    while (!waits.some(({ ms }) => ms === 30_000)) await Promise.resolve();
    const stopping = stage.run.stop(5_000);
    for (const { run } of waits.filter(({ ms }) => ms === 5_000)) run();
    await Promise.all([working, stopping]);
    expect(store.row('erp', '1')).toMatchObject({ state: 'due', leasedUntil: null, attempts: 0 });
  });

  it('never has two workers at one account, though the clock ends a lease before its time', async () => {
    await open({ timeout_ms: 2_000, retry: { initial_ms: 1 } });
    account('c1', '1');
    target.hangs = true;
    await rate('c1', 1, '500');
    const working = queue.run('erp');
    while (target.hanging === 0) await Promise.resolve();
    target.hangs = false;
    clockStep = 10 * 3_600_000;
    await rate('c1', 2, '600');
    await queue.run('erp');
    expect(target.writes).toBe(0);
    for (const { run } of waits.filter(({ ms }) => ms === 2_000)) run();
    await working;
    now += 60_000;
    await queue.run('erp');
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 2 });
  });

  it('does not wait for an answer for ever', async () => {
    await open({ timeout_ms: 2_000 });
    account('c1', '1');
    target.hangs = true;
    await rate('c1', 1, '500');
    const working = queue.run('erp');
    while (!waits.some(({ ms }) => ms === 2_000)) await Promise.resolve();
    for (const { run } of waits.filter(({ ms }) => ms === 2_000)) run();
    await working;
    expect(store.row('erp', '1')).toMatchObject({ state: 'waiting_retry', errorCode: 'TARGET_TIMEOUT' });
  });

  it('never claims more at once than a batch, nor than the rate allows', async () => {
    await open({ batch_size: 4, rate_per_second: 6 });
    for (let index = 0; index < 6; index++) {
      account(`c${index}`, `${index}`);
      await rate(`c${index}`, 1, '500');
    }
    const working = queue.run('erp');
    while (!waits.some(({ ms }) => ms < 1_000)) await Promise.resolve();
    // Four, then the two that the rate still allows; then a sixth of a second for the next one.
    expect(target.writes).toBe(6);
    now += 200;
    for (const { run } of waits.filter(({ ms }) => ms < 1_000)) run();
    await working;
    expect(target.maxBatchSeen).toBe(4);
    expect(target.writes).toBe(6);
  });

  it('finds and repairs what someone changed in the target, and says so', async () => {
    await open();
    account('c1', '1');
    await rate('c1', 1, '500');
    await queue.run('erp');
    target.values.set('1', { limit: '9' });
    await store.retry([{ target: 'erp', accountKey: '1' }]);
    await queue.run('erp');
    expect(target.values.get('1')).toEqual({ limit: '500' });
    expect(types().slice(1)).toEqual(['syncline.delivery.drifted.v1', 'syncline.delivery.confirmed.v1']);
  });

  it('wakes the workers of due targets, and begins with a target that is new', async () => {
    await open({ batch_size: 1, concurrency: 2 });
    for (const id of ['1', '2', '3']) {
      account(`c${id}`, id);
      store.ratings.set(`c${id}`, rating(`c${id}`, 1, '500'));
    }
    expect(await stage.sweep.sweep()).toBe(3);
    expect(queue.added.map(({ job }) => job.id)).toEqual(['erp-0', 'erp-0', 'erp-1']);
    await queue.run('erp');
    expect(await stage.sweep.sweep()).toBe(0);
  });

  it('refuses an adapter that it does not have', () => {
    const file = { name: 'erp', system: 'erp', adapter: 'sap', config: {} };
    const targets = [targetDescription(file, 'erp.yaml')];
    expect(() => new DeliverStage({ targets, adapters: [target.adapter] } as never)).toThrow('there are: fake');
    stage = { stop: async () => undefined } as never;
  });

  it.each([
    [{ name: 'erp' }, "must have required property 'system'"],
    [{ name: 'E RP', system: 'e', adapter: 'sql', config: {} }, 'name must match'],
    [{ name: 'erp', system: 'e', adapter: 'sql', config: {}, retries: 1 }, '(retries)'],
    [{ name: 'erp', system: 'e', adapter: 'sql', config: {}, lease_ms: 10 }, 'four times timeout_ms'],
  ])('refuses the target file %j', (file, problem) => {
    expect(() => targetDescription(file, 'erp.yaml')).toThrow(problem);
    stage = { stop: async () => undefined } as never;
  });
});
