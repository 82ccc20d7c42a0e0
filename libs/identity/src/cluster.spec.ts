import fc from 'fast-check';
import { clusterAccounts, type IdentityAccount, type IdentityInput } from '.';

function account(ref: string, over: Partial<IdentityAccount> = {}): IdentityAccount {
  return {
    ref,
    birthId: `id:${ref}`,
    priority: ref.startsWith('erp/') ? 1 : 2,
    identityKeys: [],
    mergedInto: null,
    ...over,
  };
}

function members(input: Partial<IdentityInput>): Record<string, string[]> {
  const clusters = clusterAccounts({ accounts: [], same: [], different: [], ...input });
  return Object.fromEntries(clusters.map((cluster) => [cluster.customerId, cluster.members]));
}

const TAX = ['tax:cn_uscc:91330405W7A6436354'];

describe('clusterAccounts', () => {
  it('joins accounts that share a valid identifier, under the name of the leading system', () => {
    const accounts = [
      account('crm/7', { identityKeys: TAX }),
      account('erp/42', { identityKeys: TAX }),
      account('erp/43'),
    ];
    expect(members({ accounts })).toEqual({ 'id:erp/42': ['crm/7', 'erp/42'], 'id:erp/43': ['erp/43'] });
  });

  it('gives a merged customer the id of the account that the source kept, though the other has the lower key', () => {
    const accounts = [account('erp/1', { mergedInto: 'erp/2' }), account('erp/2')];
    expect(members({ accounts })).toEqual({ 'id:erp/2': ['erp/1', 'erp/2'] });
  });

  it('keeps apart what a person called different, and lets the rest meet', () => {
    const accounts = ['erp/1', 'erp/2', 'crm/3'].map((ref) => account(ref, { identityKeys: TAX }));
    expect(members({ accounts, different: [{ a: 'crm/3', b: 'erp/1' }] })).toEqual({
      'id:erp/1': ['erp/1', 'erp/2'],
      'id:crm/3': ['crm/3'],
    });
  });

  it('joins what a person called the same, and tells so', () => {
    const [cluster] = clusterAccounts({
      accounts: [account('erp/1'), account('crm/3')],
      same: [{ a: 'crm/3', b: 'erp/1' }],
      different: [],
    });
    expect(cluster).toMatchObject({ customerId: 'id:erp/1', links: { 'crm/3': 'decision', 'erp/1': 'decision' } });
  });

  it('does not believe an identifier that half the world has', () => {
    const accounts = Array.from({ length: 51 }, (_, i) => account(`erp/${i}`, { identityKeys: ['tax:dummy'] }));
    expect(Object.keys(members({ accounts }))).toHaveLength(51);
  });

  it('gives the same customers for any order of accounts and decisions', () => {
    const refs = ['erp/1', 'erp/2', 'erp/3', 'crm/4', 'crm/5', 'crm/6'];
    const pair = fc
      .tuple(fc.constantFrom(...refs), fc.constantFrom(...refs))
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ a, b }));
    const keys = fc.array(fc.subarray(['k1', 'k2', 'k3']), { minLength: refs.length, maxLength: refs.length });
    fc.assert(
      fc.property(
        keys,
        fc.array(pair, { maxLength: 3 }),
        fc.array(pair, { maxLength: 3 }),
        fc.nat(),
        (keysOf, same, different, seed) => {
          const accounts = refs.map((ref, i) =>
            account(ref, { identityKeys: keysOf[i]!, mergedInto: seed % 7 === i ? refs[(i + 1) % 3]! : null }),
          );
          const there = members({ accounts, same, different });
          const back = members({
            accounts: [...accounts].reverse(),
            same: [...same].reverse(),
            different: different.map(({ a, b }) => ({ a: b, b: a })).reverse(),
          });
          expect(back).toEqual(there);
          for (const { a, b } of different)
            expect(Object.values(there).some((each) => each.includes(a) && each.includes(b))).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
