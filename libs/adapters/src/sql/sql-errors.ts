import type { DeliveryFailure } from '@syncline/pipeline/deliver';
import { failure } from '../kit';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED']);

/** Failures that come from the connection, whichever database is behind it; null = none of those. */
export function connectionFailure(code: string): DeliveryFailure | null {
  if (UNREACHABLE.has(code)) return failure('TARGET_UNREACHABLE', { type: 'retryable', targetWide: true }, code);
  if (BROKEN.has(code)) return lost(code);
  return null;
}

/** A connection that broke under a statement: nobody knows whether a commit went through. */
export function lost(detail: string): DeliveryFailure {
  return failure('TARGET_CONNECTION_LOST', { type: 'retryable', ambiguous: true, targetWide: true }, detail);
}

/** What a PostgreSQL SQLSTATE means. */
export function sqlStateFailure(state: string): DeliveryFailure {
  const detail = `SQLSTATE ${state}`;
  const group = state.slice(0, 2);
  if (state === '57P01' || state === '57P02') return lost(detail);
  if (state === '57P03' || state === '53300') {
    return failure('TARGET_UNREACHABLE', { type: 'retryable', targetWide: true }, detail);
  }
  if (state === '42501') return failure('TARGET_FORBIDDEN', { type: 'auth', refreshable: false }, detail);
  if (state === '55P03' || group === '40') return failure('TARGET_BUSY', { type: 'retryable' }, detail);
  if (group === '08') return lost(detail);
  if (group === '53') return failure('TARGET_BUSY', { type: 'retryable', targetWide: true }, detail);
  if (group === '28' || state === '3D000')
    return failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: false }, detail);
  if (['22', '23', '42', '44'].includes(group)) {
    return failure('TARGET_REFUSED', { type: 'permanent', needsHuman: true }, detail);
  }
  return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true }, detail);
}

const SQL_SERVER_BUSY = new Set([1205, 1222, 3960, 41302]);
const SQL_SERVER_FULL = new Set([701, 1204, 8645, 10928, 10929, 40501, 49918]);
const SQL_SERVER_LOGIN = new Set([4060, 18452, 18456, 18470, 18486, 18487, 18488]);
const SQL_SERVER_FORBIDDEN = new Set([229, 230, 262, 297, 300]);
const SQL_SERVER_REFUSED = new Set([207, 208, 245, 220, 515, 547, 2601, 2627, 2628, 8115, 8114, 8152, 102, 156]);

/** What a SQL Server error number means; texts are translated by the server and never looked at. */
export function sqlServerFailure(number: number): DeliveryFailure {
  const detail = `SQL Server error ${number}`;
  if (SQL_SERVER_BUSY.has(number)) return failure('TARGET_BUSY', { type: 'retryable' }, detail);
  if (SQL_SERVER_FULL.has(number)) return failure('TARGET_BUSY', { type: 'retryable', targetWide: true }, detail);
  if (SQL_SERVER_LOGIN.has(number))
    return failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: false }, detail);
  if (SQL_SERVER_FORBIDDEN.has(number))
    return failure('TARGET_FORBIDDEN', { type: 'auth', refreshable: false }, detail);
  if (SQL_SERVER_REFUSED.has(number)) return failure('TARGET_REFUSED', { type: 'permanent', needsHuman: true }, detail);
  return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true }, detail);
}

/** What a SQLite result code (`SQLITE_BUSY`, `SQLITE_CONSTRAINT_CHECK`) means. */
export function sqliteFailure(code: string): DeliveryFailure {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return failure('TARGET_BUSY', { type: 'retryable' }, code);
  if (/^SQLITE_(CANTOPEN|NOTADB)/.test(code)) {
    return failure('TARGET_UNREACHABLE', { type: 'retryable', targetWide: true }, code);
  }
  if (/^SQLITE_(READONLY|PERM|AUTH)/.test(code)) {
    return failure('TARGET_FORBIDDEN', { type: 'auth', refreshable: false }, code);
  }
  if (/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR)/.test(code)) {
    return failure('TARGET_REFUSED', { type: 'permanent', needsHuman: true }, code);
  }
  return failure('TARGET_ERROR', { type: 'retryable', ambiguous: true }, code);
}

/** A property of an error object as text, '' when it has none. */
export function property(error: unknown, name: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
