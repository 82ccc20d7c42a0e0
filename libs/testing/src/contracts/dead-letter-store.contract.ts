import { aDeadLetter } from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const LATER = '2026-11-20T02:00:00.000Z';

/** What every DeadLetterStore must do. */
export function deadLetterStoreContract(name: string, factory: StoreFactory): void {
  describe(`${name} as DeadLetterStore`, () => {
    const given = withStores(factory);
    const letters = (): typeof given.stores.deadLetters => given.stores.deadLetters;

    it('keeps key, value and headers byte for byte', async () => {
      const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const letter = aDeadLetter({
        key: everyByte,
        value: Buffer.concat([everyByte, everyByte]),
        headers: { 名: '值"' },
      });
      const empty = aDeadLetter({ id: 'erp.sale/0/8', offset: 8, key: Buffer.alloc(0), value: null, parkingKey: null });
      await letters().save([letter, empty]);
      expect(await letters().find([letter.id])).toEqual([letter]);
      expect(await letters().find([empty.id, empty.id, 'none'])).toEqual([empty]);
    });

    it('counts the attempts of a known one, takes the new cause and keeps when it failed first', async () => {
      await letters().save([aDeadLetter()]);
      const again = aDeadLetter({
        errorCode: 'MAP_MISSING',
        errorClass: 'missing',
        firstFailedAt: LATER,
        lastFailedAt: LATER,
      });
      await letters().save([again, again]);
      const [found] = await letters().find([again.id]);
      expect(found).toEqual({ ...again, attempts: 2, firstFailedAt: aDeadLetter().firstFailedAt });
    });

    it.each(['resolved', 'discarded'] as const)(
      'leaves one that was %s closed when its message comes again',
      async (closed) => {
        const letter = aDeadLetter({ parkingKey: 'erp.sale\u00007' });
        await letters().save([letter]);
        await letters().setStatus([letter.id], closed, LATER);
        await letters().save([letter]);
        expect(await letters().find([letter.id])).toMatchObject([{ status: closed, attempts: 2 }]);
        expect(await letters().anyOpen()).toBe(false);
        const other = aDeadLetter({ ...letter, value: Buffer.from('of a topic that was made anew') });
        await letters().save([other]);
        expect(await letters().find([letter.id])).toMatchObject([{ status: 'open', attempts: 1 }]);
      },
    );

    it('parks the keys of open letters, however long, until they are closed', async () => {
      const long = `erp.sale\0${'键'.repeat(3_000)}`;
      await letters().save([aDeadLetter({ parkingKey: long }), aDeadLetter({ id: 'x/0/1', parkingKey: null })]);
      expect(await letters().firstOpen([long, 'erp.sale\0other'], 0)).toEqual(new Map([[long, aDeadLetter().offset]]));
      expect(await letters().firstOpen([long], 1)).toEqual(new Map());
      expect(await letters().anyOpen()).toBe(true);
      await letters().setStatus([aDeadLetter().id, 'x/0/1'], 'resolved', LATER);
      expect(await letters().firstOpen([long], 0)).toEqual(new Map());
      expect(await letters().anyOpen()).toBe(false);
      expect((await letters().find([aDeadLetter().id]))[0]?.status).toBe('resolved');
      expect(await letters().firstOpen([], 0)).toEqual(new Map());
    });

    it('gives the open letters of a key in the order they came', async () => {
      const at = (offset: number): ReturnType<typeof aDeadLetter> =>
        aDeadLetter({ id: `erp.sale/0/${offset}`, offset });
      await letters().save([at(11), at(9), at(10), aDeadLetter({ id: 'other', parkingKey: 'other' })]);
      expect(await letters().firstOpen(['erp.sale\0k'], 0)).toEqual(new Map([['erp.sale\0k', 9]]));
      await letters().setStatus(['erp.sale/0/10'], 'discarded', LATER);
      expect((await letters().ofKey('erp.sale\0k')).map(({ offset }) => offset)).toEqual([9, 11]);
    });
  });
}
