import type { Role } from '@syncline/pipeline/publish';
import { Installation } from './support/installation';

/** What GET /openapi.json says of an operation. */
interface Operation {
  'x-roles': 'public' | Role[];
}

interface Endpoint {
  name: string;
  method: string;
  url: string;
  roles: 'public' | Role[];
}

const ROLES: Role[] = ['operator', 'administrator', 'analyst', 'subscriber'];
/** Presented in place of a key. */
const NO_KEYS: Record<string, string | undefined> = {
  'no key': undefined,
  'another scheme': 'Basic c3luY2xpbmU6c3luY2xpbmU=',
  'no key of ours': 'Bearer eyJhbGciOiJub25lIn0.e30.',
  'a key that was never made': `Bearer syk_0123456789ab_${'a'.repeat(43)}`,
};
const AT_ONCE = 8;

describe('every endpoint by role', () => {
  let installation: Installation;
  let endpoints: Endpoint[] = [];
  const authorizations: Record<string, string | undefined> = { ...NO_KEYS };

  beforeAll(async () => {
    installation = await Installation.start({
      businessDate: '2026-11-22',
      // More wrong keys than a caller may present.
      edit: ({ replace }) =>
        replace('profiles/embedded.yaml', 'port: 0', 'port: 0, limits: {failed_attempts: 0, requests_per_minute: 0}'),
    });
    for (const role of ROLES) authorizations[role] = `Bearer ${await installation.newKey(role)}`;
    const { key } = installation;
    authorizations['a key with a wrong secret'] = `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'Q' : 'A'}`;
    authorizations['an expired key'] = `Bearer ${await installation.newKey('administrator', { expiresAt: PAST })}`;
    authorizations['a revoked key'] = `Bearer ${await installation.newKey('administrator', { revokedAt: PAST })}`;
    endpoints = await endpointsOf(installation);
  }, 60_000);

  afterAll(async () => installation?.stop(), 60_000);

  const answer = async (
    { method, url }: Endpoint,
    authorization: string | undefined,
  ): Promise<{ status: number; text: string }> => {
    const response = await fetch(installation.url + url, {
      method,
      headers: authorization === undefined ? {} : { authorization },
    });
    return { status: response.status, text: await response.text() };
  };

  it('declares who may use each endpoint', () => {
    expect(endpoints.length).toBeGreaterThan(50);
    expect(endpoints.filter(({ roles }) => roles !== 'public' && !Array.isArray(roles))).toEqual([]);
  });

  it('answers each role and each wrong key as declared, and changes nothing for who is refused', async () => {
    const cases = endpoints.flatMap((endpoint) =>
      Object.entries(authorizations).map(([who, authorization]) => ({ endpoint, who, authorization })),
    );
    const wrong: string[] = [];
    const admitted = new Set<string>();
    for (let i = 0; i < cases.length; i += AT_ONCE) {
      await Promise.all(
        cases.slice(i, i + AT_ONCE).map(async ({ endpoint, who, authorization }) => {
          const { status, text } = await answer(endpoint, authorization);
          const expected = expectedRefusal(endpoint, who);
          const refused = [401, 403].includes(status) ? `${status} ${codeOf(text)}` : undefined;
          if (refused !== expected || status === 500)
            wrong.push(`${endpoint.name} as ${who}: ${status} in place of ${expected ?? 'an answer'}`);
          if (expected === undefined) admitted.add(`${who} ${endpoint.name}`);
        }),
      );
    }
    expect(wrong).toEqual([]);
    const { items } = await installation.get<{ items: Change[] }>('/audit?limit=200');
    const ofRefused = items.filter(({ role, action }) => !admitted.has(`${role} ${action}`));
    expect(ofRefused).toEqual([]);
  });

  it('refuses HEAD as it refuses GET', async () => {
    for (const endpoint of endpoints.filter(({ method, roles }) => method === 'GET' && roles !== 'public'))
      expect([endpoint.name, (await answer({ ...endpoint, method: 'HEAD' }, undefined)).status]).toEqual([
        endpoint.name,
        401,
      ]);
  });
});

interface Change {
  role: string;
  action: string;
}

const PAST = '2020-01-01T00:00:00.000Z';

/** Status and code with which an endpoint has to refuse; undefined = it has to answer. */
function expectedRefusal({ roles }: Endpoint, who: string): string | undefined {
  if (roles === 'public') return undefined;
  if (who === 'no key' || who === 'another scheme') return '401 KEY_MISSING';
  const role = ROLES.find((each) => each === who);
  if (role === undefined) return '401 KEY_REFUSED';
  return roles.includes(role) ? undefined : '403 ROLE_REFUSED';
}

async function endpointsOf(installation: Installation): Promise<Endpoint[]> {
  const { paths } = await installation.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      url: path.replaceAll(/\{\w+\}/g, '0'),
      roles: operation['x-roles'],
    })),
  );
}

function codeOf(text: string): string {
  return (JSON.parse(text) as { code: string }).code;
}
