import { temporarySqliteStore } from '../../../libs/engine/src/store/testing/temporary-stores';
import { GatewayHarness, type HarnessOptions } from './gateway.harness';

const LIMITS = { requestsPerMinute: 20, failedAttempts: 3, lockoutSeconds: 60 };
const HERE = '198.51.100.1';
const THERE = '198.51.100.2';
const PROXY = '10.0.0.9';

interface Answer {
  status: number;
  code?: string;
  retryAfter?: number;
}

describe('bounds of what a caller may', () => {
  let gateway: GatewayHarness;

  const start = async (options: HarnessOptions = { limits: LIMITS }): Promise<void> => {
    gateway = await GatewayHarness.start(temporarySqliteStore, options);
  };

  afterEach(() => gateway.stop());

  const ask = async (key: string, from: string, forwardedFor?: string): Promise<Answer> => {
    const response = await gateway.app.inject({
      method: 'GET',
      url: '/me',
      remoteAddress: from,
      headers: { authorization: `Bearer ${key}`, ...(forwardedFor ? { 'x-forwarded-for': forwardedFor } : {}) },
    });
    const retryAfter = response.headers['retry-after'];
    return {
      status: response.statusCode,
      ...(response.statusCode === 200 ? {} : { code: response.json<{ code: string }>().code }),
      ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }),
    };
  };
  /** A key that was never made; each has an id of its own. */
  const guess = (i: number): string => `syk_${i.toString(16).padStart(12, '0')}_${'a'.repeat(43)}`;
  const wrongSecretOf = (key: string): string => `${key.slice(0, -1)}${key.endsWith('A') ? 'Q' : 'A'}`;
  const REFUSED = { status: 401, code: 'KEY_REFUSED' };
  const OK = { status: 200 };
  const locked = (retryAfter: number): Answer => ({ status: 429, code: 'ATTEMPTS_LOCKED', retryAfter });

  it('locks an address out after wrong keys, whatever it presents, and lets it in again later', async () => {
    await start();
    for (let i = 0; i < 3; i++) expect(await ask(guess(i), HERE)).toEqual(REFUSED);
    expect(await ask(gateway.keys.analyst, HERE)).toEqual(locked(60));
    expect(await ask(gateway.keys.analyst, THERE)).toEqual(OK);
    gateway.now += 59_001;
    expect(await ask(guess(9), HERE)).toEqual(locked(1));
    gateway.now += 999;
    expect(await ask(gateway.keys.analyst, HERE)).toEqual(OK);
  });

  it('locks a key that is guessed at from many addresses, but not for who uses it rightly', async () => {
    await start();
    const { operator } = gateway.keys;
    expect(await ask(operator, HERE)).toEqual(OK);
    for (let i = 0; i < 3; i++) expect(await ask(wrongSecretOf(operator), `203.0.113.${i}`)).toEqual(REFUSED);
    expect(await ask(operator, THERE)).toEqual(locked(60));
    expect(await ask(operator, HERE)).toEqual(OK);
    expect(await ask(gateway.keys.analyst, THERE)).toEqual(OK);
  });

  it('counts a wrong secret from a known address, too', async () => {
    await start();
    const { operator } = gateway.keys;
    expect(await ask(operator, HERE)).toEqual(OK);
    for (let i = 0; i < 3; i++) expect(await ask(wrongSecretOf(operator), HERE)).toEqual(REFUSED);
    expect(await ask(operator, HERE)).toEqual(locked(60));
  });

  it('answers requests beyond the rate of a key with 429 until the minute is over', async () => {
    await start();
    const { analyst } = gateway.keys;
    for (let i = 0; i < 20; i++) expect(await ask(analyst, HERE)).toEqual(OK);
    gateway.now += 10_000;
    expect(await ask(analyst, THERE)).toEqual({ status: 429, code: 'RATE_LIMITED', retryAfter: 50 });
    expect(await ask(gateway.keys.operator, HERE)).toEqual(OK);
    gateway.now += 50_000;
    expect(await ask(analyst, HERE)).toEqual(OK);
  });

  it('takes the address of a caller from a proxy only where the proxy is trusted', async () => {
    await start({ limits: LIMITS, gateway: { trustedProxies: ['10.0.0.0/8'] } });
    for (let i = 0; i < 3; i++) expect(await ask(guess(i), PROXY, `1.2.3.4, ${HERE}`)).toEqual(REFUSED);
    expect(await ask(gateway.keys.analyst, PROXY, `4.3.2.1, ${HERE}`)).toEqual(locked(60));
    expect(await ask(gateway.keys.analyst, PROXY, THERE)).toEqual(OK);
    for (let i = 0; i < 3; i++) expect(await ask(guess(i), '203.0.113.5', `192.0.2.${i}`)).toEqual(REFUSED);
    expect(await ask(guess(9), '203.0.113.5', '192.0.2.9')).toEqual(locked(60));
  });

  it('ignores X-Forwarded-For where no proxy is trusted', async () => {
    await start();
    for (let i = 0; i < 3; i++) expect(await ask(guess(i), HERE, `192.0.2.${i}`)).toEqual(REFUSED);
    expect(await ask(guess(9), HERE, '192.0.2.9')).toEqual(locked(60));
  });

  it('has no bounds where the configuration sets them to 0', async () => {
    await start({ limits: { requestsPerMinute: 0, failedAttempts: 0, lockoutSeconds: 1 } });
    for (let i = 0; i < 30; i++) expect(await ask(guess(i), HERE)).toEqual(REFUSED);
    for (let i = 0; i < 30; i++) expect(await ask(gateway.keys.analyst, HERE)).toEqual(OK);
  });
});

