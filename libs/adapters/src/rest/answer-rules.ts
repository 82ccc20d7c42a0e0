import type { DeliveryFailure } from '@syncline/pipeline/deliver';
import { failure, retryAfterMs, type HttpAnswer } from '../kit';
import { atPointer } from './json-pointer';
import type { AnswerRule } from './rest-config';

/** What an answer means, by the first configured rule that fits, else by its status; null = success. */
export function failureOfAnswer(
  answer: HttpAnswer,
  body: unknown,
  rules: readonly AnswerRule[],
  nowMs: number,
): DeliveryFailure | null {
  const rule = rules.find((each) => fits(each, answer.status, body));
  const detail = `status ${answer.status}`;
  const meaning = rule?.class ?? classOfStatus(answer.status);
  switch (meaning) {
    case 'success':
      return null;
    case 'throttled': {
      const asked = retryAfterMs(answer.headers.get('retry-after'), nowMs);
      const wait = asked === undefined ? {} : { retryAfterMs: asked };
      return failure('TARGET_THROTTLED', { type: 'throttled', scope: 'target', ...wait }, detail);
    }
    case 'conflict':
      return failure('TARGET_CONFLICT', { type: 'conflict' }, detail);
    case 'auth':
      return failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: true }, detail);
    case 'forbidden':
      return failure('TARGET_FORBIDDEN', { type: 'auth', refreshable: false }, detail);
    case 'missing':
      return failure('TARGET_REFUSED', { type: 'permanent', field: 'account', needsHuman: true }, detail);
    case 'permanent':
      return failure(
        'TARGET_REFUSED',
        { type: 'permanent', needsHuman: true, ...(rule?.field && { field: rule.field }) },
        detail,
      );
    case 'retryable':
      return failure('TARGET_BUSY', { type: 'retryable', ...waitOf(answer, nowMs) }, detail);
    case 'ambiguous':
      return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true, ...waitOf(answer, nowMs) }, detail);
    case 'unavailable':
      return failure(
        'TARGET_ERROR',
        { type: 'retryable', ambiguous: true, targetWide: true, ...waitOf(answer, nowMs) },
        detail,
      );
  }
}

type Meaning = AnswerRule['class'] | 'forbidden' | 'unavailable';

function classOfStatus(status: number): Meaning {
  if (status >= 200 && status < 300) return 'success';
  if (status === 401) return 'auth';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'missing';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429) return 'throttled';
  if (status === 408 || status === 425 || status === 500) return 'ambiguous';
  // A gateway answers for a target that is away; whether the write reached it is open.
  if (status >= 502 && status <= 504) return 'unavailable';
  return status > 504 ? 'ambiguous' : 'permanent';
}

function fits(rule: AnswerRule, status: number, body: unknown): boolean {
  if (rule.status && !rule.status.includes(status)) return false;
  if (rule.pointer === undefined) return true;
  const found = atPointer(body, rule.pointer);
  if (rule.equals !== undefined) return String(found) === rule.equals;
  const empty = found === undefined || found === null || found === false || found === '';
  return !empty && !(Array.isArray(found) && found.length === 0);
}

function waitOf(answer: HttpAnswer, nowMs: number): { retryAfterMs?: number } {
  const asked = retryAfterMs(answer.headers.get('retry-after'), nowMs);
  return asked === undefined ? {} : { retryAfterMs: asked };
}
