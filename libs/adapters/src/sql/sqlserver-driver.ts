import type { Request } from 'mssql';
import { failure } from '../kit';
import { loadDriver } from './load-driver';
import type { OpenSqlDriver, SqlRow } from './sql-driver';
import { connectionFailure, lost, property, sqlServerFailure } from './sql-errors';

type Value = string | null;

/** SQL Server through mssql. Every value is nvarchar: statements cast amounts themselves, exactly. */
export const openSqlServer: OpenSqlDriver = (connection) => {
  const sql = loadDriver<typeof import('mssql')>('mssql');
  const pool = new sql.ConnectionPool({
    server: String(connection.server),
    port: Number(connection.port ?? 1433),
    database: String(connection.database),
    user: String(connection.user),
    password: String(connection.password),
    pool: { max: 4, min: 0 },
    options: {
      encrypt: connection.encrypt !== false,
      trustServerCertificate: connection.trust_server_certificate === true,
      appName: 'syncline',
    },
  });
  pool.on('error', () => undefined);
  const run = async (request: Request, text: string, values: readonly Value[], signal: AbortSignal) => {
    values.forEach((value, index) => request.input(`p${index + 1}`, sql.NVarChar(4000), value));
    const cancel = () => request.cancel();
    signal.addEventListener('abort', cancel);
    try {
      const answer = await request.query<SqlRow>(text);
      return { rows: answer.recordset ?? [], affected: answer.rowsAffected.reduce((sum, rows) => sum + rows, 0) };
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
  return {
    placeholder: (_name, position) => `@p${position}`,
    query: async (text, values, signal) => {
      signal.throwIfAborted();
      await pool.connect();
      return (await run(pool.request(), text, values, signal)).rows;
    },
    transaction: async (work, signal) => {
      signal.throwIfAborted();
      await pool.connect();
      const transaction = new sql.Transaction(pool);
      await transaction.begin(sql.ISOLATION_LEVEL.READ_COMMITTED);
      try {
        const result = await work({ run: (text, values) => run(transaction.request(), text, values, signal) });
        signal.throwIfAborted();
        await transaction.commit();
        return result;
      } catch (error) {
        // The server may have rolled back by itself (deadlock): then there is nothing left to roll back.
        await transaction.rollback().catch(() => undefined);
        throw error;
      }
    },
    classify: (error) => {
      const number = Number(property(error, 'number'));
      if (number > 0) return sqlServerFailure(number);
      const code = property(error, 'code');
      if (code === 'ELOGIN') return failure('TARGET_LOGIN_REFUSED', { type: 'auth', refreshable: false }, code);
      if (code === 'ETIMEOUT' || code === 'ESOCKET' || code === 'ENOCONN') {
        const connecting = error instanceof sql.ConnectionError;
        return connecting ? failure('TARGET_UNREACHABLE', { type: 'retryable', targetWide: true }, code) : lost(code);
      }
      return connectionFailure(code) ?? lost(code === '' ? 'connection ended' : code);
    },
    close: () => pool.close(),
  };
};
