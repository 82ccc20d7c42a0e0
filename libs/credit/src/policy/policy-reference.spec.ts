import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { creditPolicyReference } from './policy-reference';

describe('the reference of the credit policy', () => {
  it('describes the policy as it is', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/reference/credit-policy.md'), 'utf8');
    expect(page).toBe(creditPolicyReference());
  });

  it('leaves no field without a meaning', () => {
    const fields = creditPolicyReference().matchAll(/^\| `([^`]+)` \| ([^|]*) \| (.*) \|$/gm);
    expect([...fields].filter(([, , , meaning]) => meaning.trim() === '')).toEqual([]);
  });
});
