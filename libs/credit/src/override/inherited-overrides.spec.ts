import fc from 'fast-check';
import { OVERRIDE_KINDS, type CreditOverride } from './credit-override';
import { overridesWithInherited } from './inherited-overrides';

const DAY = '2026-11-20';

const anOverride = (id: string, customerId: string, over: Partial<CreditOverride> = {}): CreditOverride => ({
  id,
  customerId,
  kind: 'override',
  grade: null,
  termDays: null,
  limit: '1000',
  hold: null,
  reason: 'agreed',
  attachment: null,
  validFrom: '2026-11-01',
  validTo: '2026-12-31',
  status: 'approved',
  proposedBy: 'a',
  proposedAt: '2026-11-01T00:00:00.000Z',
  decidedBy: 'b',
  decidedAt: '2026-11-01T00:00:00.000Z',
  revokedBy: null,
  revokedAt: null,
  ...over,
});

const idsFor = (customerId: string, ...overrides: CreditOverride[]) =>
  overridesWithInherited(customerId, overrides, DAY).map(({ id }) => id);

describe('overrides after a merge', () => {
  it('are those of the merged customer where the survivor has none of that kind', () => {
    const temporary = anOverride('t', 'b', { kind: 'temporary_limit' });
    expect(idsFor('b', anOverride('o', 'a'), temporary)).toEqual(['o', 't']);
    expect(idsFor('b', anOverride('o', 'a'), anOverride('own', 'b'), temporary)).toEqual(['own', 't']);
  });

  it('are inherited again when what the survivor had has ended', () => {
    const ended = anOverride('own', 'b', { validTo: '2026-11-19' });
    const revoked = anOverride('taken', 'b', { status: 'revoked' });
    expect(idsFor('b', anOverride('o', 'a'), ended, revoked)).toEqual(['o']);
  });

  it('keep every hold', () => {
    const hold = { kind: 'hold', hold: 'all', limit: null } as const;
    expect(idsFor('b', anOverride('h1', 'a', hold), anOverride('h2', 'b', hold))).toEqual(['h1', 'h2']);
  });

  it('do not depend on the order in which they are read', () => {
    const some = fc.array(
      fc.record({
        customerId: fc.constantFrom('a', 'b', 'c'),
        kind: fc.constantFrom(...OVERRIDE_KINDS),
        validFrom: fc.constantFrom('2026-11-01', '2026-11-21'),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(some, (parts) => {
        const overrides = parts.map(({ customerId, ...over }, index) => anOverride(String(index), customerId, over));
        const there = idsFor('b', ...overrides);
        expect(idsFor('b', ...overrides.toReversed())).toEqual(there);
      }),
    );
  });
});
