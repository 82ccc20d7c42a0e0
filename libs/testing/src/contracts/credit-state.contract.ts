import type { CreditState } from '@syncline/pipeline';
import { aCustomer, anAccount, anOverride, aStanding, aStoredPolicy } from '../builders/store-rows.builder';
import { withStores, type StoreFactory } from './store-factory';

const TODAY = '2026-11-20';

/** What every store of standings, overrides and policies must do. */
export function creditStateContract(name: string, factory: StoreFactory): void {
  describe(`${name} as store of credit states`, () => {
    const given = withStores(factory);
    const states = (ids: string[], asOf = TODAY): Promise<CreditState[]> =>
      given.stores.rate.read((tx) => tx.creditStates(ids, asOf));
    const save = (customerId: string, asOf: string, standing = aStanding()) =>
      given.stores.rate.transact(null, (tx) => tx.saveStandings([{ customerId, asOf, standing }]));
    const due = () => given.stores.rate.dueForEvaluation(TODAY, 10);

    async function ratedCustomers(...ids: string[]): Promise<void> {
      await given.stores.reconcile.transact(null, async (tx) => {
        await tx.customers.save(ids.map((id) => aCustomer({ id })));
        const accounts = ids.map((id) => anAccount({ key: `a-${id}`, customerId: id, birthId: id }));
        await tx.accounts.save(accounts.map((account) => ({ account, before: undefined })));
      });
      await given.stores.rate.transact(null, (tx) => tx.markEvaluated(ids, TODAY));
    }

    /** Gives the account that a customer was born with to another one; customer rows stay as they are. */
    const moveAccount = (born: string, customerId: string) =>
      given.stores.reconcile.transact(null, async (tx) => {
        const account = anAccount({ key: `a-${born}`, customerId, birthId: born });
        await tx.accounts.save([{ account, before: undefined }]);
      });
    const decisionsOn = async (id: string) => {
      const [state] = await states([id]);
      return state?.overrides.map((each) => each.id).sort();
    };

    it('knows nothing of a customer that left nothing behind', async () => {
      expect(await states(['c1', 'c1'])).toEqual([{ customerId: 'c1', opening: null, today: null, overrides: [] }]);
      expect(await states([])).toEqual([]);
    });

    it('gives the standing of the day and the last one before it, and none of later days', async () => {
      await save('c1', '2026-09-01', aStanding({ grade: 'D' }));
      await save('c1', '2026-11-01', aStanding({ grade: 'C' }));
      await save('c1', '2026-12-01', aStanding({ grade: 'A' }));
      await save('c2', '2026-12-01');
      const of = (found: CreditState[]) =>
        found
          .map(({ customerId, opening, today }) => [customerId, opening?.grade ?? null, today?.grade ?? null])
          .sort();
      expect(of(await states(['c1', 'c2']))).toEqual([
        ['c1', 'C', null],
        ['c2', null, null],
      ]);
      expect(of(await states(['c1'], '2026-11-01'))).toEqual([['c1', 'D', 'C']]);
      await save('c1', TODAY, aStanding({ grade: 'AA', scores: [], limit: null }));
      await save('c1', TODAY, aStanding({ grade: 'AAA' }));
      expect(of(await states(['c1']))).toEqual([['c1', 'C', 'AAA']]);
      expect((await states(['c1']))[0]?.today).toEqual(aStanding({ grade: 'AAA' }));
    });

    it('gives each decision in force once, whatever standings there are', async () => {
      await ratedCustomers('c1', 'c2');
      await save('c1', '2026-11-01');
      await save('c1', TODAY);
      for (const override of [
        anOverride({ id: 'v1', validFrom: TODAY }),
        anOverride({ id: 'v2', validTo: TODAY }),
        anOverride({ id: 'v3', validTo: null, kind: 'hold', hold: 'all', limit: null }),
        anOverride({ id: 'late', validFrom: '2026-11-21' }),
        anOverride({ id: 'over', validTo: '2026-11-19' }),
        anOverride({ id: 'proposed', status: 'proposed' }),
        anOverride({ id: 'foreign', customerId: 'c2' }),
      ])
        await given.stores.overrides.add(override);
      const [state] = await states(['c1']);
      expect(state?.overrides.map(({ id }) => id).sort()).toEqual(['v1', 'v2', 'v3']);
      expect(state?.overrides.find(({ id }) => id === 'v1')).toEqual(anOverride({ id: 'v1', validFrom: TODAY }));
    });

    it('takes decisions along over any number of merges, and gives them back on a split', async () => {
      await ratedCustomers('a', 'b', 'c');
      const { overrides } = given.stores;
      await overrides.add(anOverride({ id: 'of a', customerId: 'a' }));
      await overrides.add(anOverride({ id: 'of b', customerId: 'b', proposedAt: '2026-11-02T00:00:00.000Z' }));
      await overrides.add(anOverride({ id: 'ended', customerId: 'a', validTo: '2026-11-19' }));
      await moveAccount('a', 'b');
      expect([await decisionsOn('a'), await decisionsOn('b'), await decisionsOn('c')]).toEqual([
        [],
        ['of a', 'of b'],
        [],
      ]);
      await moveAccount('a', 'c');
      await moveAccount('b', 'c');
      expect([await decisionsOn('b'), await decisionsOn('c')]).toEqual([[], ['of a', 'of b']]);
      expect((await overrides.ofCustomer('c')).map(({ id, customerId }) => [id, customerId])).toEqual([
        ['of b', 'b'],
        ['of a', 'a'],
        ['ended', 'a'],
      ]);
      await moveAccount('a', 'a');
      expect([await decisionsOn('a'), await decisionsOn('c')]).toEqual([['of a'], ['of b']]);
    });

    it('has the survivor rated again when a decision on a merged customer changes', async () => {
      await ratedCustomers('a', 'b');
      const { overrides } = given.stores;
      await moveAccount('a', 'b');
      await overrides.add(anOverride({ customerId: 'a' }));
      expect(await due()).toEqual(['b']);
      await given.stores.rate.transact(null, (tx) => tx.markEvaluated(['b'], TODAY));
      await overrides.change(anOverride({ customerId: 'a', status: 'revoked' }), 'approved');
      expect(await due()).toEqual(['b']);
    });

    it('changes a decision once, and has its customer rated again', async () => {
      await ratedCustomers('c1', 'c2');
      const { overrides } = given.stores;
      const proposed = anOverride({ status: 'proposed', decidedBy: null, decidedAt: null });
      await overrides.add(proposed);
      expect(await due()).toEqual([]);
      const approved = { ...proposed, status: 'approved' as const, decidedBy: 'key:b' };
      const rejected = { ...proposed, status: 'rejected' as const, decidedBy: 'key:c' };
      const outcomes = await Promise.all([
        overrides.change(approved, 'proposed'),
        overrides.change(rejected, 'proposed'),
      ]);
      expect(outcomes.sort()).toEqual([false, true]);
      expect(await due()).toEqual(['c1']);
      expect(await overrides.change(approved, 'proposed')).toBe(false);
      expect(await overrides.change({ ...approved, id: 'none' }, 'proposed')).toBe(false);
      expect(await overrides.find('none')).toBeUndefined();
      await expect(overrides.add(proposed)).rejects.toThrow();
    });

    it('has a customer rated again at once when a decision needs nobody else', async () => {
      await ratedCustomers('c1');
      await given.stores.overrides.add(anOverride({ kind: 'hold', hold: 'all', limit: null }));
      expect(await due()).toEqual(['c1']);
    });

    it('lists decisions, the newest first', async () => {
      await ratedCustomers('c1', 'c2');
      const { overrides } = given.stores;
      await overrides.add(anOverride({ id: 'v1', status: 'proposed' }));
      await overrides.add(anOverride({ id: 'v2', proposedAt: '2026-11-02T00:00:00.000Z', status: 'proposed' }));
      await overrides.add(anOverride({ id: 'v3', customerId: 'c2' }));
      expect((await overrides.ofCustomer('c1')).map(({ id }) => id)).toEqual(['v2', 'v1']);
      expect((await overrides.withStatus('proposed', 1)).map(({ id }) => id)).toEqual(['v2']);
      expect(await overrides.withStatus('revoked', 10)).toEqual([]);
    });

    it('keeps every policy, and makes all customers due when one is applied', async () => {
      await ratedCustomers('c1', 'c2');
      const { policies } = given.stores;
      await policies.save(aStoredPolicy({ digest: 'd2', registeredAt: '2026-11-02T00:00:00.000Z' }));
      await policies.save(aStoredPolicy());
      expect(await due()).toEqual([]);
      const applied = aStoredPolicy({ appliedAt: '2026-11-03T00:00:00.000Z' });
      await policies.apply(applied);
      expect((await due()).sort()).toEqual(['c1', 'c2']);
      expect((await policies.list()).map(({ digest }) => digest)).toEqual(['d1', 'd2']);
      expect((await policies.list())[0]).toEqual(applied);
    });

    it('pages through the customers that are rated, due or not', async () => {
      await ratedCustomers('c1', 'c2');
      await given.stores.reconcile.transact(null, (tx) =>
        tx.customers.save([aCustomer({ id: 'c3', status: 'retired', mergedInto: 'c1' })]),
      );
      expect(await given.stores.rate.ratedCustomers(1)).toEqual(['c1']);
      expect(await given.stores.rate.ratedCustomers(10, 'c1')).toEqual(['c2']);
    });
  });
}
