import { SynclineError, type ErrorKind } from '@syncline/model';

interface StoreErrorDescription {
  readonly kind: ErrorKind;
  readonly meaning: string;
  readonly advice: string;
}

/** Every error code that the store raises. */
export const STORE_ERRORS = {
  EMBEDDED_STORE_IN_USE: {
    kind: 'fatal',
    meaning: 'Another process has the embedded database open.',
    advice: 'Stop the other process, or use the distributed profile when stages shall run in several processes.',
  },
  STORE_DRIVER_MISSING: {
    kind: 'fatal',
    meaning: 'The SQLite driver that the configuration asks for is not installed.',
    advice: 'Install it (npm install better-sqlite3@12), or set store.driver to auto.',
  },
  STORE_UNAVAILABLE: {
    kind: 'transient',
    meaning: 'The database can not be reached, or closed the connection.',
    advice: 'Check that the database runs and that store.url is right; Syncline tries again by itself.',
  },
  STORE_TLS_FAILED: {
    kind: 'fatal',
    meaning: 'The database was reached, but no encrypted connection came about that could be trusted.',
    advice:
      'Look at `store.tls`: ca_file has to hold the authority of the server’s certificate, which has to name the host ' +
      'in store.url (or server_name). `openssl s_client -connect host:port -starttls postgres` shows what it presents.',
  },
  STORE_UNAUTHORIZED: {
    kind: 'fatal',
    meaning: 'The database refused the user, the password, or a connection of this kind.',
    advice: 'Check user and password in store.url. A server that takes only encrypted connections needs store.tls.',
  },
  STORE_ADDRESS_INVALID: {
    kind: 'fatal',
    meaning: 'The address of the database is none, or it contradicts store.tls.',
    advice: 'Give store.url as scheme://user:password@host:port/database; with store.tls leave TLS out of it.',
  },
  STORE_CONTENTION: {
    kind: 'transient',
    meaning: 'Transactions of several processes kept getting in each other’s way.',
    advice: 'It is tried again by itself. If it stays, look for other software that locks Syncline’s tables.',
  },
  STORE_VALUE_REFUSED: {
    kind: 'poison',
    meaning: 'The database refused a value: out of range, too long or not text.',
    advice: 'Look at the mapping of the record: amounts have at most 18 digits before and 10 after the point.',
  },
  STORE_KEY_TOO_LONG: {
    kind: 'poison',
    meaning: 'A key is longer than the store can index.',
    advice: 'Map a shorter key; record keys have at most 255 characters.',
  },
  STORE_FULL: {
    kind: 'fatal',
    meaning: 'The disk or the database’s space is full, or the database file is damaged or read-only.',
    advice: 'Make room, check the disk and the permissions of the database file, then start again.',
  },
  STORE_STATEMENT_FAILED: {
    kind: 'fatal',
    meaning: 'The database refused a statement of Syncline.',
    advice: 'Run `syncline doctor`: tables may be missing or made by another version, or rights may be lacking.',
  },
} as const satisfies Record<string, StoreErrorDescription>;

export type StoreErrorCode = keyof typeof STORE_ERRORS;

/** Makes a store error; `message` says what was being done, without values of rows. */
export function storeError(code: StoreErrorCode, message: string, cause?: unknown): SynclineError {
  const { kind, advice } = STORE_ERRORS[code];
  return new SynclineError({
    code,
    kind,
    message,
    advice,
    cause,
    ...(code === 'STORE_VALUE_REFUSED' || code === 'STORE_KEY_TOO_LONG' ? { class: 'value' as const } : {}),
    ...(code === 'STORE_UNAVAILABLE' ? { class: 'connection' as const } : {}),
  });
}
