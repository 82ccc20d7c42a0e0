import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@syncline/pipeline/publish';
import { TOPICS } from '@syncline/pipeline/shared';
import { EchoingServer } from './support/echoing-server';
import { Installation } from './support/installation';
import type { ConfigEditor } from './support/installation-folder';
import { publishedEvents } from './support/published-events';
import { sampleLines } from './support/samples';

/** In every place where the configuration takes a secret; no role may see one, and no log. */
const SECRETS = {
  restToken: 'planted-rest-token-9f31',
  loginPassword: 'planted-login-password-77c2',
  trytonPassword: 'planted-tryton-password-51aa',
  wrongKey: `syk_0123456789ab_${'planted'.repeat(6)}X`,
};
/** In messages and requests; those who may see it see it in the view and nowhere else. */
const PERSONAL = {
  email: 'planted@person.example',
  phone: '+8613700001111',
  person: '植入张三',
  street: '植入路7号',
  taxId: '91320100PLANTED01X',
};
const ROLES: Role[] = ['operator', 'administrator', 'analyst', 'subscriber'];
const ENVIRONMENT = { PLANTED_REST_TOKEN: SECRETS.restToken, PLANTED_LOGIN_PASSWORD: SECRETS.loginPassword };
const AT_ONCE = 8;

interface Operation {
  'x-roles': 'public' | Role[];
}

