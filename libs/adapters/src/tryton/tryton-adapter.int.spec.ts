import type { Adapter } from '@syncline/pipeline/deliver';
import { adapterContract } from '@syncline/testing';
import { trytonAdapter } from './tryton-adapter';

const FIRST_CODE = 'C0001';
const SECOND_CODE = 'C0002';

function setting(name: string): string {
  const value = process.env[`SYNCLINE_TEST_TRYTON_${name}`];
  if (!value) throw new Error(`SYNCLINE_TEST_TRYTON_${name} is not set: this suite needs a Tryton 6.0`);
  return value;
}

type Json = Record<string, unknown>;

/** An observer with a login of its own: it prepares parties and looks at them, apart from the adapter. */
class Observer {
  private constructor(
    private readonly authorization: string,
    private readonly context: Json,
  ) {}

  static async open(): Promise<Observer> {
    const user = setting('USER');
    const login = (await rpc('common.db.login', [user, { password: setting('PASSWORD') }, 'en'])) as [number, string];
    const authorization = `Session ${Buffer.from(`${user}:${login[0]}:${login[1]}`).toString('base64')}`;
    const context = (await rpc('model.res.user.get_preferences', [true, {}], authorization)) as Json;
    return new Observer(authorization, context);
  }

  call<T>(method: string, ...params: unknown[]): Promise<T> {
    return rpc(`model.${method}`, [...params, this.context], this.authorization) as Promise<T>;
  }

  async party(code: string): Promise<Json & { id: number; categories: number[] }> {
    const fields = [
      'id',
      'name',
      'code',
      'active',
      'categories',
      'credit_limit_amount',
      'lang',
      'addresses',
      'write_uid',
    ];
    const [row] = await this.call<(Json & { id: number; categories: number[] })[]>(
      'party.party.search_read',
      [['code', '=', code]],
      0,
      1,
      null,
      fields,
    );
    return row!;
  }

  async reset(code: string): Promise<number> {
    const { id, categories } = await this.party(code);
    const [wholesale] = await this.call<{ id: number }[]>(
      'party.category.search_read',
      [['name', '=', 'Wholesale']],
      0,
      1,
      null,
      ['id'],
    );
    const actions = [
      ['remove', categories],
      ['add', [wholesale!.id]],
    ];
    await this.call('party.party.write', [id], {
      credit_limit_amount: { __class__: 'Decimal', decimal: '0' },
      customer_payment_term: null,
      categories: actions,
    });
    return id;
  }
}

async function rpc(method: string, params: unknown[], authorization?: string): Promise<unknown> {
  const response = await fetch(`${setting('URL')}/${setting('DB')}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ id: 1, method, params }),
  });
  const answer = (await response.json()) as { result?: unknown; error?: unknown };
  if (answer.error) throw new Error(`the observer was answered ${JSON.stringify(answer.error)}`);
  return answer.result;
}

/** Counts the writes that pass, loses an answer when told to, and knows the adapter's session to end it. */
class Wire {
  writes = 0;
  lose = false;
  session = '';

  readonly fetch: typeof fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body : '';
    this.session = new Headers(init?.headers).get('authorization') ?? this.session;
    const isWrite = body.includes('party.party.write');
    if (isWrite) this.writes += 1;
    const response = await fetch(input, init);
    if (isWrite && this.lose) {
      this.lose = false;
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
    }
    return response;
  };
}

function onWire(wire: Wire): Adapter {
  const { manifest, open } = trytonAdapter();
  return { manifest, open: (config, context) => open(config, { ...context, fetch: wire.fetch }) };
}

adapterContract(
  'tryton, live',
  async () => {
    const observer = await Observer.open();
    const wire = new Wire();
    const first = { accountKey: String(await observer.reset(FIRST_CODE)), accountCode: FIRST_CODE };
    const second = { accountKey: String(await observer.reset(SECOND_CODE)), accountCode: SECOND_CODE };
    const config = {
      url: setting('URL'),
      database: setting('DB'),
      user: setting('USER'),
      password: '${env:TRYTON_PASSWORD}',
      company: 'Syncline Test Company',
      currency: 'CNY',
      payment_terms: { '0': 'Cash', '15': 'Net 15', '30': 'Net 30' },
      grades: { A: 'Credit A', B: 'Credit B' },
      holds: { new_orders: 'Credit Hold', all: 'Credit Hold' },
    };
    const limited = { ...config, user: 'limited' };
    return {
      adapter: onWire(wire),
      config,
      secrets: { TRYTON_PASSWORD: setting('PASSWORD') },
      broken: {
        // A bad try delays the next ones of the same user: not of the one that the suite needs.
        secret: { ...config, user: 'nobody', password: 'wrong' },
        company: { ...config, company: 'Another Company' },
        right: limited,
      },
      accounts: { first, second },
      currency: 'CNY',
      grades: ['A', 'B'],
      holds: ['none', 'new_orders'],
      unlimited: true,
      untouched: async ({ accountCode }) => {
        const { name, code, active, addresses, lang } = await observer.party(accountCode!);
        return { name, code, active, addresses, lang };
      },
      writes: async () => wire.writes,
      changedRow: ({ accountCode }) => observer.party(accountCode!),
      faults: {
        loseAnswer: () => (wire.lose = true),
        changeBehind: async ({ accountKey }) => {
          const limit = { __class__: 'Decimal', decimal: '7' };
          await observer.call('party.party.write', [Number(accountKey)], { credit_limit_amount: limit });
        },
      },
      dispose: async () => undefined,
    };
  },
  ['throttle', 'failWithSuccess', 'refuseSessions', 'refuse', 'expireSession'],
);

it('logs in again when a live Tryton forgot the session', async () => {
  const observer = await Observer.open();
  const id = await observer.reset(FIRST_CODE);
  const wire = new Wire();
  const session = await onWire(wire).open(
    {
      url: setting('URL'),
      database: setting('DB'),
      user: setting('USER'),
      password: setting('PASSWORD'),
      company: 'Syncline Test Company',
      currency: 'CNY',
    },
    {
      target: 'live',
      fetch,
      secrets: { resolve: async (text) => text },
      clock: { now: () => Date.now() },
      log: { warn: () => undefined, debug: () => undefined },
    },
  );
  const never = new AbortController().signal;
  expect(await session.read([String(id)], never)).toMatchObject([{ values: { limit: '0' } }]);
  const ended = wire.session;
  await rpc('common.db.logout', [], ended);
  expect(await session.read([String(id)], never)).toMatchObject([{ values: { limit: '0' } }]);
  expect(wire.session).not.toBe(ended);
});
