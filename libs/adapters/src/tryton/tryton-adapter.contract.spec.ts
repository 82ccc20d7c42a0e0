import type { AdapterContext } from '@syncline/pipeline/deliver';
import { adapterContract } from '@syncline/testing';
import { trytonAdapter } from './tryton-adapter';
import { TrytonDouble } from './tryton.double';

const PASSWORD = 's3cret-of-tryton';
const FIRST = { accountKey: '2', accountCode: 'C0001' };
const SECOND = { accountKey: '3', accountCode: 'C0002' };
const TWICE = { accountKey: '4', accountCode: 'C0003' };

function configOf(url: string) {
  return {
    url,
    database: 'tryton',
    user: 'admin',
    password: '${env:TRYTON_PASSWORD}',
    company: 'Syncline Test Company',
    currency: 'CNY',
    payment_terms: { '0': 'Cash', '15': 'Net 15', '30': 3 },
    grades: { A: 'Credit A', B: 'Credit B', 甲: '甲级' },
    holds: { new_orders: 'Credit Hold', all: 'Credit Hold' },
  };
}

adapterContract('tryton on a double', async () => {
  const double = new TrytonDouble(PASSWORD);
  double.add(2, FIRST.accountCode);
  double.add(3, SECOND.accountCode);
  double.add(4, TWICE.accountCode);
  double.add(5, TWICE.accountCode);
  const config = configOf(await double.start());
  return {
    adapter: trytonAdapter(),
    config,
    secrets: { TRYTON_PASSWORD: PASSWORD },
    broken: {
      secret: { ...config, password: 'wrong' },
      company: { ...config, company: 'Another Company' },
      right: { ...config, user: 'limited' },
    },
    accounts: { first: FIRST, second: SECOND, duplicate: TWICE },
    currency: 'CNY',
    grades: ['A', '甲'],
    holds: ['none', 'new_orders'],
    unlimited: true,
    untouched: async ({ accountKey }) => {
      const { name, code, categories } = double.party(Number(accountKey));
      return { name, code, wholesale: categories.includes(5) };
    },
    writes: async () => double.writes,
    changedRow: async ({ accountKey }) => ({ write_uid: double.party(Number(accountKey)).writeUid }),
    faults: {
      loseAnswer: () => (double.loseNext = true),
      throttle: (retryAfter) => (double.throttleNext = { retryAfter }),
      failWithSuccess: () => (double.userErrorNext = true),
      expireSession: () => double.expire(),
      refuseSessions: () => {
        double.loginsRefused = true;
        double.expire();
      },
      refuse: async ({ accountKey }) => void double.refused.add(Number(accountKey)),
      changeBehind: async ({ accountKey }) => {
        const party = double.party(Number(accountKey));
        party.limit = '7.00';
        party.timestamp += 1;
      },
    },
    dispose: () => double.stop(),
  };
});

describe('tryton', () => {
  const never = new AbortController().signal;
  let double: TrytonDouble;
  let config: ReturnType<typeof configOf>;
  const context: AdapterContext = {
    target: 'crm',
    fetch,
    secrets: { resolve: async (text) => text.replace('${env:TRYTON_PASSWORD}', PASSWORD) },
    clock: { now: () => 0 },
    log: { warn: () => undefined, debug: () => undefined },
  };

  beforeEach(async () => {
    double = new TrytonDouble(PASSWORD);
    double.add(2, 'C0001');
    config = configOf(await double.start());
  });
  afterEach(() => double.stop());

  const command = {
    ...{ accountKey: '2', accountCode: 'C0001', id: '2', version: 1, idempotencyKey: 'k' },
    ...{ grade: 'A', termDays: 30, limit: '10', currency: 'CNY', hold: 'none' as const },
  };

  it('refuses to write in another company, where a write would succeed and change nothing real', async () => {
    const session = await trytonAdapter().open({ ...config, company: 'Another Company' }, context);
    const [result] = await session.write([command], never);
    expect(result).toMatchObject({ type: 'failed', failure: { code: 'TARGET_COMPANY_WRONG', type: 'auth' } });
    expect(double.writes).toBe(0);
  });

  it('tells a missing right from a value that is refused, though Tryton says UserError to both', async () => {
    const session = await trytonAdapter().open({ ...config, user: 'limited' }, context);
    const [result] = await session.write([command], never);
    expect(result).toMatchObject({ type: 'failed', failure: { code: 'TARGET_FORBIDDEN', type: 'auth' } });
  });

  it('names what the configuration asks for and the target does not have', async () => {
    const session = await trytonAdapter().open({ ...config, grades: { A: 'Credit Z' } }, context);
    const findings = await session.check(never);
    expect(findings.find(({ ok }) => !ok)?.message).toContain('"Credit Z" is there 0 times');
  });

  it('replaces a grade that stands beside another one', async () => {
    double.party(2).categories.push(1, 2);
    const session = await trytonAdapter().open(config, context);
    expect(await session.write([command], never)).toMatchObject([{ type: 'applied', verified: true }]);
    expect(double.party(2).categories.sort()).toEqual([1, 5]);
  });

  it('refuses a term that it has no payment term for', async () => {
    const session = await trytonAdapter().open(config, context);
    const [plan] = await session.plan([{ ...command, termDays: 45 }], never);
    expect(plan?.refusal).toMatchObject({ type: 'permanent', field: 'term_days' });
  });

  it('waits when the database is not there instead of blaming an account', async () => {
    await double.stop();
    const session = await trytonAdapter().open(config, context);
    await expect(session.read(['2'], never)).rejects.toMatchObject({
      failure: { type: 'retryable', targetWide: true, code: 'TARGET_UNREACHABLE' },
    });
    await double.start();
  });
});
