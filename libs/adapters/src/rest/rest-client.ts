import { TargetFailure, type AdapterContext } from '@syncline/pipeline/deliver';
import { checkHost, failure, sendHttp, type HttpAnswer, type HttpRequest, type Redaction } from '../kit';
import { failureOfAnswer } from './answer-rules';
import { atPointer } from './json-pointer';
import { fillJson, fillText, fillUrl, type TemplateValues } from './json-template';
import type { JsonValue, RequestConfig, RestConfig } from './rest-config';

export interface RestAnswer {
  http: HttpAnswer;
  /** The body as JSON; undefined when it is empty. */
  body: unknown;
}

/** Sends the configured requests of one target: addresses, secrets, login, and what an answer means. */
export class RestClient {
  private token: Promise<string> | null = null;

  constructor(
    private readonly config: RestConfig,
    private readonly context: AdapterContext,
    private readonly redaction: Redaction,
  ) {}

  /**
   * Sends a request; logs in again once when the session ended.
   * @throws TargetFailure for every answer that is not a success
   */
  async send(request: RequestConfig, values: TemplateValues, signal: AbortSignal): Promise<RestAnswer> {
    if (!this.config.login) return this.sendAs(request, values, {}, signal);
    const before = this.token;
    try {
      return await this.sendAs(request, values, await this.authorization(signal), signal);
    } catch (error) {
      if (!isLoggedOut(error)) throw error;
      if (before === null) throw final(error);
    }
    if (this.token === before) this.token = null;
    try {
      return await this.sendAs(request, values, await this.authorization(signal), signal);
    } catch (error) {
      if (isLoggedOut(error)) this.token = null;
      throw final(error);
    }
  }

  private async authorization(signal: AbortSignal): Promise<Record<string, string>> {
    const { login } = this.config;
    if (!login) return {};
    this.token ??= this.logIn(login.request, login.token, signal).catch((error: unknown) => {
      this.token = null;
      throw error;
    });
    return { [login.header]: fillText(login.value, { token: await this.token }) };
  }

  private async logIn(request: RequestConfig, pointer: string, signal: AbortSignal): Promise<string> {
    const { body } = await this.sendAs(request, {}, {}, signal).catch((error: unknown) => {
      throw final(error);
    });
    const token = atPointer(body, pointer);
    if (typeof token !== 'string' || token === '') {
      throw new TargetFailure(failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: false }, 'no token'));
    }
    this.redaction.remember(token);
    return token;
  }

  private async sendAs(
    request: RequestConfig,
    values: TemplateValues,
    authorization: Record<string, string>,
    signal: AbortSignal,
  ): Promise<RestAnswer> {
    const filled = await this.fill(request, values, authorization);
    checkHost(filled.url, this.config.allowed_hosts, `target ${this.context.target}`);
    const http = await sendHttp(this.context.fetch, filled, signal);
    const body = parsed(http.text);
    const meaning = failureOfAnswer(http, body, this.config.answers, this.context.clock.now());
    if (meaning) throw new TargetFailure(meaning);
    if (body instanceof Unreadable) {
      const detail = `status ${http.status}, not JSON`;
      throw new TargetFailure(failure('TARGET_ANSWER_UNREADABLE', { type: 'retryable', ambiguous: true }, detail));
    }
    return { http, body };
  }

  private async fill(
    request: RequestConfig,
    values: TemplateValues,
    authorization: Record<string, string>,
  ): Promise<HttpRequest> {
    const headers: Record<string, string> = { accept: 'application/json' };
    for (const [name, template] of Object.entries({ ...this.config.headers, ...request.headers })) {
      const value = fillText(await this.redaction.reveal(template), values);
      if (value !== '') headers[name.toLowerCase()] = value;
    }
    for (const [name, value] of Object.entries(authorization)) headers[name.toLowerCase()] = value;
    const url = this.address(request.url, values);
    if (request.body === undefined) return { method: request.method, url, headers };
    headers['content-type'] ??= 'application/json';
    const body = fillJson(await this.revealed(request.body), values);
    return { method: request.method, url, headers, body };
  }

  private address(template: string, values: TemplateValues): URL {
    try {
      return fillUrl(template, values, this.config.base_url);
    } catch {
      const refusal = { type: 'permanent', field: 'account', needsHuman: true } as const;
      throw new TargetFailure(failure('TARGET_VALUE_UNSUPPORTED', refusal, "a value can't stand in the address"));
    }
  }

  private async revealed(template: JsonValue): Promise<JsonValue> {
    if (typeof template === 'string') return this.redaction.reveal(template);
    if (Array.isArray(template)) return Promise.all(template.map((item) => this.revealed(item)));
    if (template === null || typeof template !== 'object') return template;
    const members = Object.entries(template).map(async ([key, value]) => [key, await this.revealed(value)] as const);
    return Object.fromEntries(await Promise.all(members));
  }
}

class Unreadable {}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return new Unreadable();
  }
}

function isLoggedOut(error: unknown): error is TargetFailure {
  return error instanceof TargetFailure && error.failure.type === 'auth' && error.failure.refreshable;
}

/** Logging in again has been tried. */
function final(error: unknown): unknown {
  return isLoggedOut(error)
    ? new TargetFailure({ ...error.failure, refreshable: false } as typeof error.failure)
    : error;
}