describe('secrets and personal data, planted everywhere', () => {
  let installation: Installation;
  let server: EchoingServer;
  const errors: string[] = [];

  beforeAll(async () => {
    Object.assign(process.env, ENVIRONMENT);
    server = await EchoingServer.start();
    installation = await Installation.start({
      businessDate: '2026-11-22',
      targetCodes: ['C00041'],
      edit: (config) => withTargets(config, server.port),
    });
    writeFileSync(join(installation.folder.path, 'tryton-password'), `${SECRETS.trytonPassword}\n`);
    await installation.feed('erp', [...sampleLines('small/scenarios/01-customer-created.ndjson.gz'), ...person()]);
    await installation.feed('erp', poison());
    await installation.context.engine.log.append([
      {
        topic: 'erp.public.party_party',
        messages: [
          { key: Buffer.from('{"id": 99}'), value: Buffer.from(`{"after": ${PERSONAL.email}`), timestamp: 0 },
          { key: Buffer.from(PERSONAL.phone), value: Buffer.from([0xff, 0xfe]), timestamp: 0 },
        ],
      },
    ]);
    await refusedRequests();
    await targetsAsked();
  }, 120_000);

  afterAll(async () => {
    await installation?.stop();
    await server?.stop();
    for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
  }, 60_000);

  const call = async (method: string, path: string, authorization: string, body?: unknown): Promise<string> => {
    const response = await fetch(installation.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return `${response.status} ${await response.text()}`;
  };

  /** Requests that are wrong in all the places where somebody may put what is nobody's business. */
  async function refusedRequests(): Promise<void> {
    const right = `Bearer ${installation.key}`;
    const { email, phone, person: name } = PERSONAL;
    const asked: [string, string, string, unknown?][] = [
      ['GET', '/customers', `Bearer ${SECRETS.wrongKey}`],
      ['GET', `/customers?grade=${encodeURIComponent(email)}`, right],
      ['GET', `/customers?cursor=${encodeURIComponent(phone)}`, right],
      ['POST', '/customers/x/overrides', right, { kind: email, limit: phone, reason: name }],
      ['POST', '/customers/merge', right, { a: email, b: phone, reason: 7 }],
      ['POST', '/api-keys', right, { name, role: SECRETS.restToken }],
      ['POST', '/policy/diff', right, { policy: `policy: {id: ${email}}` }],
      ['POST', '/dead-letters/replay', right, { ids: [email, 7] }],
    ];
    // What a caller writes into an address itself comes back to it as `instance`, and to nobody else.
    await call('GET', `/customers?${encodeURIComponent(email)}=1`, right);
    await call('GET', `/customers/${encodeURIComponent(email)}`, right);
    for (const [method, path, authorization, body] of asked)
      errors.push(`${method} ${path.split('?')[0]}: ${await call(method, path, authorization, body)}`);
  }

  /** Resolves when every target has been tried and said no. */
  async function targetsAsked(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { items } = await installation.get<{ items: { target: string; error: object | null }[] }>('/deliveries');
      const failed = new Set(items.filter(({ error }) => error !== null).map(({ target }) => target));
      if (['echoing', 'login', 'tryton'].every((target) => failed.has(target)) && server.requests > 0) return;
      if (Date.now() > deadline) throw new Error(`not all targets were asked: ${JSON.stringify(items)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const leaks = (text: string, planted: Record<string, string>): string[] =>
    Object.entries(planted).flatMap(([name, value]) => {
      const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')];
      return forms.some((form) => text.includes(form)) ? [name] : [];
    });

  it('are in no log, at the finest level', () => {
    const logs = installation.logs.join('');
    expect(installation.logs.length).toBeGreaterThan(10);
    expect(leaks(logs, { ...SECRETS, ...PERSONAL, key: installation.key })).toEqual([]);
  });

  it('are in no answer that refuses a request', () => {
    expect(errors.filter((text) => /: 2\d\d /.test(text))).toEqual([]);
    const found = errors.map((text) => [text.slice(0, 60), leaks(text, { ...SECRETS, ...PERSONAL })] as const);
    expect(found.filter(([, names]) => names.length > 0)).toEqual([]);
  });

  it('are in no GET of any role: secrets never, and what is personal only for those who may see it', async () => {
    const urls = await everyGet();
    const found: string[] = [];
    let shown = 0;
    for (const role of ROLES) {
      const authorization = `Bearer ${await installation.newKey(role)}`;
      for (let at = 0; at < urls.length; at += AT_ONCE) {
        const some = urls.slice(at, at + AT_ONCE);
        const texts = await Promise.all(some.map((url) => call('GET', url, authorization)));
        texts.forEach((text, index) => {
          const personal = leaks(text, PERSONAL);
          if (role !== 'subscriber') shown += personal.length;
          const hidden = role === 'subscriber' ? personal : [];
          for (const name of [...leaks(text, SECRETS), ...hidden]) found.push(`${name} at ${some[index]} as ${role}`);
        });
      }
    }
    expect(found).toEqual([]);
    expect(shown).toBeGreaterThan(0);
  }, 60_000);

  it('are in no event of ratings and deliveries', async () => {
    for (const topic of [TOPICS.ratings, TOPICS.deliveries]) {
      const events = await publishedEvents(installation, topic);
      const text = events.map(({ value, headers }) => `${value?.toString()} ${JSON.stringify(headers)}`).join('\n');
      expect([topic, leaks(text, { ...SECRETS, ...PERSONAL })]).toEqual([topic, []]);
    }
  }, 60_000);

  /** All GETs of the OpenAPI document, with ids that there are. */
  async function everyGet(): Promise<string[]> {
    const { paths } = await installation.get<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
    const { customer_id: id } = await installation.get<{ customer_id: string }>('/accounts/erp/26');
    const letters = await installation.get<{ items: { id: string }[] }>('/dead-letters?limit=100');
    expect(letters.items.length).toBeGreaterThan(4);
    const names = Object.entries(paths).flatMap(([path, item]) => ('get' in item ? [path] : []));
    return names.flatMap((path) => {
      if (path.startsWith('/dead-letters/')) return letters.items.map((each) => `/dead-letters/${each.id}`);
      if (path.startsWith('/connectors/'))
        return ['erp', 'echoing', 'login'].map((name) => path.replace('{name}', name));
      if (path === '/accounts/{system}/{key}') return ['/accounts/erp/26'];
      if (path === '/customers/{id}/explain') return [`/customers/${id}/explain?path=receivables.open_total`];
      return [path.replace('{id}', id)];
    });
  }
});

/** What is personal of the customer that the capture makes. */
function person(): string[] {
  const change = (table: string, id: number, after: object): string =>
    JSON.stringify({
      topic: `erp.public.${table}`,
      key: { id },
      value: { op: 'c', before: null, after: { id, ...after }, source: { lsn: 21_000_000_000 + id, table } },
    });
  const { email, phone, person: name, street, taxId } = PERSONAL;
  return [
    change('party_contact_mechanism', 901, { party: 26, type: 'email', value: email, name, active: true }),
    change('party_contact_mechanism', 902, { party: 26, type: 'phone', value: phone, name, active: true }),
    change('party_address', 903, { party: 26, street, city: '南京', name, active: true, country: 1 }),
    change('party_identifier', 904, { party: 26, type: 'cn_uscc', code: taxId }),
  ];
}

/** Lines that fail, each with something personal where it fails. */
function poison(): string[] {
  const { email, phone, person: name, taxId } = PERSONAL;
  const sale = (id: number, after: object): string =>
    JSON.stringify({
      topic: 'erp.public.sale_sale',
      key: { id },
      value: { op: 'c', before: null, after: { id, party: 26, ...after }, source: { lsn: 22_000_000_000 + id } },
    });
  return [
    `{"topic": "erp.public.party_party", "key": ${email}`,
    JSON.stringify({ topic: `erp.public.${taxId}`, key: { id: 1 }, value: { name } }),
    JSON.stringify({ topic: 'erp.public.party_party', key: { id: phone }, value: { op: name, after: email } }),
    sale(911, { state: name, sale_date: 20_779 }),
    sale(912, { state: 'draft', sale_date: email }),
    sale(913, { state: 'draft', sale_date: 20_779, currency: phone, untaxed_amount_cache: email }),
  ];
}

/** Targets that fail in different ways, each with a secret. */
function withTargets({ read, write }: ConfigEditor, port: number): void {
  const credit = /\n {2}credit:[\s\S]*?\n {2}statements/.exec(read('targets/u8-demo.yaml'))![0];
  const rest = (name: string, more: string): string =>
    [
      `name: ${name}`,
      'system: erp',
      'adapter: rest',
      'config:',
      `  base_url: http://127.0.0.1:${port}/`,
      `  allowed_hosts: ['127.0.0.1:${port}']`,
      more,
      '  read:',
      "    request: {method: GET, url: 'customers/{id}'}",
      '    fields: {cCusCreGrade: /grade, iCusCreLine: /limit, iCusCreDate: /days, bCredit: /c, bCreditDate: /d}',
      "  write: {request: {method: PUT, url: 'customers/{id}', body: {grade: '{cCusCreGrade}', limit: '{iCusCreLine}'}}}",
      credit.replace(/\n {2}statements$/, '').replace(/^\n/, ''),
      '',
    ].join('\n');
  write('targets/echoing.yaml', rest('echoing', "  headers: {authorization: '${env:PLANTED_REST_TOKEN}'}"));
  const login = [
    '  login:',
    "    request: {method: POST, url: login, body: {password: '${env:PLANTED_LOGIN_PASSWORD}'}}",
    '    token: /token',
    '    header: Authorization',
    "    value: 'Bearer {token}'",
  ].join('\n');
  write('targets/login.yaml', rest('login', login));
  write(
    'targets/tryton.yaml',
    [
      'name: tryton',
      'system: erp',
      'adapter: tryton',
      'config:',
      '  url: http://127.0.0.1:1/',
      '  database: planted',
      '  user: syncline',
      "  password: '${file:../tryton-password}'",
      '  company: Planted',
      '  currency: CNY',
      '',
    ].join('\n'),
  );
}
