import { TargetFailure } from '@syncline/pipeline/deliver';
import { configError, failure } from './failures';

export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** An answer of a credit API is a few kilobytes; more than this is something else and would fill the memory. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Refuses addresses outside the list (`host` or `host:port`) and everything but http and https.
 * @throws SynclineError HOST_NOT_ALLOWED
 */
export function checkHost(url: URL, allowed: readonly string[], where: string): void {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (isWeb && (allowed.includes(url.host) || allowed.includes(url.hostname))) return;
  throw configError('HOST_NOT_ALLOWED', `${url.protocol}//${url.host} is not among allowed_hosts`, where);
}

/**
 * Sends one request. Redirects are not followed: they could lead elsewhere with our credentials.
 * @throws TargetFailure when no answer came; ambiguous unless the connection never stood
 */
export async function sendHttp(fetcher: typeof fetch, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { method, url, headers, body } = request;
  try {
    const response = await fetcher(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TargetFailure) throw error;
    throw new TargetFailure(connectionFailure(codeOf(error)), error);
  }
}

function connectionFailure(code: string) {
  if (NEVER_CONNECTED.has(code)) return failure('TARGET_UNREACHABLE', { type: 'retryable', targetWide: true }, code);
  return failure('TARGET_CONNECTION_LOST', { type: 'retryable', ambiguous: true, targetWide: true }, code);
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) {
      throw new TargetFailure(
        failure('TARGET_ANSWER_UNREADABLE', { type: 'retryable', ambiguous: true }, 'longer than 8 MiB'),
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** fetch hides the system's code in a chain of causes, or in the first of several tries. */
function codeOf(error: unknown): string {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = Reflect.get(at, 'cause')) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string') return code;
    const tries: unknown = Reflect.get(at, 'errors');
    if (Array.isArray(tries) && tries.length > 0) return codeOf(tries[0]);
  }
  return 'no answer';
}