describe('rotation of a key', () => {
  let gateway: GatewayHarness;

  beforeAll(async () => {
    gateway = await GatewayHarness.start(temporarySqliteStore);
  });

  afterAll(() => gateway.stop());

  interface Made {
    id: string;
    key: string;
    role: string;
    name: string;
    expires_at: string | null;
  }

  const make = async (body: object): Promise<Made> =>
    (await gateway.call('POST', '/api-keys', 'administrator', body)).body as unknown as Made;
  const rotate = async (id: string, body: object): Promise<{ status: number; body: Made }> => {
    const { status, body: made } = await gateway.call('POST', `/api-keys/${id}/rotate`, 'administrator', body);
    return { status, body: made as unknown as Made };
  };
  const works = async (key: string): Promise<boolean> => (await gateway.call('GET', '/me', { key })).status === 200;

  it('makes a key of the same name and role; the old one holds until the overlap is over', async () => {
    const old = await make({ name: 'reports', role: 'analyst' });
    const { status, body: next } = await rotate(old.id, { overlap_hours: 2 });
    expect([status, next]).toMatchObject([201, { name: 'reports', role: 'analyst', expires_at: null }]);
    expect([await works(old.key), await works(next.key)]).toEqual([true, true]);
    gateway.now += 2 * 3_600_000;
    expect([await works(old.key), await works(next.key)]).toEqual([false, true]);
  });

  it('ends the old key at once without an overlap, and gives the new one the same lifetime', async () => {
    const inDays = (days: number): string => new Date(gateway.now + days * 86_400_000).toISOString();
    const old = await make({ name: 'feed', role: 'operator', expires_at: inDays(30) });
    gateway.now += 10 * 86_400_000;
    const { body: next } = await rotate(old.id, { overlap_hours: 0 });
    expect(next.expires_at).toBe(inDays(30));
    expect([await works(old.key), await works(next.key)]).toEqual([false, true]);
  });

  it('does not lengthen a life, and refuses what is not in force', async () => {
    const end = new Date(gateway.now + 3_600_000).toISOString();
    const old = await make({ name: 'short', role: 'analyst', expires_at: end });
    await rotate(old.id, { overlap_hours: 24 });
    gateway.now += 3_600_000;
    expect(await works(old.key)).toBe(false);
    expect((await rotate(old.id, {})).status).toBe(404);
    expect((await rotate('nobody', {})).status).toBe(404);
    expect((await rotate(old.id, { overlap_hours: -1 })).status).toBe(400);
  });

  it('is in the audit without the key', async () => {
    const old = await make({ name: 'audited', role: 'analyst' });
    const { body: next } = await rotate(old.id, {});
    const { text } = await gateway.call('GET', `/audit?subject=${old.id}`, 'administrator');
    expect(text).toContain('POST /api-keys/{id}/rotate');
    expect(text).toContain(next.id);
    expect(text).not.toContain(next.key);
  });
});
