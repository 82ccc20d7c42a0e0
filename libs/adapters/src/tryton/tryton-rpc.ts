import { TargetFailure, type AdapterContext } from '@syncline/pipeline/deliver';
import { checkHost, failure, retryAfterMs, sendHttp, type HttpAnswer, type Redaction } from '../kit';
import type { TrytonConfig } from './tryton-config';

/** Tryton's context: carries the company; always the last parameter. */
export type TrytonContext = Record<string, unknown>;

export interface TrytonLogin {
  userId: number;
  authorization: string;
  /** The user's preferences. An empty context would write values that belong to no company. */
  context: TrytonContext;
}

/** An error that Tryton put into an answer with status 200. */
export class TrytonError extends Error {
  override readonly name = 'TrytonError';
  constructor(readonly className: string) {
    super(className);
  }
}

/** Tryton's JSON-RPC: login, session, and what its answers mean. */
export class TrytonRpc {
  private login: Promise<TrytonLogin> | null = null;
  private readonly url: URL;
  private lastId = 0;

  constructor(
    private readonly config: TrytonConfig,
    private readonly context: AdapterContext,
    private readonly redaction: Redaction,
  ) {
    const base = config.url.endsWith('/') ? config.url : `${config.url}/`;
    this.url = new URL(`${encodeURIComponent(config.database)}/`, base);
    checkHost(this.url, config.allowed_hosts ?? [this.url.host], `target ${context.target}`);
  }

  /** Who we are; logs in at the first use. */
  session(signal: AbortSignal): Promise<TrytonLogin> {
    this.login ??= this.logIn(signal).catch((error: unknown) => {
      this.login = null;
      throw error;
    });
    return this.login;
  }

  /**
   * Calls a method of a model with the user's context; `more` is added to it. Logs in again once when the session
   * ended.
   * @throws TrytonError for what Tryton says, TargetFailure for what the connection says
   */
  async call<T>(method: string, params: unknown[], signal: AbortSignal, more: TrytonContext = {}): Promise<T> {
    const before = this.login;
    const send = async (login: TrytonLogin): Promise<T> =>
      (await this.post(`model.${method}`, [...params, { ...login.context, ...more }], login, signal)) as T;
    try {
      return await send(await this.session(signal));
    } catch (error) {
      if (!isLoggedOut(error)) throw error;
      if (before === null) throw refused();
    }
    if (this.login === before) this.login = null;
    try {
      return await send(await this.session(signal));
    } catch (error) {
      if (!isLoggedOut(error)) throw error;
      this.login = null;
      throw refused();
    }
  }

  forget(): void {
    this.login = null;
  }

  private async logIn(signal: AbortSignal): Promise<TrytonLogin> {
    const { user, password } = this.config;
    const parameters = [user, { password: await this.redaction.reveal(password) }, 'en'];
    const result = await this.post('common.db.login', parameters, null, signal).catch((error: unknown) => {
      throw isLoggedOut(error) ? refused() : error;
    });
    const [userId, token] = Array.isArray(result) ? (result as [number, string]) : [0, ''];
    if (!userId || !token) throw refused();
    this.redaction.remember(token);
    const authorization = `Session ${Buffer.from(`${user}:${userId}:${token}`).toString('base64')}`;
    const login = { userId, authorization, context: {} };
    const context = await this.post('model.res.user.get_preferences', [true, {}], login, signal);
    return { ...login, context: context as TrytonContext };
  }

  private async post(
    method: string,
    params: unknown[],
    login: TrytonLogin | null,
    signal: AbortSignal,
  ): Promise<unknown> {
    this.lastId += 1;
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (login) headers.authorization = login.authorization;
    const body = JSON.stringify({ id: this.lastId, method, params });
    const answer = await sendHttp(this.context.fetch, { method: 'POST', url: this.url, headers, body }, signal);
    if (answer.status !== 200) throw new TargetFailure(this.failureOfStatus(answer));
    return resultOf(answer);
  }

  private failureOfStatus(answer: HttpAnswer) {
    const detail = `status ${answer.status}`;
    if (answer.status === 401) return failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: true }, detail);
    if (answer.status === 403) return failure('TARGET_FORBIDDEN', { type: 'auth', refreshable: false }, detail);
    if (answer.status === 404) {
      return failure('TARGET_UNREACHABLE', { type: 'retryable', targetWide: true }, 'no such database');
    }
    if (answer.status === 429) {
      // Locked after bad tries; Tryton itself sends no Retry-After and refuses the right password too.
      const asked = retryAfterMs(answer.headers.get('retry-after'), this.context.clock.now());
      const wait = asked === undefined ? {} : { retryAfterMs: asked };
      return failure('TARGET_THROTTLED', { type: 'throttled', scope: 'target', ...wait }, detail);
    }
    const targetWide = answer.status >= 502;
    return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true, targetWide }, detail);
  }
}

function resultOf(answer: HttpAnswer): unknown {
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    body = null;
  }
  if (typeof body !== 'object' || body === null || (!('result' in body) && !('error' in body))) {
    const detail = 'no answer of JSON-RPC';
    throw new TargetFailure(failure('TARGET_ANSWER_UNREADABLE', { type: 'retryable', ambiguous: true }, detail));
  }
  const error: unknown = Reflect.get(body, 'error');
  if (error === undefined || error === null) return Reflect.get(body, 'result');
  throw new TrytonError(Array.isArray(error) ? String(error[0]) : 'unknown');
}

function isLoggedOut(error: unknown): boolean {
  return error instanceof TargetFailure && error.failure.type === 'auth' && error.failure.refreshable;
}

function refused(): TargetFailure {
  return new TargetFailure(failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: false }));
}
