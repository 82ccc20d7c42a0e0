import type { GroupLink } from '@syncline/credit';
import { anOverride } from '@syncline/testing';
import { readGroups } from './credit-groups';
import { anItemRow, goodLedger, RateStageWorld } from './rate-stage.fixture';

const DAY = '2025-12-31';
const below = (parent: string, ...members: string[]): GroupLink[] => members.map((member) => ({ member, parent }));

/** What is open of a customer that pays well. */
const owing = (amount: string) => [...goodLedger(), anItemRow({ amount, postedOn: '2025-12-20', dueOn: '2026-01-20' })];

describe('customers that share a limit', () => {
  let world: RateStageWorld;
  const limitOf = (id: string): string | null | undefined => world.store.current(id)?.limit;
  const rate = (...ids: string[]) => world.stage.handle(world.batch(...ids));

  function decide(limit: string, parts: Parameters<typeof anOverride>[0] = {}): void {
    const decision = { kind: 'group_limit', customerId: 'p', validFrom: DAY, validTo: null, limit } as const;
    world.store.overrides.push(anOverride({ ...decision, id: limit, ...parts }));
  }

  beforeEach(() => {
    world = new RateStageWorld();
    world.store.links = [...below('p', 'a', 'b'), ...below('b', 'b1')];
    for (const id of ['p', 'a', 'b', 'b1', 'other']) world.known(id, owing('100000'));
  });

  it('are bound by what the others leave, once the limit is decided, and say so', async () => {
    await rate('p', 'a', 'b', 'b1', 'other');
    const alone = limitOf('other');
    expect([limitOf('a'), world.store.ratings.length]).toEqual([alone, 5]);
    decide('700000');
    expect(await rate('p')).toEqual({ evaluated: 4, changed: 4 });
    expect(['p', 'a', 'b', 'b1', 'other'].map(limitOf)).toEqual(['400000', '400000', '400000', '400000', alone]);
    expect(world.store.current('b1')).toMatchObject({
      derivation: { bound: 'group', group: { parent: 'p', limit: '700000', othersExposure: '300000', others: 3 } },
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'GROUP_LIMIT' })]) as unknown,
    });
  });

  it('are rated again when one of them uses more, or belongs to it no more', async () => {
    decide('700000');
    await rate('p', 'a', 'b', 'b1');
    world.known('b1', owing('150000'));
    await rate('b1');
    expect(['p', 'a', 'b', 'b1'].map(limitOf)).toEqual(['350000', '350000', '350000', '400000']);
    world.store.links = below('p', 'a', 'b');
    await rate('b1', 'b');
    expect(['p', 'a', 'b'].map(limitOf)).toEqual(['500000', '500000', '500000']);
    expect(world.store.current('b1')?.derivation?.group).toBeUndefined();
  });

  it('hold new orders of each when together they are above it', async () => {
    decide('350000');
    await rate('a');
    expect(world.store.current('a')).toMatchObject({ limit: '50000', hold: 'new_orders' });
    expect(world.store.current('a')?.reasons.map(({ code }) => code)).toContain('H10_OVER_LIMIT');
  });

  it('have their own limits again when it is revoked', async () => {
    decide('350000');
    await rate('p');
    world.store.overrides = world.store.overrides.map((each) => ({ ...each, status: 'revoked' }));
    await rate('p', 'other');
    expect(['p', 'a', 'b', 'b1'].map(limitOf)).toEqual(Array(4).fill(limitOf('other')));
  });

  it('ask two things of the store where nobody has one', async () => {
    const asked: string[] = [];
    const answer = (name: string) => async () => (asked.push(name), []);
    const reads = { parentsOf: answer('parents'), membersOf: answer('members'), withGroupLimit: answer('limits') };
    expect(await readGroups(reads, ['a', 'b'])).toEqual({ parents: [], links: [] });
    expect(asked).toEqual(['parents', 'limits']);
  });
});
