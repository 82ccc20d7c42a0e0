import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

interface Party {
  id: number;
  code: string;
  name: string;
  limit: string | null;
  term: number | null;
  categories: number[];
  timestamp: number;
  writeUid: number;
}

const CATEGORIES = ['Credit A', 'Credit B', '甲级', 'Credit Hold', 'Wholesale'];
const TERMS = ['Cash', 'Net 15', 'Net 30'];
const ADMIN = 1;
const LIMITED = 5;

/**
 * Speaks Tryton 6.0's JSON-RPC as a real server was seen to: errors come with status 200, a dead session and a wrong
 * password are 401 without JSON, a locked login is 429 without Retry-After, decimals keep their scale, a write
 * without the company in its context succeeds and changes nothing that a user of the company sees.
 */
export class TrytonDouble {
  writes = 0;
  loseNext = false;
  throttleNext: { retryAfter: string | null } | null = null;
  userErrorNext = false;
  loginsRefused = false;
  readonly refused = new Set<number>();
  private session = 0;
  private server: Server | null = null;
  private readonly parties = new Map<number, Party>();

  constructor(
    private readonly password: string,
    private readonly company = 'Syncline Test Company',
  ) {}

  add(id: number, code: string): void {
    const party = { id, code, name: '上海远航贸易有限公司', limit: null, term: null, timestamp: 1_795_329_666 };
    this.parties.set(id, { ...party, categories: [CATEGORIES.indexOf('Wholesale') + 1], writeUid: 0 });
  }

  party(id: number): Party {
    const party = this.parties.get(id);
    if (!party) throw new Error('no such party in the double');
    return party;
  }

  expire(): void {
    this.session += 1;
  }

  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = JSON.parse(Buffer.concat(chunks).toString()) as { id: number; method: string; params: unknown[] };
    const send = (body: Json) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: call.id, ...body }));
    if (call.method === 'common.db.login') {
      const [user, { password }] = call.params as [string, { password: string }];
      if (this.loginsRefused || password !== this.password) return unauthorized(response);
      return void send({ result: [user === 'limited' ? LIMITED : ADMIN, `token-of-session-${this.session}`] });
    }
    const user = this.userOf(request.headers.authorization);
    if (user === null) return unauthorized(response);
    if (call.method === 'model.party.party.write' && this.throttleNext) {
      const { retryAfter } = this.throttleNext;
      this.throttleNext = null;
      return void response.writeHead(429, retryAfter === null ? {} : { 'retry-after': retryAfter }).end();
    }
    const body = this.result(call.method, call.params, user);
    if (this.loseNext && call.method === 'model.party.party.write') {
      this.loseNext = false;
      request.socket.destroy();
      return;
    }
    send(body);
  }

  private userOf(authorization: string | undefined): number | null {
    const text = Buffer.from(authorization?.replace('Session ', '') ?? '', 'base64').toString();
    const [, id, token] = text.split(':');
    return token === `token-of-session-${this.session}` ? Number(id) : null;
  }

  private result(method: string, params: unknown[], user: number): Json {
    switch (method) {
      case 'model.res.user.get_preferences':
        return { result: { company_filter: 'one', company: 1, language: 'en' } };
      case 'model.company.company.search_read':
        return { result: [{ id: 1, 'party.': { id: 1, name: this.company }, 'currency.': { id: 1, code: 'CNY' } }] };
      case 'model.party.category.search_read':
        return { result: CATEGORIES.map((name, index) => ({ id: index + 1, rec_name: name })) };
      case 'model.account.invoice.payment_term.search_read':
        return { result: TERMS.map((name, index) => ({ id: index + 1, rec_name: name })) };
      case 'model.ir.model.access.get_access':
        return { result: { 'party.party': { read: true, write: true, create: true, delete: true } } };
      case 'model.party.party.fields_get':
        return { result: fieldsGet(params[0] as string[], user) };
      case 'model.party.party.search_read':
        return { result: this.search(params[0] as [[string, string, unknown[]]], params.at(-1) as Json) };
      case 'model.party.party.write':
        return this.write(params as [number[], Json, Json], user);
      default:
        return { error: ['AttributeError', method] };
    }
  }

  private search([[field, , values]]: [[string, string, unknown[]]], context: Json): Json[] {
    return [...this.parties.values()]
      .filter((party) => values.includes(field === 'id' ? party.id : party.code))
      .map((party) => ({
        id: party.id,
        code: party.code,
        credit_limit_amount:
          context.company === 1 && party.limit !== null ? { __class__: 'Decimal', decimal: party.limit } : null,
        customer_payment_term: context.company === 1 ? party.term : null,
        categories: party.categories,
        _timestamp: `${party.timestamp}.000001`,
      }));
  }

  private write([[id], values, context]: [number[], Json, Json], user: number): Json {
    const party = this.parties.get(id ?? 0);
    if (!party) return userError(`You are trying to write to records "${id}" of "Party" that don't exist anymore.`);
    if (user === LIMITED) return userError('You are not allowed to access "Party.Credit Limit Amount".');
    const stamp = (context._timestamp as Json | undefined)?.[`party.party,${id}`];
    if (stamp !== undefined && stamp !== `${party.timestamp}.000001`) {
      return { error: ['ConcurrencyException', 'Records were modified in the meanwhile'] };
    }
    if (this.refused.has(party.id) || this.userErrorNext) {
      this.userErrorNext = false;
      return userError('The value is not valid.');
    }
    this.writes += 1;
    // Without a company the value belongs to none: nothing that anybody sees changes.
    if (context.company === 1) change(party, values, user);
    return { result: null };
  }
}

function change(party: Party, values: Json, user: number): void {
  const limit = values.credit_limit_amount as { decimal: string } | null;
  // The column has two digits: what comes back has them, whatever was sent.
  party.limit = limit === null ? null : withTwoDigits(limit.decimal);
  if (values.customer_payment_term !== undefined) party.term = values.customer_payment_term as number;
  for (const [action, ids] of (values.categories ?? []) as [string, number[]][]) {
    party.categories =
      action === 'add' ? [...party.categories, ...ids] : party.categories.filter((id) => !ids.includes(id));
  }
  party.timestamp += 1;
  party.writeUid = user;
}

function fieldsGet(names: string[], user: number): Json {
  const readonly = (name: string) => user === LIMITED && name === 'credit_limit_amount';
  return Object.fromEntries(names.map((name) => [name, { name, readonly: readonly(name) }]));
}

function withTwoDigits(decimal: string): string {
  const [whole, digits = ''] = decimal.split('.');
  return `${whole}.${digits.padEnd(2, '0')}`;
}

function userError(text: string): Json {
  return { error: ['UserError', [text, '', null]] };
}

function unauthorized(response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'text/html' }).end('<title>401 Unauthorized</title>');
}
