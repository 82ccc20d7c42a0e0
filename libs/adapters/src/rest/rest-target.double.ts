import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Account {
  code: string;
  name: string;
  contacts: string[];
  credit: { grade: string | null; days: number | null; limit: string | null; blocked: string };
  revision: number;
}

/** A small CRM with a REST API: login, entity tags, amounts as exact numbers, and faults on demand. */
export class RestTargetDouble {
  writes = 0;
  loseNext = false;
  throttleNext: { retryAfter: string | null } | null = null;
  errorBodyNext = false;
  sessionsRefused = false;
  refused = new Set<string>();
  private token = 'token-0';
  private logins = 0;
  private readonly accounts = new Map<string, Account>();
  private server: Server | null = null;

  constructor(private readonly password: string) {}

  add(id: string, code: string): void {
    const credit = { grade: null, days: null, limit: '0', blocked: 'no' };
    this.accounts.set(id, { code, name: '东方贸易有限公司', contacts: ['王芳'], credit, revision: 1 });
  }

  account(id: string): Account {
    const account = this.accounts.get(id);
    if (!account) throw new Error('no such account in the double');
    return account;
  }

  expire(): void {
    this.token = 'gone';
  }

  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/login') return this.logIn(body, response);
    if (request.headers.authorization !== `Bearer ${this.token}`) return send(response, 401, { error: 'session' });
    if (url.pathname === '/me') return send(response, 200, { company: 'East' });
    if (url.pathname === '/customers') return this.find(url.searchParams.get('code') ?? '', response);
    const id = decodeURIComponent(url.pathname.split('/')[2] ?? '');
    const account = this.accounts.get(id);
    if (!account) return send(response, 404, { error: 'not found' });
    if (request.method === 'GET') return this.show(account, response);
    this.change(id, account, body, request, response);
  }

  private logIn(body: string, response: ServerResponse): void {
    const { password } = JSON.parse(body) as { password: string };
    if (this.sessionsRefused || password !== this.password) return send(response, 401, { error: 'login' });
    this.logins += 1;
    this.token = `token-${this.logins}-${this.password.length}`;
    send(response, 200, { session: { token: this.token } });
  }

  private find(code: string, response: ServerResponse): void {
    const items = [...this.accounts].filter(([, account]) => account.code === code).map(([id]) => ({ id: Number(id) }));
    send(response, 200, { items });
  }

  private show(account: Account, response: ServerResponse): void {
    const { limit, ...credit } = account.credit;
    // The amount is written as a number, digit by digit as it came.
    const text = JSON.stringify({ name: account.name, credit }).replace('"credit":{', `"credit":{"limit":${limit},`);
    response.writeHead(200, { 'content-type': 'application/json', etag: `"${account.revision}"` }).end(text);
  }

  private change(id: string, account: Account, body: string, request: IncomingMessage, response: ServerResponse): void {
    if (this.throttleNext) {
      const { retryAfter } = this.throttleNext;
      this.throttleNext = null;
      return send(response, 429, {}, retryAfter === null ? {} : { 'retry-after': retryAfter });
    }
    if (request.headers['if-match'] !== `"${account.revision}"`) return send(response, 412, { error: 'changed' });
    if (this.refused.has(id)) return send(response, 422, { error: 'rule of the house' });
    if (this.errorBodyNext) {
      this.errorBodyNext = false;
      return send(response, 200, { error: { code: 'E1' } });
    }
    const { credit } = JSON.parse(body) as { credit: Omit<Account['credit'], 'limit'> };
    const limit = /"limit":(-?[0-9.]+|null)/.exec(body)?.[1] ?? null;
    account.credit = { ...credit, limit: limit === 'null' ? null : limit };
    account.revision += 1;
    this.writes += 1;
    if (this.loseNext) {
      this.loseNext = false;
      request.socket.destroy();
      return;
    }
    send(response, 200, {});
  }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
