import type { Adapter, AdapterCapabilities } from '@syncline/pipeline/deliver';
import { checkedConfig, configError, CreditMapping, Redaction } from '../kit';
import { compileStatement } from './named-parameters';
import { openPostgres } from './postgres-driver';
import { CONNECTION_FIELDS, SQL_CONFIG_SCHEMA, type SqlConfig } from './sql-config';
import type { OpenSqlDriver } from './sql-driver';
import { SqlSession } from './sql-session';
import { openSqlServer } from './sqlserver-driver';
import { openSqlite } from './sqlite-driver';

export const SQL_DRIVERS: Readonly<Record<string, OpenSqlDriver>> = {
  sqlite: openSqlite,
  postgres: openPostgres,
  sqlserver: openSqlServer,
};

const CAPABILITIES: AdapterCapabilities = {
  fields: {
    grade: { read: true, write: true },
    term_days: { read: true, write: true },
    limit: { read: true, write: true, scale: 20, lossy: 'beyond the configured scale: refused, or rounded down' },
    hold: { read: true, write: true, lossy: 'with `by: limit` a hold stands as a limit of 0 and is not told apart' },
    currency: { read: false, write: false },
  },
  maxBatch: 500,
  atomicity: 'batch',
  concurrency: 'compare_and_set',
  idempotency: 'natural',
  readBack: 'read',
  dryRun: 'simulated',
  delivery: 'sync',
  defaultRatePerSecond: 200,
  echo: 'column',
};

/**
 * Writes through statements that the configuration gives: any table of SQLite, PostgreSQL or SQL Server.
 * @param drivers other drivers, for tests
 */
export function sqlAdapter(drivers: Readonly<Record<string, OpenSqlDriver>> = SQL_DRIVERS): Adapter {
  return {
    manifest: {
      id: 'sql',
      version: '1',
      title: 'SQL statements',
      configSchema: SQL_CONFIG_SCHEMA,
      capabilities: CAPABILITIES,
    },
    async open(given, context) {
      const where = `target ${context.target}`;
      const config = checkedConfig<SqlConfig>(SQL_CONFIG_SCHEMA, given, where);
      const open = drivers[config.driver];
      if (!open) throw configError('TARGET_CONFIG_INVALID', `config.driver ${config.driver} is not there`, where);
      for (const field of CONNECTION_FIELDS[config.driver] ?? []) {
        if (config.connection[field] === undefined) {
          throw configError(
            'TARGET_CONFIG_INVALID',
            `config.connection.${field} is needed for ${config.driver}`,
            where,
          );
        }
      }
      const mapping = new CreditMapping(config.credit);
      checkParameters(config, mapping, where);
      const redaction = new Redaction(context.secrets);
      const connection: Record<string, string | number | boolean> = {};
      for (const [field, value] of Object.entries(config.connection)) {
        connection[field] = typeof value === 'string' ? await redaction.reveal(value) : value;
      }
      return new SqlSession(config, mapping, open(connection), {
        ...CAPABILITIES,
        atomicity: config.transaction,
        echo: config.echo ? 'column' : 'none',
      });
    },
  };
}

/** Every parameter of a statement must be one that the session gives it: a misspelled one is found at the start. */
function checkParameters(config: SqlConfig, mapping: CreditMapping, where: string): void {
  const written = mapping.names.flatMap((name) => [name, `old_${name}`]);
  const known: Record<string, string[]> = {
    find: ['account'],
    read: ['id'],
    write: ['id', 'account_key', 'account_code', 'version', 'idempotency_key', ...written],
  };
  for (const [statement, names] of Object.entries(known)) {
    const used = compileStatement(config.statements[statement as keyof SqlConfig['statements']], (name) => name).names;
    const unknown = used.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      const message = `config.statements.${statement} uses :${unknown}; there are ${names.map((name) => `:${name}`).join(', ')}`;
      throw configError('TARGET_CONFIG_INVALID', message, where);
    }
  }
}
