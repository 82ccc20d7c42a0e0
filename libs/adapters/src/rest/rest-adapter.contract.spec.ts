import { adapterContract } from '@syncline/testing';
import { restAdapter } from './rest-adapter';
import { RestTargetDouble } from './rest-target.double';

const PASSWORD = 'p4ss-wörd-不可见';
const FIRST = { accountKey: '1', accountCode: 'C-001' };
const SECOND = { accountKey: '2', accountCode: 'C-002' };
const TWICE = { accountKey: '3', accountCode: 'C-003' };

function config(baseUrl: string) {
  const login = {
    request: { method: 'POST', url: 'login', body: { password: '${env:CRM_PASSWORD}' } },
    token: '/session/token',
  };
  return {
    base_url: baseUrl,
    allowed_hosts: ['127.0.0.1'],
    login,
    company: { request: { url: 'me' }, pointer: '/company', equals: 'East' },
    find: { request: { url: 'customers?code={account}' }, list: '/items', id: '/id' },
    read: {
      request: { url: 'customers/{id}' },
      fields: { grade: '/credit/grade', days: '/credit/days', limit: '/credit/limit', blocked: '/credit/blocked' },
      version: { header: 'etag' },
    },
    write: {
      request: {
        method: 'PATCH',
        url: 'customers/{id}',
        headers: { 'If-Match': '{version}', 'Idempotency-Key': '{idempotency_key}' },
        body: { credit: { grade: '{grade}', days: '{days}', limit: '{limit}', blocked: '{blocked}' } },
      },
    },
    answers: [{ status: [200], pointer: '/error', class: 'permanent' }],
    echo: { column: 'modified_by', value: 'syncline' },
    credit: {
      currency: 'CNY',
      grade: { name: 'grade', max_length: 10 },
      term_days: { name: 'days' },
      limit: { name: 'limit', scale: 2, unlimited: 'null' },
      hold: { name: 'blocked', values: { none: 'no', new_orders: 'orders', all: 'all' } },
    },
  };
}

adapterContract(
  'rest on a CRM double',
  async () => {
    const double = new RestTargetDouble(PASSWORD);
    double.add('1', FIRST.accountCode);
    double.add('2', SECOND.accountCode);
    double.add('3', TWICE.accountCode);
    double.add('4', TWICE.accountCode);
    const given = config(await double.start());
    const wrongPassword = { request: { ...given.login.request, body: { password: 'wrong' } }, token: '/session/token' };
    return {
      adapter: restAdapter(),
      config: given,
      secrets: { CRM_PASSWORD: PASSWORD },
      broken: {
        secret: { ...given, login: wrongPassword },
        company: { ...given, company: { ...given.company, equals: 'West' } },
      },
      accounts: { first: FIRST, second: SECOND, duplicate: TWICE },
      currency: 'CNY',
      grades: ['A', '甲级"}{'],
      holds: ['none', 'new_orders', 'all'],
      unlimited: true,
      untouched: async ({ accountKey }) => {
        const { name, contacts } = double.account(accountKey);
        return { name, contacts };
      },
      writes: async () => double.writes,
      changedRow: async () => ({ modified_by: 'syncline' }),
      faults: {
        loseAnswer: () => (double.loseNext = true),
        throttle: (retryAfter) => (double.throttleNext = { retryAfter }),
        failWithSuccess: () => (double.errorBodyNext = true),
        expireSession: () => double.expire(),
        refuseSessions: () => {
          double.sessionsRefused = true;
          double.expire();
        },
        refuse: async ({ accountKey }) => void double.refused.add(accountKey),
        changeBehind: async ({ accountKey }) => {
          const account = double.account(accountKey);
          account.credit.limit = '7';
          account.revision += 1;
        },
      },
      dispose: () => double.stop(),
    };
  },
  ['right'],
);
