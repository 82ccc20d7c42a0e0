import fc from 'fast-check';
import { groupShares, leftBy, type GroupLink } from './group-limit';

const below = (parent: string, ...members: string[]): GroupLink[] => members.map((member) => ({ member, parent }));

/** What one limit leaves to a customer, looked up anew for each of them; nothing where it does not bind it. */
function leftByHand(
  member: string,
  parent: string,
  limit: number,
  links: readonly GroupLink[],
  used: ReadonlyMap<string, string>,
): number[] {
  const isBound = (id: string, steps = used.size): boolean =>
    id === parent || (steps > 0 && links.some((link) => link.member === id && isBound(link.parent, steps - 1)));
  if (!isBound(member)) return [];
  const others = [...used].filter(([id]) => id !== member && isBound(id));
  return [others.reduce((left, [, exposure]) => left - Math.max(0, Number(exposure)), limit)];
}

describe('a group limit', () => {
  const exposures = new Map([
    ['p', '300'],
    ['a', '500'],
    ['b', '-50'],
  ]);

  it('leaves each member what the others do not use', () => {
    const shares = groupShares(below('p', 'a', 'b'), new Map([['p', '1000']]), exposures);
    expect(Object.fromEntries(shares)).toEqual({
      p: { parent: 'p', limit: '1000', othersExposure: '500', others: 2 },
      a: { parent: 'p', limit: '1000', othersExposure: '300', others: 2 },
      b: { parent: 'p', limit: '1000', othersExposure: '800', others: 2 },
    });
    expect([...shares.values()].map((share) => leftBy(share).toString())).toEqual(['500', '700', '200']);
  });

  it('binds those below it and not those above or beside it, and the tightest one counts', () => {
    const links = [...below('p', 'a', 'b'), ...below('a', 'a1', 'a2'), ...below('q', 'a1')];
    const used = new Map(['p', 'a', 'b', 'a1', 'a2', 'q'].map((id) => [id, '100']));
    const limits = new Map([
      ['p', '1000'],
      ['a', '250'],
    ]);
    const parents = [...groupShares(links, limits, used)].map(([id, { parent, others }]) => [id, parent, others]);
    expect(parents.sort()).toEqual([
      ['a', 'a', 2],
      ['a1', 'a', 2],
      ['a2', 'a', 2],
      ['b', 'p', 4],
      ['p', 'p', 4],
    ]);
  });

  it('ends where customers belong to each other, and knows nobody without links', () => {
    const circle = [...below('a', 'b'), ...below('b', 'a')];
    expect(groupShares(circle, new Map([['a', '9']]), new Map()).size).toBe(2);
    expect([...groupShares([], new Map([['a', '9']]), new Map()).keys()]).toEqual(['a']);
    expect(groupShares(circle, new Map(), exposures).size).toBe(0);
  });

  it('is not exceeded by any one member that goes to what is left to it, whatever the order of links', () => {
    const amounts = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 8 });
    const gen = amounts.chain((each) =>
      fc.tuple(
        fc.constant(each),
        fc.array(fc.tuple(fc.nat(each.length - 1), fc.nat(each.length - 1)), { maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(each.length - 1), fc.integer({ min: 0, max: 3000 })), { maxLength: 3 }),
      ),
    );
    fc.assert(
      fc.property(gen, ([each, pairs, decided]) => {
        const used = new Map(each.map((amount, at) => [String(at), String(amount)]));
        const links = pairs.map(([member, parent]) => ({ member: String(member), parent: String(parent) }));
        const limits = new Map(decided.map(([parent, limit]) => [String(parent), String(limit)]));
        const shares = groupShares(links, limits, used);
        for (const member of used.keys()) {
          const left = [...limits].flatMap(([parent, limit]) => leftByHand(member, parent, Number(limit), links, used));
          const share = shares.get(member);
          expect(share ? [Number(leftBy(share))] : []).toEqual(left.length > 0 ? [Math.min(...left)] : []);
        }
        expect(groupShares([...links].reverse(), limits, used)).toEqual(shares);
      }),
    );
  });
});
