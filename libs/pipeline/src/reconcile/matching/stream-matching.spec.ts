import fc from 'fast-check';
import type { MatchingModel, MatchRecord, PreparedRecord } from '@syncline/identity';
import { anAccount, MemoryReconcileStore } from '@syncline/testing';
import type { ComponentBounds } from '../connected-accounts';
import { refText } from '../account-ref';
import { IdentityResolver } from '../resolve-identity';
import { CatchUpReconciling } from '../catch-up-reconciling';
import { savePlaced } from '../reconcile-records';
import type { AccountRow, ReconcileTx } from '../reconcile-store.port';
import type { MatchPageParts } from './match-page';
import { RematchAccounts } from './rematch-accounts';
import { StreamMatching, type MatchWhen } from './stream-matching';

interface PreparedNumber extends PreparedRecord {
  n: number;
}

/** Accounts are numbers: those of one ten share a block, near ones match, and a block holds no more than three. */
function modelOf(fingerprint: string, reach: number): MatchingModel {
  return {
    fingerprint,
    thresholds: { organisation: { match: 0, review: -1 }, person: { match: 0, review: -1 } },
    maxBlockSize: 3,
    prepare({ ref, kind, attributes }: MatchRecord): PreparedRecord {
      const n = Number(attributes['name']![0]);
      const prepared: PreparedNumber = {
        ref,
        kind,
        blockingKeys: [`tens:${Math.floor(n / 10)}`, `units:${n % 10}`],
        n,
      };
      return prepared;
    },
    compare(a, b) {
      const distance = Math.abs((a as PreparedNumber).n - (b as PreparedNumber).n);
      const weight = reach - distance;
      const verdict = weight >= 0 ? 'match' : weight >= -1 ? 'review' : 'distinct';
      return { weight, probability: 0.5, verdict, veto: null, comparisons: [] };
    },
  };
}

const model = modelOf('near', 2);

function account(key: number, n: number | null): AccountRow {
  const system = key % 2 === 0 ? 'erp' : 'crm';
  const birthId = `customer-${String(key).padStart(2, '0')}`;
  return anAccount(
    { system, key: String(key), customerId: birthId, birthId, link: 'born', isCustomer: n !== null, identityKeys: [] },
    { name: n === null ? 'gone' : String(n), mergedInto: null },
  );
}

/** A store and what brings accounts into it. */
class World {
  readonly store = new MemoryReconcileStore();
  readonly identity: IdentityResolver;

  constructor(by: MatchingModel | null = model, bounds?: ComponentBounds, leftOut?: (accounts: number) => void) {
    const matching = new StreamMatching(by, (counts) => counts.leftOut && leftOut?.(counts.leftOut));
    this.identity = new IdentityResolver((system) => (system === 'erp' ? 1 : 2), matching, bounds);
  }

  async take(batch: readonly AccountRow[], when?: MatchWhen): Promise<void> {
    await this.store.transact(null, async (tx: ReconcileTx) => {
      const before = new Map((await tx.accounts.load([...batch])).map((row) => [refText(row), row]));
      await savePlaced(tx, await this.identity.place([...batch], before, tx, when), new Set());
    });
  }

  matchPutOff(signal?: AbortSignal): Promise<void> {
    return new CatchUpReconciling(pageParts(this.store, this.identity)).run({ signal });
  }

  state(): unknown {
    const sorted = <T>(values: Iterable<T>): T[] =>
      [...values].sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
    return {
      customers: sorted([...this.store.accounts].map(([ref, { customerId, link }]) => [ref, customerId, link])),
      pairs: sorted(this.store.pairs.values()),
      blocks: sorted(this.store.blocks.keys()),
      prepared: sorted([...this.store.prepared].map(([ref, { row }]) => [ref, row.body])),
      putOff: sorted(this.store.putOff.keys()),
    };
  }
}

