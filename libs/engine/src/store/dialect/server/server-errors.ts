import { SynclineError } from '@syncline/model';
import { QueryRunnerAlreadyReleasedError, TransactionNotStartedError } from 'typeorm';
import { tlsProblemOf } from '../../../connection/tls-problem';
import { storeError, type StoreErrorCode } from '../../errors';

/** SQL Server's error numbers; its texts change with language and version. */
const MSSQL_NUMBERS: Readonly<Record<number, StoreErrorCode>> = {
  1205: 'STORE_CONTENTION',
  1222: 'STORE_CONTENTION',
  3960: 'STORE_CONTENTION',
  2601: 'STORE_CONTENTION',
  2627: 'STORE_CONTENTION',
  220: 'STORE_VALUE_REFUSED',
  2628: 'STORE_VALUE_REFUSED',
  8114: 'STORE_VALUE_REFUSED',
  8115: 'STORE_VALUE_REFUSED',
  8152: 'STORE_VALUE_REFUSED',
  1105: 'STORE_FULL',
  9002: 'STORE_FULL',
  4060: 'STORE_UNAVAILABLE',
  18456: 'STORE_UNAUTHORIZED',
};

/** SQLSTATE of PostgreSQL, longest prefix first. 23505 is a race that a second try finds settled. */
const POSTGRES_STATES: readonly (readonly [string, StoreErrorCode])[] = [
  ['40001', 'STORE_CONTENTION'],
  ['40P01', 'STORE_CONTENTION'],
  ['55P03', 'STORE_CONTENTION'],
  ['23505', 'STORE_CONTENTION'],
  ['53100', 'STORE_FULL'],
  ['22', 'STORE_VALUE_REFUSED'],
  ['23', 'STORE_VALUE_REFUSED'],
  ['54000', 'STORE_VALUE_REFUSED'],
  ['08', 'STORE_UNAVAILABLE'],
  ['28', 'STORE_UNAUTHORIZED'],
  ['3D', 'STORE_UNAVAILABLE'],
  ['53', 'STORE_UNAVAILABLE'],
  ['57', 'STORE_UNAVAILABLE'],
];

const LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered|was closed))/;

const NETWORK = /^(E(CONN|PIPE|NOTFOUND|HOST|NET|TIMEDOUT|AI_AGAIN|SOCKET|LOGIN|TIMEOUT|CLOSE|NOTOPEN|ABORT))/;

/** Turns what a database server's driver threw into a store error; by number or state, never by text. */
export function serverError(error: unknown, doing: string): SynclineError {
  if (error instanceof SynclineError) return error;
  const mistrusted = tlsProblemOf(error);
  if (mistrusted !== null) return storeError('STORE_TLS_FAILED', `${doing}: ${mistrusted}`, error);
  const cause = (error as { driverError?: unknown }).driverError ?? error;
  const { number, code } = cause as { number?: unknown; code?: unknown };
  const found = codeOf(typeof number === 'number' ? number : undefined, typeof code === 'string' ? code : '', cause);
  const shown = typeof number === 'number' ? String(number) : typeof code === 'string' ? code : 'an error';
  return storeError(found, `the database reported ${shown}: ${doing}`, error);
}

function codeOf(number: number | undefined, code: string, cause: unknown): StoreErrorCode {
  if (number !== undefined && MSSQL_NUMBERS[number]) return MSSQL_NUMBERS[number];
  const state = POSTGRES_STATES.find(([prefix]) => /^[0-9A-Z]{5}$/.test(code) && code.startsWith(prefix));
  if (state) return state[1];
  if (NETWORK.test(code) || connectionLost(cause)) return 'STORE_UNAVAILABLE';
  return 'STORE_STATEMENT_FAILED';
}

/** pg has no code for a connection that ended before or in a query; TypeORM gives up a runner whose connection did. */
function connectionLost(cause: unknown): boolean {
  if (cause instanceof QueryRunnerAlreadyReleasedError || cause instanceof TransactionNotStartedError) return true;
  return cause instanceof Error && LOST.test(cause.message);
}
