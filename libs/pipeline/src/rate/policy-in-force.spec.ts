import { creditPolicyOf } from '@syncline/credit';
import { aStoredPolicy, MemoryPolicyStore, MemoryRateStore, shippedPolicy, shippedPolicyFile } from '@syncline/testing';
import { policyDigest } from './policy-digest';
import { PolicyInForce } from './policy-in-force';

const { text, file } = shippedPolicyFile();

describe('the policy in force', () => {
  const fromFile = shippedPolicy();
  const store = () => new MemoryPolicyStore(new MemoryRateStore());
  const stored = (version: number, effectiveFrom: string, over: Parameters<typeof aStoredPolicy>[0] = {}) => {
    const changed = text.replace('version: 1', `version: ${version}`).replace('2025-01-01', effectiveFrom);
    const digest = policyDigest(creditPolicyOf(changed, file));
    return aStoredPolicy({ digest, version, effectiveFrom, text: changed, ...over });
  };

  it('is the configuration’s until the rate stage registered one', async () => {
    const policies = store();
    const inForce = new PolicyInForce(policies, fromFile);
    expect(await inForce.inForce('2026-11-20')).toBe(fromFile);
    await policies.save(stored(7, '2026-01-01'));
    expect((await inForce.inForce('2026-11-20')).policy.version).toBe(7);
  });

  it('follows days and decisions without a restart, and reads each text once', async () => {
    const policies = store();
    await policies.save(stored(1, '2025-01-01'));
    const waiting = stored(2, '2026-11-21', { status: 'waiting', registeredAt: '2026-11-02T00:00:00.000Z' });
    await policies.save(waiting);
    const inForce = new PolicyInForce(policies, fromFile);
    const versions = async () =>
      Promise.all(['2026-11-20', '2026-11-21'].map(async (day) => (await inForce.inForce(day)).policy.version));
    expect(await versions()).toEqual([1, 1]);
    await policies.save({ ...waiting, status: 'accepted' });
    expect(await versions()).toEqual([1, 2]);
    expect(await inForce.inForce('2026-11-21')).toBe(await inForce.inForce('2026-12-01'));
  });
});
