import { OutboxRelay, type OutboxRelayOptions } from './outbox-relay';
import type { TopicMessages } from './event-log.port';
import type { OutboxEntry, OutboxReader } from './outbox.port';

class MemoryOutbox implements OutboxReader {
  entries: OutboxEntry[] = [];
  taken = false;
  private nextId = 1;

  put(value: string): void {
    const messages = [{ key: null, value: Buffer.from(value), timestamp: 0 }];
    this.entries.push({ id: this.nextId++, batches: [{ topic: 't', messages }] });
  }

  async exclusively<T>(_stage: string, work: () => Promise<T>): Promise<T | null> {
    if (this.taken) return null;
    this.taken = true;
    try {
      return await work();
    } finally {
      this.taken = false;
    }
  }

  read(_stage: string, limit: number): Promise<OutboxEntry[]> {
    return Promise.resolve(this.entries.slice(0, limit));
  }

  remove(_stage: string, ids: number[]): Promise<void> {
    this.entries = this.entries.filter((entry) => !ids.includes(entry.id));
    return Promise.resolve();
  }
}

function harness(more: Partial<OutboxRelayOptions> = {}) {
  const outbox = new MemoryOutbox();
  const appended: string[] = [];
  const errors: unknown[] = [];
  let failures = 0;
  const append = (batches: TopicMessages[]): Promise<void> => {
    if (failures > 0) {
      failures -= 1;
      return Promise.reject(new Error('the log is away'));
    }
    appended.push(...batches.flatMap((batch) => batch.messages.map((message) => String(message.value))));
    return Promise.resolve();
  };
  const relay = new OutboxRelay({
    stage: 'rate',
    outbox,
    log: { append },
    onError: (error) => errors.push(error),
    limit: 3,
    fallbackMs: 5,
    backoffMs: { first: 1, most: 4 },
    ...more,
  });
  return { outbox, appended, errors, relay, failNext: (count: number) => (failures = count) };
}

const range = (count: number) => Array.from({ length: count }, (_, at) => `${at}`);

describe('outbox relay', () => {
  it('moves all entries in order and removes them', async () => {
    const { outbox, appended, relay } = harness();
    range(10).forEach((value) => outbox.put(value));
    relay.start();
    await relay.drained();
    expect(appended).toEqual(range(10));
    expect(outbox.entries).toEqual([]);
    await relay.stop();
  });

  it('moves at once what it is notified of', async () => {
    const { outbox, appended, relay } = harness({ fallbackMs: 1_000_000 });
    relay.start();
    await relay.drained();
    outbox.put('later');
    relay.notify();
    await relay.drained();
    expect(appended).toEqual(['later']);
    await relay.stop();
  });

  it('finds entries without a notification', async () => {
    const { outbox, relay } = harness();
    relay.start();
    await relay.drained();
    const removed = new Promise<void>((resolve) => {
      const remove = outbox.remove.bind(outbox);
      outbox.remove = async (stage, ids) => {
        await remove(stage, ids);
        resolve();
      };
    });
    outbox.put('silent');
    await removed;
    expect(outbox.entries).toEqual([]);
    await relay.stop();
  });

  it('keeps order and loses nothing while the log fails', async () => {
    const { outbox, appended, errors, relay, failNext } = harness();
    range(5).forEach((value) => outbox.put(value));
    failNext(3);
    relay.start();
    await relay.drained();
    expect(appended).toEqual(range(5));
    expect(errors).toHaveLength(3);
    expect(relay.lastFailure).toBeNull();
    await relay.stop();
  });

  it('leaves the outbox to another relay that has it', async () => {
    const { outbox, appended, relay } = harness();
    outbox.put('theirs');
    outbox.taken = true;
    relay.start();
    const drained = relay.drained();
    await new Promise((resolve) => setImmediate(resolve));
    expect(appended).toEqual([]);
    outbox.taken = false;
    await drained;
    expect(appended).toEqual(['theirs']);
    await relay.stop();
  });

  it('finishes what is being moved when it is stopped, and tells who waits', async () => {
    const { outbox, relay } = harness({ limit: 1 });
    range(3).forEach((value) => outbox.put(value));
    relay.start();
    const drained = relay.drained();
    await Promise.all([expect(drained).rejects.toMatchObject({ code: 'RELAY_STOPPED' }), relay.stop()]);
    await expect(relay.drained()).rejects.toMatchObject({ code: 'RELAY_STOPPED' });
    expect(outbox.taken).toBe(false);
  });
});