/** Each account's values in the order in which they come; null = it is no customer any more. */
const histories = fc.dictionary(
  fc.integer({ min: 0, max: 14 }).map(String),
  fc.array(fc.option(fc.integer({ min: 0, max: 39 })), { minLength: 1, maxLength: 3 }),
  { minKeys: 1, maxKeys: 12 },
);

function finalAccounts(history: Record<string, (number | null)[]>): AccountRow[] {
  return Object.entries(history).map(([key, values]) => account(Number(key), values.at(-1)!));
}

describe('matching accounts as they stream in', () => {
  it('ends where matching all of them at once ends, in any order and batches', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer(), async (history, seed) => {
        const atOnce = new World();
        await atOnce.take(finalAccounts(history));
        const streamed = new World();
        for (const batch of interleaved(history, seed)) await streamed.take(batch);
        expect(streamed.state()).toEqual(atOnce.state());
      }),
      { numRuns: 300 },
    );
  });

  it('ends there too when batches put accounts off, and those are matched now and then', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer(), fc.array(fc.boolean()), async (history, seed, isLater) => {
        const atOnce = new World();
        await atOnce.take(finalAccounts(history));
        const streamed = new World();
        for (const [at, batch] of interleaved(history, seed).entries()) {
          await streamed.take(batch, isLater[at] ? 'later' : 'different');
          if (isLater.at(-at - 1)) await streamed.matchPutOff();
        }
        await streamed.matchPutOff();
        expect(streamed.state()).toEqual(atOnce.state());
      }),
      { numRuns: 300 },
    );
  });

  it('leaves those that were put off on the list when it is told to stop', async () => {
    const world = new World();
    await world.take([account(0, 11), account(1, 11)], 'later');
    await world.matchPutOff(AbortSignal.abort());
    expect(customersOf(world)).toHaveLength(2);
    expect([...world.store.putOff.keys()].sort()).toEqual(['crm/1', 'erp/0']);
    await world.matchPutOff();
    expect(customersOf(world)).toEqual(['customer-00']);
    expect(world.store.putOff.size).toBe(0);
  });

  it('works an account out again where nothing of it was kept', async () => {
    const world = new World();
    await world.take([account(0, 11)]);
    world.store.prepared.clear();
    await world.take([account(1, 12)]);
    expect(customersOf(world)).toEqual(['customer-00']);
    expect([...world.store.prepared.keys()].sort()).toEqual(['crm/1', 'erp/0']);
  });

  it('changes nothing when accounts come again', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const world = new World();
        await world.take(finalAccounts(history));
        const before = world.state();
        await world.take(finalAccounts(history));
        expect(world.state()).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  it('gives back the state before when what joined is gone', async () => {
    const world = new World();
    await world.take([account(0, 11), account(2, 15)]);
    const before = world.state();
    await world.take([account(1, 13)]);
    expect(new Set([...world.store.accounts.values()].map(({ customerId }) => customerId)).size).toBe(1);
    await world.take([account(1, null)]);
    world.store.accounts.delete('crm/1');
    expect(world.state()).toEqual(before);
  });

  it('compares nothing over a block that grew too large, and takes back what only it had found', async () => {
    const world = new World();
    await world.take([account(0, 10), account(1, 11), account(2, 12)]);
    expect(world.store.pairs.size).toBe(3);
    await world.take([account(3, 19)]);
    expect(world.store.pairs.size).toBe(0);
    await world.take([account(3, 29)]);
    expect(world.store.pairs.size).toBe(3);
  });

  it('never overturns a person', async () => {
    const world = new World();
    const [a, b] = [account(0, 11), account(1, 11)];
    await world.take([a, b]);
    const ref = ({ system, key }: AccountRow) => ({ system, key });
    await world.store.transact(null, (tx) =>
      tx.accounts.saveDecision({
        id: 'd',
        verdict: 'different',
        a: ref(a),
        b: ref(b),
        reason: 'two companies',
        decidedBy: 'someone',
        decidedAt: '2026-01-01T00:00:00.000Z',
        revokedBy: null,
        revokedAt: null,
      }),
    );
    await world.take([account(0, 12), account(1, 12)]);
    expect(customersOf(world)).toEqual(['customer-00', 'customer-01']);
  });

  it('matches all accounts again under another model, and lets go of everything under none', async () => {
    const world = new World();
    await world.take([account(0, 10), account(1, 13), account(2, 30)]);
    expect(customersOf(world)).toHaveLength(3);
    const wider = new World(modelOf('far', 5));
    await rematch(world, wider.identity);
    await wider.take([account(0, 10), account(1, 13), account(2, 30)]);
    expect(world.state()).toEqual(wider.state());
    expect(customersOf(world)).toEqual(['customer-00', 'customer-02']);
    expect(await rematch(world, wider.identity)).toBe(0);
    await rematch(world, new World(null).identity);
    expect(customersOf(world)).toHaveLength(3);
    expect([world.store.pairs.size, world.store.blocks.size]).toEqual([0, 0]);
  });
});

