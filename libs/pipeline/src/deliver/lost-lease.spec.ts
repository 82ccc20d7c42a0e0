import { MemoryDeliveryStore } from '@syncline/testing';
import { TOPICS } from '../shared/topics';
import { DeliverStage } from './deliver-stage';
import { FakeTarget, HandQueue, rating } from './deliver-stage.fixture';
import { targetDescription } from './target';

const START = Date.parse('2026-11-20T00:00:00Z');
const AHEAD_MS = 600_000;

/** Stops the next call that it guards until it is opened. */
class Gate {
  private opened: () => void = () => undefined;
  private arrived: () => void = () => undefined;
  private closed = true;
  readonly reached = new Promise<void>((resolve) => (this.arrived = resolve));
  private readonly wait = new Promise<void>((resolve) => (this.opened = resolve));

  async pass(): Promise<void> {
    if (!this.closed) return;
    this.closed = false;
    this.arrived();
    await this.wait;
  }

  open(): void {
    this.opened();
  }
}

describe('two deliver processes, one with a clock that is ahead by more than lease_ms', () => {
  let store: MemoryDeliveryStore;
  let target: FakeTarget;
  const stages: DeliverStage[] = [];

  /** A process of its own: it shares the store and the target, nothing else. */
  const process = async (ahead: number, slowTarget?: { before: 'resolve' | 'write'; gate: Gate }) => {
    const queue = new HandQueue();
    const adapter = { ...target.adapter, open: target.adapter.open.bind(target.adapter) };
    if (slowTarget) {
      const { before, gate } = slowTarget;
      const open = adapter.open;
      adapter.open = async (...given) => {
        const session = await open(...given);
        const { resolve, write } = session;
        if (before === 'resolve') session.resolve = async (...args) => gate.pass().then(() => resolve(...args));
        else session.write = async (...args) => gate.pass().then(() => write(...args));
        return session;
      };
    }
    const stage = new DeliverStage({
      store,
      deadLetters: { save: async () => undefined },
      queue,
      targets: [targetDescription({ name: 'erp', system: 'erp', adapter: 'fake', config: {} }, 'erp.yaml')],
      adapters: [adapter],
      secrets: { resolve: async (given) => given },
      clock: { now: () => START + ahead, elapsed: () => START, today: () => '2026-11-20' },
      log: { warn: () => undefined, error: () => undefined },
      random: () => 0.5,
      timers: { after: () => () => undefined },
    });
    await stage.start();
    stages.push(stage);
    return { stage, run: () => queue.run('erp') };
  };

  const rate = async (stage: DeliverStage, version: number, limit: string): Promise<void> => {
    store.ratings.set('c1', rating('c1', version, limit));
    const message = { key: Buffer.from('c1'), value: Buffer.from('{}'), timestamp: START, offset: version };
    await stage.handle({ topic: TOPICS.ratings, partition: 0, messages: [message] });
  };

  const confirmations = (): number => store.published.flatMap(({ messages }) => messages).length;

  beforeEach(() => {
    store = new MemoryDeliveryStore();
    store.accounts.push({ system: 'erp', customerId: 'c1', key: '1', code: 'C-1' });
    target = new FakeTarget();
  });

  afterEach(async () => {
    for (const stage of stages.splice(0)) await stage.stop();
  });

  it('writes nothing once another process has taken the delivery over', async () => {
    const gate = new Gate();
    const slow = await process(0, { before: 'resolve', gate });
    const ahead = await process(AHEAD_MS);
    await rate(slow.stage, 1, '500');
    const working = slow.run();
    await gate.reached;
    await rate(ahead.stage, 2, '600');
    await ahead.run();
    gate.open();
    await working;
    expect(target.writes).toBe(1);
    expect(target.values.get('1')).toEqual({ limit: '600' });
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 2 });
  });

  it('repairs an older rating that was on its way already and came after the newer one', async () => {
    const gate = new Gate();
    const slow = await process(0, { before: 'write', gate });
    const ahead = await process(AHEAD_MS);
    await rate(slow.stage, 1, '500');
    const working = slow.run();
    await gate.reached;
    await rate(ahead.stage, 2, '600');
    await ahead.run();
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 2 });
    gate.open();
    await working;
    // Without a new rating and without a check for drift: the loser itself looked again, and put it right.
    await ahead.run();
    expect(target.values.get('1')).toEqual({ limit: '600' });
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 2 });
  });

  it('repairs it, too, when the newer one was still under way', async () => {
    const [first, second] = [new Gate(), new Gate()];
    const slow = await process(0, { before: 'write', gate: first });
    const ahead = await process(AHEAD_MS, { before: 'write', gate: second });
    await rate(slow.stage, 1, '500');
    const slowWorks = slow.run();
    await first.reached;
    await rate(ahead.stage, 2, '600');
    const aheadWorks = ahead.run();
    await second.reached;
    first.open();
    await slowWorks;
    expect(store.row('erp', '1')).toMatchObject({ state: 'running', confirmedVersion: null });
    expect(confirmations()).toBe(0);
    // As if the older write had come last, after what confirms the newer one was read.
    second.open();
    await aheadWorks;
    const looks = target.reads;
    await ahead.run();
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(target.values.get('1')).toEqual({ limit: '600' });
    expect(store.row('erp', '1')).toMatchObject({ state: 'confirmed', confirmedVersion: 2, nextAttemptAt: null });
  });
});
