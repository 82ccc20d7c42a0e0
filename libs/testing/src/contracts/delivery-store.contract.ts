import type { Delivery, DeliveryAttempt, DeliveryTx, DesiredDelivery } from '@syncline/pipeline';
import { anAccount, aDesiredDelivery, aPublication, aRating, positionOf } from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const T0 = '2026-11-20T08:00:00.000Z';
const T1 = '2026-11-20T08:01:00.000Z';
const T2 = '2026-11-20T08:02:00.000Z';
const T9 = '2026-11-20T09:00:00.000Z';

/** What every DeliveryStore must do. */
export function deliveryStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} as DeliveryStore`, () => {
    const given = withStores(factory);
    const store = (): typeof given.stores.delivery => given.stores.delivery;

    beforeEach(async () => {
      await given.stores.rate.transact(null, (tx) =>
        tx.saveRatings(
          ['c1', 'c2'].flatMap((customerId) => [1, 2, 3].map((version) => aRating({ customerId, version }))),
        ),
      );
    });

    async function inTx<T>(work: (tx: DeliveryTx) => Promise<T>): Promise<T> {
      const results: T[] = [];
      await store().transact(null, async (tx) => {
        results.splice(0, 1, await work(tx));
      });
      return results[0] as T;
    }

    function desire(at: string, ...deliveries: DesiredDelivery[]): Promise<void> {
      const scope = {
        targets: [...new Set(deliveries.map(({ target }) => target))],
        customerIds: [...new Set(deliveries.map(({ customerId }) => customerId))],
      };
      return inTx((tx) => tx.desire(deliveries, at, scope));
    }

    async function claimed(at = T1, until = T2, limit = 10): Promise<Delivery[]> {
      return (await store().claim('u8', limit, at, until)).map(({ delivery }) => delivery);
    }

    const confirmed = (delivery: Delivery): Delivery => ({
      ...delivery,
      state: 'confirmed',
      confirmedVersion: delivery.desiredVersion,
      attempts: delivery.attempts + 1,
      observed: { grade: 'B', limit: null },
      updatedAt: T1,
      confirmedAt: T1,
    });
    const finish = (...deliveries: Delivery[]): Promise<Delivery[]> =>
      store().complete(deliveries, [], async () => undefined);

    it('leases what is due with its rating, oldest first, and never twice while the lease holds', async () => {
      await desire(T1, aDesiredDelivery({ accountKey: 'late' }));
      await desire(T0, aDesiredDelivery({ accountKey: 'early', customerId: 'c2', desiredVersion: 2 }));
      const [first] = await store().claim('u8', 1, T1, T2);
      expect(first?.delivery).toMatchObject({ accountKey: 'early', state: 'running', leasedUntil: T2, attempts: 0 });
      expect(first?.rating).toEqual(aRating({ customerId: 'c2', version: 2 }));
      expect((await claimed()).map(({ accountKey }) => accountKey)).toEqual(['late']);
      expect(await claimed()).toEqual([]);
      expect((await claimed(T9, T9)).map(({ accountKey }) => accountKey).sort()).toEqual(['early', 'late']);
    });

    it('hands no row to two of many claims at once', async () => {
      await desire(T0, ...Array.from({ length: 40 }, (_, n) => aDesiredDelivery({ accountKey: `a${n}` })));
      const claims = await Promise.all(Array.from({ length: 8 }, () => claimed(T1, T2, 7)));
      const keys = claims.flat().map(({ accountKey }) => accountKey);
      expect(keys).toHaveLength(40);
      expect(new Set(keys).size).toBe(40);
    });

    it('raises desired versions, never lowers them, and leaves equal ones as they are', async () => {
      await desire(T0, aDesiredDelivery({ desiredVersion: 2 }));
      const [running] = await claimed();
      await finish(confirmed(running as Delivery));
      await desire(T1, aDesiredDelivery({ desiredVersion: 1 }));
      await desire(T1, aDesiredDelivery({ desiredVersion: 2 }));
      expect(await claimed(T9, T9)).toEqual([]);
      await desire(T2, aDesiredDelivery({ desiredVersion: 3 }));
      expect(await claimed(T9, T9)).toMatchObject([{ desiredVersion: 3, confirmedVersion: 2, attempts: 0 }]);
    });

    it('keeps a row due whose desired version grew while it ran', async () => {
      await desire(T0, aDesiredDelivery());
      const [running] = await claimed();
      await desire(T1, aDesiredDelivery({ desiredVersion: 2 }));
      expect(await claimed()).toEqual([]);
      await finish(confirmed(running as Delivery));
      expect(await claimed()).toMatchObject([{ desiredVersion: 2, confirmedVersion: 1, state: 'running' }]);
    });

    it('keeps an outcome: waits for the retry, stops after a failure, and a person may ask again', async () => {
      await desire(T0, aDesiredDelivery());
      const [running] = await claimed();
      const failure = {
        errorCode: 'TARGET_DOWN',
        errorClass: 'connection',
        errorMessage: '连接失败',
      } as const;
      const waiting: Delivery = {
        ...(running as Delivery),
        ...failure,
        state: 'waiting_retry',
        attempts: 1,
        nextAttemptAt: T2,
      };
      await finish(waiting);
      expect(await claimed(T1)).toEqual([]);
      const [again] = await claimed(T2, T9);
      expect(again).toMatchObject({ attempts: 1, errorMessage: '连接失败', errorClass: 'connection' });
      await finish({ ...(again as Delivery), state: 'failed', attempts: 2, nextAttemptAt: null });
      expect(await claimed(T9, T9)).toEqual([]);
      expect(
        await store().retry(
          [
            { target: 'u8', accountKey: 'a1' },
            { target: 'u8', accountKey: 'none' },
          ],
          T2,
        ),
      ).toBe(1);
      expect(await claimed(T2, T9)).toMatchObject([{ attempts: 0, errorCode: null, state: 'running' }]);
    });

    it('gives an account that came to another customer to that customer, with nothing confirmed', async () => {
      await desire(T0, aDesiredDelivery({ desiredVersion: 3 }));
      const [running] = await claimed();
      await finish(confirmed(running as Delivery));
      await desire(T1, aDesiredDelivery({ customerId: 'c2', desiredVersion: 1 }));
      expect(await claimed()).toMatchObject([{ customerId: 'c2', desiredVersion: 1, confirmedVersion: null }]);
    });

    it('does not confirm for the new customer what was done for the old one', async () => {
      await desire(T0, aDesiredDelivery({ desiredVersion: 3 }));
      const [running] = await claimed();
      await desire(T1, aDesiredDelivery({ customerId: 'c2', desiredVersion: 3 }));
      await finish(confirmed(running as Delivery));
      expect(await claimed()).toMatchObject([{ customerId: 'c2', desiredVersion: 3, confirmedVersion: null }]);
    });

    it('removes deliveries of accounts that left, in the scope only', async () => {
      await desire(T0, aDesiredDelivery(), aDesiredDelivery({ accountKey: 'a2' }));
      await desire(T0, aDesiredDelivery({ accountKey: 'x', customerId: 'c2' }));
      await desire(T1, aDesiredDelivery());
      expect((await claimed()).map(({ accountKey }) => accountKey).sort()).toEqual(['a1', 'x']);
      await inTx((tx) => tx.desire([], T1, { targets: ['u8'], customerIds: ['c2'] }));
      expect((await claimed(T9, T9)).map(({ accountKey }) => accountKey)).toEqual(['a1']);
    });

    it('takes what stands more than an hour ahead as due: the clock was set back meanwhile', async () => {
      await desire(T0, aDesiredDelivery());
      const [first] = await store().claim('u8', 1, T1, T2);
      const waiting = { ...first!.delivery, state: 'waiting_retry', nextAttemptAt: T9 } as const;
      await store().complete([waiting], [], () => Promise.resolve());
      expect(await claimed(T2)).toEqual([]);
      expect(await store().due(T0)).toEqual([]);
      const setBack = '2026-11-20T07:59:59.999Z';
      expect(await store().due(setBack)).toMatchObject([{ target: 'u8', count: 1 }]);
      expect(await claimed(setBack, T0)).toHaveLength(1);
      // And so what was leased under a clock that was far ahead, by a process that is gone.
      expect(await claimed('2026-11-20T06:59:59.999Z', T0)).toHaveLength(1);
    });

    describe('a delivery that was taken over while its first worker was still at it', () => {
      const takenOver = async (): Promise<{ first: Delivery; second: Delivery }> => {
        await desire(T0, aDesiredDelivery());
        const [first] = await claimed(T1, T2);
        await desire(T1, aDesiredDelivery({ desiredVersion: 2 }));
        const [second] = await claimed(T2, T9);
        return { first: first!, second: second! };
      };

      it('is held by the second alone', async () => {
        const { first, second } = await takenOver();
        expect(await store().held([first, second])).toEqual([second]);
      });

      it('is held by nobody once a person asked for it again, or its account left', async () => {
        await desire(T0, aDesiredDelivery(), aDesiredDelivery({ accountKey: 'a2' }));
        const running = await claimed();
        await store().retry([{ target: 'u8', accountKey: 'a1' }], T1);
        await desire(T1, aDesiredDelivery());
        expect(await store().held(running)).toEqual([]);
        expect(await finish(...running.map(confirmed))).toHaveLength(2);
        expect(await claimed(T9, T9)).toMatchObject([{ accountKey: 'a1', confirmedVersion: null }]);
      });

      it('keeps the outcome of the second, and is looked at again when the first comes after it', async () => {
        const { first, second } = await takenOver();
        expect(await finish(confirmed(second))).toEqual([]);
        const late = { ...confirmed(first), observed: { grade: 'older' } };
        expect(await finish(late)).toEqual([late]);
        expect(await claimed()).toMatchObject([
          { desiredVersion: 2, confirmedVersion: 2, observed: { grade: 'B', limit: null } },
        ]);
      });

      it('stays with the second when the first comes before it, and is looked at again once confirmed', async () => {
        const { first, second } = await takenOver();
        await finish(confirmed(first));
        expect(await store().held([second])).toEqual([second]);
        expect(await claimed()).toEqual([]);
        await finish(confirmed(second));
        const [again] = await claimed(T2, T9);
        expect(again).toMatchObject({ desiredVersion: 2, confirmedVersion: 2 });
        await finish(confirmed(again!));
        expect(await claimed(T9, T9)).toEqual([]);
      });

      it('tells the outbox whose outcome was written', async () => {
        const { first, second } = await takenOver();
        const told: Delivery[][] = [];
        const note = async (_: unknown, recorded: Delivery[]): Promise<void> => void told.push(recorded);
        await store().complete([confirmed(first)], [], note);
        await store().complete([confirmed(second)], [], note);
        expect(told).toEqual([[], [confirmed(second)]]);
      });
    });

    it('tells which targets have due work, how much and since when', async () => {
      expect(await store().due(T9)).toEqual([]);
      await desire(T0, aDesiredDelivery(), aDesiredDelivery({ target: 'crm' }));
      await desire(T1, aDesiredDelivery({ accountKey: 'a9', customerId: 'c2' }));
      expect(await store().due(T1)).toEqual([
        { target: 'crm', count: 1, oldest: T0 },
        { target: 'u8', count: 2, oldest: T0 },
      ]);
    });

    it('gives live accounts of a system and the ratings in force', async () => {
      await given.stores.reconcile.transact(null, (tx) =>
        tx.accounts.save(
          [
            anAccount({}, { code: '甲1' }),
            anAccount({ key: 'a2' }, { active: false }),
            anAccount({ key: 'a3' }, { mergedInto: 'a1' }),
            anAccount({ key: 'a4' }, { deleted: true }),
            anAccount({ system: 'crm', key: 'x' }),
          ].map((account) => ({ account, before: undefined })),
        ),
      );
      expect(await inTx((tx) => tx.accountsOf(['c1', 'c9'], 'erp'))).toEqual([
        { customerId: 'c1', key: 'a1', code: '甲1' },
      ]);
      expect(await inTx((tx) => tx.ratingVersions(['c1', 'c9']))).toEqual([{ customerId: 'c1', version: 3 }]);
      expect(await store().customersToBegin('u8', 'erp', 10)).toEqual(['c1']);
      await desire(T0, aDesiredDelivery());
      expect(await store().customersToBegin('u8', 'erp', 10)).toEqual([]);
    });

    it('writes outcomes, audit and outbox together or not at all', async () => {
      await desire(T0, aDesiredDelivery());
      const [running] = await claimed();
      const attempt: DeliveryAttempt = {
        target: 'u8',
        customerId: 'c1',
        accountKey: 'a1',
        version: 1,
        at: T1,
        outcome: 'applied',
        before: null,
        after: { grade: 'B' },
      };
      const failing = store().complete([confirmed(running as Delivery)], [attempt], async (writer) => {
        await writer.append([aPublication('syncline.delivery.v1', 'c1')]);
        throw new Error('crash');
      });
      await expect(failing).rejects.toThrow('crash');
      expect(await given.stores.outbox.read('deliver', 10)).toEqual([]);
      await store().complete([confirmed(running as Delivery)], [attempt], (writer) =>
        writer.append([aPublication('syncline.delivery.v1', 'c1')]),
      );
      expect(await given.stores.outbox.read('deliver', 10)).toHaveLength(1);
      expect(await claimed(T9, T9)).toEqual([]);
    });

    it('applies a batch once', async () => {
      const calls: number[] = [];
      const apply = (): Promise<void> =>
        store().transact(positionOf('deliver', 0, 3), async () => {
          calls.push(1);
        });
      await Promise.all([apply(), apply()]);
      expect(calls).toHaveLength(1);
    });
  });
}