describe('similarity that connects too many', () => {
  const chain = [10, 12, 14, 16, 18].map((n, key) => account(key, n));
  /** All in one block, each near the next one only. */
  const wide = { ...model, maxBlockSize: 10 };

  const apart = ['customer-00', 'customer-01', 'customer-02', 'customer-03', 'customer-04', 'customer-10'];

  it('is left out for too many accounts, counts again when they are fewer, and always for others', async () => {
    const counts: number[] = [];
    const world = new World(wide, { rounds: 64, accounts: 4 }, (accounts) => counts.push(accounts));
    await world.take([...chain.slice(0, 1), account(10, 30), account(12, 31)]);
    for (const each of chain.slice(1)) await world.take([each]);
    expect(customersOf(world)).toEqual(apart);
    expect(counts).toEqual([5]);
    await world.take([account(2, null)]);
    expect(customersOf(world)).toEqual(['customer-00', 'customer-02', 'customer-04', 'customer-10']);
  });

  it('is left out where the steps from one to the next do not end', async () => {
    const world = new World(wide, { rounds: 2, accounts: 100 });
    await world.take([...chain, account(10, 30), account(12, 31)]);
    await world.take([account(1, 13)]);
    expect(new Set(customersOf(world))).toEqual(new Set(apart));
  });

  it('does not add up over the accounts of a batch', async () => {
    const world = new World(wide, { rounds: 64, accounts: 2 });
    await world.take([account(0, 10), account(2, 11), account(4, 30), account(6, 31), account(8, 50), account(10, 51)]);
    expect(customersOf(world)).toHaveLength(3);
  });
});

function customersOf({ store }: World): string[] {
  return [...new Set([...store.accounts.values()].map(({ customerId }) => customerId))].sort();
}

function rematch({ store }: World, identity: IdentityResolver): Promise<number> {
  return new RematchAccounts(pageParts(store, identity)).run();
}

function pageParts(store: MemoryReconcileStore, identity: IdentityResolver): MatchPageParts {
  return {
    store,
    rules: {
      identity,
      currencyOf: () => 'CNY',
      crossReferences: new Map(),
      survivorship: { ruleOf: () => ({ rule: 'priority' }) as never, priorityOf: () => 1 },
    },
    clock: { now: () => 0 },
    afterCommit: () => undefined,
  };
}

/** All values of all accounts, each account's in its own order, cut into batches by a seed. */
function interleaved(history: Record<string, (number | null)[]>, seed: number): AccountRow[][] {
  const waiting = Object.entries(history).map(([key, values]) => ({ key: Number(key), values: [...values] }));
  const batches: AccountRow[][] = [];
  let state = seed >>> 0;
  const next = (below: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
  while (waiting.length > 0) {
    const batch = new Map<number, AccountRow>();
    for (let n = next(3); n >= 0 && waiting.length > 0; n--) {
      const at = next(waiting.length);
      const { key, values } = waiting[at]!;
      batch.set(key, account(key, values.shift()!));
      if (values.length === 0) waiting.splice(at, 1);
    }
    batches.push([...batch.values()]);
  }
  return batches;
}
