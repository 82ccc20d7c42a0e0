import { creditPolicyReference } from './policy-reference';

describe('the reference of the credit policy', () => {
  it('leaves no field without a meaning', () => {
    const fields = [...creditPolicyReference().matchAll(/^\| `([^`]+)` \| ([^|]*) \| (.*) \|$/gm)];
    expect(fields.length).toBeGreaterThan(50);
    expect(fields.filter(([, , , meaning]) => meaning.trim() === '')).toEqual([]);
  });
});
