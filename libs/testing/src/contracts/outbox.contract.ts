import { aPublication } from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const STAGE = 'reconcile';
const TOPIC = 'syncline.customer.v1';

/** What every OutboxReader, and the OutboxWriter of a transaction, must do. */
export function outboxContract(name: string, factory: StoreFactory): void {
  describe(`${name} as outbox`, () => {
    const given = withStores(factory);
    const publish = (...keys: string[]): Promise<void> =>
      given.stores.reconcile.transact(null, (tx) => tx.outbox.append(keys.map((key) => aPublication(TOPIC, key))));
    const keysOf = async (limit = 10): Promise<(string | undefined)[][]> =>
      (await given.stores.outbox.read(STAGE, limit)).map(({ batches }) =>
        batches.flatMap(({ messages }) => messages.map(({ key }) => key?.toString())),
      );

    it('gives messages back byte for byte, tombstones and headers too', async () => {
      const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const batch = {
        topic: TOPIC,
        messages: [
          { key: everyByte, value: everyByte, headers: { ce_subject: '客户1' }, timestamp: 1_763_000_000_000 },
          { key: Buffer.from('k'), value: null, timestamp: 0 },
        ],
      };
      await given.stores.reconcile.transact(null, (tx) => tx.outbox.append([batch, { topic: 'empty', messages: [] }]));
      const [entry] = await given.stores.outbox.read(STAGE, 1);
      expect(entry?.batches).toEqual([batch]);
      expect(Buffer.isBuffer(entry?.batches[0]?.messages[0]?.value)).toBe(true);
    });

    it('gives the oldest first, in the order of the commits, until they are removed', async () => {
      await publish('1', '2');
      await publish('3');
      await publish('4');
      expect(await keysOf()).toEqual([['1', '2'], ['3'], ['4']]);
      const entries = await given.stores.outbox.read(STAGE, 2);
      await given.stores.outbox.remove(
        STAGE,
        entries.map(({ id }) => id),
      );
      expect(await keysOf()).toEqual([['4']]);
      await given.stores.outbox.remove(STAGE, []);
    });

    it('keeps the stages apart and writes nothing for nothing', async () => {
      await given.stores.rate.transact(null, (tx) =>
        tx.outbox.append([aPublication('syncline.credit-rating.v1', 'r')]),
      );
      await given.stores.reconcile.transact(null, (tx) => tx.outbox.append([]));
      expect(await given.stores.outbox.read(STAGE, 10)).toEqual([]);
      expect(await given.stores.outbox.read('rate', 10)).toHaveLength(1);
    });

    it('lets one relay of a stage work at a time, and the next one after it', async () => {
      const second: (string | null)[] = [];
      const first = await given.stores.outbox.exclusively(STAGE, async () => {
        second.push(await given.stores.outbox.exclusively(STAGE, async () => 'both'));
        second.push(await given.stores.outbox.exclusively('rate', async () => 'other stage'));
        return 'first';
      });
      expect(first).toBe('first');
      expect(second).toEqual([null, 'other stage']);
      await expect(given.stores.outbox.exclusively(STAGE, async () => Promise.reject(new Error('no')))).rejects.toThrow(
        'no',
      );
      expect(await given.stores.outbox.exclusively(STAGE, async () => 'free')).toBe('free');
    });
  });
}
