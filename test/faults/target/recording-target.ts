import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What an account's credit looks like at the target. */
export interface TargetCredit {
  grade: string | null;
  days: number | null;
  limit: string | null;
  blocked: string;
}

/** One write that was applied. */
export interface AppliedWrite {
  account: string;
  key: string;
  ratingVersion: number;
  body: string;
}

/** How the target behaves to the next requests. */
export type TargetMood = 'well' | 'error' | 'throttling' | 'losing_answers' | 'slow' | 'away';

interface Account {
  credit: TargetCredit;
  revision: number;
}

const NOBODY = 'syncline-check-no-such-account';
const SLOW_MS = 120;

/** A CRM with a REST API and entity tags that remembers all that was ever applied, and misbehaves when told to. */
export class RecordingTarget {
  readonly applied: AppliedWrite[] = [];
  requests = 0;
  misbehaved = 0;
  private readonly accounts = new Map<string, Account>();
  private server: Server | null = null;
  private mood: TargetMood = 'well';
  private moodLeft = 0;
  private writesOnly = false;

  get url(): string {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}/`;
  }

  /** Misbehaves for so many requests; with `writesOnly` those that read are answered meanwhile. */
  feel(mood: TargetMood, requests: number, writesOnly = false): void {
    this.mood = mood;
    this.moodLeft = requests;
    this.writesOnly = writesOnly;
  }

  credit(account: string): TargetCredit | undefined {
    return this.accounts.get(account)?.credit;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response).catch(() => undefined));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const mood = this.moodFor(request);
    if (mood === 'away') return void request.socket.destroy();
    if (mood === 'error') return send(response, 503, { error: 'try later' });
    if (mood === 'throttling') return send(response, 429, {}, { 'retry-after': '0' });
    if (mood === 'slow') await pause(SLOW_MS);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const id = accountOf(request);
    if (id === '') return send(response, 404, { error: 'not found' });
    const account = this.account(id);
    if (request.method === 'GET') return send(response, 200, account.credit, { etag: tagOf(account) });
    if (request.headers['if-match'] !== tagOf(account)) return send(response, 412, { error: 'changed' });
    this.apply(id, account, Buffer.concat(chunks).toString(), request);
    if (mood === 'losing_answers') return void request.socket.destroy();
    send(response, 200, {});
  }

  private apply(id: string, account: Account, body: string, { headers }: IncomingMessage): void {
    const { rating_version: ratingVersion, ...credit } = JSON.parse(body) as TargetCredit & { rating_version: number };
    account.credit = credit;
    account.revision += 1;
    this.applied.push({ account: id, key: String(headers['idempotency-key']), ratingVersion, body });
  }

  private moodFor({ method }: IncomingMessage): TargetMood {
    if (this.moodLeft === 0 || (this.writesOnly && method === 'GET')) return 'well';
    this.moodLeft -= 1;
    this.misbehaved += 1;
    return this.mood;
  }

  private account(id: string): Account {
    const known = this.accounts.get(id);
    if (known) return known;
    const account = { credit: { grade: null, days: null, limit: '0', blocked: 'no' }, revision: 1 };
    this.accounts.set(id, account);
    return account;
  }
}

/** `system/key`; empty when the address names none. */
function accountOf({ url }: IncomingMessage): string {
  const [system, key] = new URL(url ?? '/', 'http://target').pathname.split('/').slice(1).map(decodeURIComponent);
  return key === undefined || key === NOBODY ? '' : `${system}/${key}`;
}

function tagOf({ revision }: Account): string {
  return `"${revision}"`;
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
