import { SynclineError } from '@syncline/model';
import { storeError } from '../../errors';

/** Turns what the driver threw into a store error; by result code, never by text. */
export function sqliteError(error: unknown, doing: string): SynclineError {
  if (error instanceof SynclineError) return error;
  const code = (error as { code?: unknown }).code;
  const name = typeof code === 'string' ? code : '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(name)) return storeError('STORE_CONTENTION', `SQLite is busy: ${doing}`, error);
  if (/^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|PERM)/.test(name)) {
    return storeError('STORE_FULL', `SQLite reported ${name}: ${doing}`, error);
  }
  if (/^SQLITE_(TOOBIG|MISMATCH|RANGE|CONSTRAINT)/.test(name)) {
    return storeError('STORE_VALUE_REFUSED', `SQLite reported ${name}: ${doing}`, error);
  }
  return storeError('STORE_STATEMENT_FAILED', `SQLite reported ${name || 'an error'}: ${doing}`, error);
}
