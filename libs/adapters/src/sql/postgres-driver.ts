import type { Pool, PoolClient } from 'pg';
import { loadDriver } from './load-driver';
import type { OpenSqlDriver, SqlRow } from './sql-driver';
import { connectionFailure, lost, property, sqlStateFailure } from './sql-errors';

const CONNECT_TIMEOUT_MS = 10_000;

/** PostgreSQL. Numbers of type numeric come back as text by themselves. */
export const openPostgres: OpenSqlDriver = ({ url }) => {
  const pool = new (loadDriver<typeof import('pg')>('pg').Pool)({
    connectionString: String(url),
    max: 4,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'syncline',
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    placeholder: (_name, position) => `$${position}`,
    query: (text, values, signal) =>
      withClient(pool, signal, async (client) => (await client.query<SqlRow>(text, [...values])).rows),
    transaction: (work, signal) =>
      withClient(pool, signal, async (client) => {
        await client.query('BEGIN');
        try {
          const result = await work({
            run: async (text, values) => {
              const answer = await client.query<SqlRow>(text, [...values]);
              return { rows: answer.rows, affected: answer.rowCount ?? 0 };
            },
          });
          await client.query('COMMIT');
          return result;
        } catch (error) {
          await client.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      }),
    classify: (error) => {
      const code = property(error, 'code');
      return connectionFailure(code) ?? (/^[0-9A-Z]{5}$/.test(code) ? sqlStateFailure(code) : lost('connection ended'));
    },
    close: () => pool.end(),
  };
};

/** Gives the work a client of its own; an abort destroys it, whatever the server is doing. */
async function withClient<T>(pool: Pool, signal: AbortSignal, work: (client: PoolClient) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const client = await pool.connect();
  let released = false;
  const release = (destroy: boolean) => {
    if (released) return;
    released = true;
    client.release(destroy);
  };
  const abort = () => release(true);
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) abort();
    signal.throwIfAborted();
    return await work(client);
  } catch (error) {
    // A client that lost its connection has no code of the server: it must not go back into the pool.
    if (!/^[0-9A-Z]{5}$/.test(property(error, 'code'))) release(true);
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    release(false);
  }
}
