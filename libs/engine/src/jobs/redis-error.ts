import { SynclineError } from '@syncline/model';
import { tlsProblemOf } from '../connection/tls-problem';
import { jobsError } from './errors';

/** First words of Redis' answers to somebody who may not. */
const REFUSED = /^(Ready check failed: )?(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)\b/;

/** Turns what ioredis or BullMQ threw into an error of the catalogue; `doing` says what was being done. */
export function redisError(error: unknown, doing: string): SynclineError {
  if (error instanceof SynclineError) return error;
  const mistrusted = tlsProblemOf(error);
  const cause = withoutCommand(error);
  if (mistrusted !== null) return jobsError('JOB_QUEUE_TLS_FAILED', `${doing}: ${mistrusted}`, cause);
  const answer = REFUSED.exec(cause.message)?.[2];
  if (answer !== undefined) return jobsError('JOB_QUEUE_UNAUTHORIZED', `${doing}: Redis answered ${answer}`, cause);
  return jobsError('JOB_QUEUE_UNAVAILABLE', doing, cause);
}

/** ioredis hangs the refused command on its errors, with all arguments: a password, for one, where it was AUTH. */
function withoutCommand(error: unknown): Error {
  const message: unknown = error !== null && typeof error === 'object' ? Reflect.get(error, 'message') : error;
  return new Error(String(message));
}
