import { setTimeout as pause } from 'node:timers/promises';

export interface FeedCounts {
  accepted: number;
  ignored: number;
  failed: number;
}

/** What the API answered, whether it was content or a refusal. */
export interface ApiAnswer<T> {
  status: number;
  body: T;
}

const LINES_PER_CALL = 5_000;
/** A pipeline that is too far behind takes more as soon as it has worked. */
const PATIENCE_MS = 120_000;

/** Calls of a running installation's API. */
export class ApiCalls {
  constructor(private readonly address: () => { url: string; key: string }) {}

  /** Sends event lines through the front door; repeats what is refused for the moment, as every feeder must. */
  async feed(system: string, lines: readonly string[]): Promise<FeedCounts> {
    const total: FeedCounts = { accepted: 0, ignored: 0, failed: 0 };
    for (let i = 0; i < lines.length; i += LINES_PER_CALL) {
      const counts = await this.feedOnce(system, lines.slice(i, i + LINES_PER_CALL).join('\n'));
      total.accepted += counts.accepted;
      total.ignored += counts.ignored;
      total.failed += counts.failed;
    }
    return total;
  }

  /** Content; a refusal is an exception with its code. */
  async get<T>(path: string): Promise<T> {
    return contentOf(`GET ${path}`, await this.call<T>('GET', path));
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return contentOf(`POST ${path}`, await this.call<T>('POST', path, JSON.stringify(body)));
  }

  /** Whatever the API answers. */
  async call<T>(method: string, path: string, body?: string, type = 'application/json'): Promise<ApiAnswer<T>> {
    const { url, key } = this.address();
    const headers = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T };
  }

  private async feedOnce(system: string, lines: string): Promise<FeedCounts> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.call<FeedCounts>('POST', `/ingest/${system}`, lines, 'application/x-ndjson');
      const { retryable } = answer.body as { retryable?: boolean };
      if (retryable !== true || Date.now() > deadline) return contentOf(`POST /ingest/${system}`, answer);
      await pause(100);
    }
  }
}

function contentOf<T>(request: string, { status, body }: ApiAnswer<T>): T {
  if (status >= 400) throw new Error(`${request}: ${status} ${JSON.stringify(body)}`);
  return body;
}
