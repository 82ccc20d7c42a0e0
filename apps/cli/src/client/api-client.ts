import { setTimeout as pause } from 'node:timers/promises';
import { cliError } from '../errors';

/** What the API says when it refuses: RFC 9457. */
interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  advice?: string;
  retryable?: boolean;
}

/** A refusal that the API calls passing is repeated this often; being told to wait (429) is not limited. */
const MOST_REPETITIONS = 10;

const NO_CONTENT = 204;

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Talks to a running Syncline. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly key: string | undefined,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>('POST', path, JSON.stringify(body), 'application/json');
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>('PUT', path, JSON.stringify(body), 'application/json');
  }

  /** Of what answers without content. */
  async delete(path: string): Promise<void> {
    await this.request('DELETE', path);
  }

  /** Sends change events, one a line; waits and repeats while the pipeline is too far behind to take more. */
  async postLines<T>(path: string, lines: string): Promise<T> {
    return this.request<T>('POST', path, lines, 'application/x-ndjson');
  }

  /** All items of a paged list. */
  async *all<T>(path: string): AsyncGenerator<T> {
    let cursor: string | null = null;
    do {
      const mark: string =
        cursor === null ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
      const page: Page<T> = await this.get<Page<T>>(`${path}${mark}`);
      yield* page.items;
      cursor = page.next_cursor;
    } while (cursor !== null);
  }

  /** Whether anything answers there. */
  async isUp(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health/live`, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  private async request<T>(method: string, path: string, body?: string, type?: string): Promise<T> {
    for (let repetitions = 0; ;) {
      const response = await this.send(method, path, body, type);
      if (response.status === NO_CONTENT) return undefined as T;
      if (response.ok) return (await response.json()) as T;
      const problem = (await response.json().catch(() => ({}))) as Problem;
      // A topic that was just made has no leader yet, for instance; events may be sent twice, they count once.
      const isPassing = problem.retryable === true && repetitions < MOST_REPETITIONS;
      if (response.status === 429 || isPassing) {
        if (response.status !== 429) repetitions += 1;
        await pause(1_000 * Math.max(0.2, Number(response.headers.get('retry-after') ?? '1')));
        continue;
      }
      const message = `${problem.code ?? response.status}: ${problem.detail ?? problem.title ?? response.statusText}`;
      throw cliError('API_REFUSED', message, problem.advice);
    }
  }

  private async send(method: string, path: string, body?: string, type?: string): Promise<Response> {
    if (this.key === undefined) throw cliError('API_KEY_UNKNOWN', `there is no API key for ${this.url}`);
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.key}`,
      ...(type ? { 'content-type': type } : {}),
    };
    try {
      return await fetch(`${this.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    } catch {
      throw cliError('API_UNREACHABLE', `nothing answers at ${this.url}`);
    }
  }
}
